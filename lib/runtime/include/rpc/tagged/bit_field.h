// Bit-fields in the tagged encoding. They have no address, so they travel through a variable.
//
//   {3, "port", 0, &tagged::BitField<&get_port, &set_port>::type}     // std::uint16_t get_port(const Packet&)
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/bit_field.h>

namespace rpc::tagged {

template <auto get, auto set>
struct BitField;

template <class Record, class T, T (*get)(const Record&), void (*set)(Record&, T)>
struct BitField<get, set> {
  static void give(const void* object, Use use) {
    T value = get(*static_cast<const Record*>(object));
    use(&value);
  }
  static void take(void* object, Use use) {
    T value{};
    use(&value);
    set(*static_cast<Record*>(object), value);
  }
  static constexpr Proxy type{{Kind::proxy}, kind_of(Tagged<T>::type), &Tagged<T>::type, &give, &take};
};

}  // namespace rpc::tagged
