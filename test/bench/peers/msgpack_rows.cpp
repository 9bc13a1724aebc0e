// msgpack: records as arrays, without names; packed into a buffer that is used again; unpacked by reference to the
// bytes, with a zone that is used again, and converted into the program's own objects.
#include <msgpack.hpp>

#include "bench/peers/row.h"

MSGPACK_ADD_ENUM(bench::Colour)

namespace msgpack {
MSGPACK_API_VERSION_NAMESPACE(MSGPACK_DEFAULT_API_NS) {
  namespace adaptor {

  /// What pack and convert of the three records have in common: their members in order.
  inline auto members(auto& of) {
    if constexpr (requires { of.health; }) {
      return std::tie(of.x, of.y, of.z, of.health, of.name, of.inventory, of.colour, of.weapons);
    } else if constexpr (requires { of.damage; }) {
      return std::tie(of.name, of.damage);
    } else {
      return std::tie(of.id, of.name, of.value, of.active, of.colour);
    }
  }

  template <class T>
  struct PackRecord {
    template <class Stream>
    packer<Stream>& operator()(packer<Stream>& out, const T& from) const {
      std::apply(
          [&](const auto&... member) {
            out.pack_array(sizeof...(member));
            (out.pack(member), ...);
          },
          members(from));
      return out;
    }
  };

  template <class T>
  struct ConvertRecord {
    const msgpack::object& operator()(const msgpack::object& from, T& to) const {
      if (from.type != type::ARRAY) throw type_error();
      std::apply(
          [&](auto&... member) {
            if (from.via.array.size != sizeof...(member)) throw type_error();
            const msgpack::object* next = from.via.array.ptr;
            ((next++)->convert(member), ...);
          },
          members(to));
      return from;
    }
  };

  template <>
  struct pack<bench::Small> : PackRecord<bench::Small> {};
  template <>
  struct pack<bench::Weapon> : PackRecord<bench::Weapon> {};
  template <>
  struct pack<bench::Monster> : PackRecord<bench::Monster> {};
  template <>
  struct convert<bench::Small> : ConvertRecord<bench::Small> {};
  template <>
  struct convert<bench::Weapon> : ConvertRecord<bench::Weapon> {};
  template <>
  struct convert<bench::Monster> : ConvertRecord<bench::Monster> {};

  }  // namespace adaptor
}
}  // namespace msgpack

namespace bench {

template <class Shape>
std::vector<Row> msgpack_rows(const Shape& value) {
  auto encode = [buffer = std::make_shared<msgpack::sbuffer>()](const Shape& from) {
    buffer->clear();
    msgpack::pack(*buffer, from);
    return bytes_of(buffer->data(), buffer->size());
  };
  auto decode = [zone = std::make_shared<msgpack::zone>()](Bytes bytes, Shape& to) {
    zone->clear();
    const auto by_reference = [](msgpack::type::object_type, std::size_t, void*) { return true; };
    msgpack::unpack(*zone, reinterpret_cast<const char*>(bytes.data()), bytes.size(), by_reference).convert(to);
  };
  return {row("msgpack", value, encode, decode)};
}

template std::vector<Row> msgpack_rows(const Small&);
template std::vector<Row> msgpack_rows(const Monsters&);
template std::vector<Row> msgpack_rows(const Doubles&);

}  // namespace bench
