// cereal: its binary archive on streams over memory that is used again. The streams are kept too, since making one
// takes longer than encoding a small value.
#include <cereal/archives/binary.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include <istream>
#include <ostream>
#include <streambuf>

#include "bench/peers/row.h"

namespace bench {

template <class Archive>
void serialize(Archive& archive, Small& value) {
  archive(value.id, value.name, value.value, value.active, value.colour);
}

template <class Archive>
void serialize(Archive& archive, Weapon& value) {
  archive(value.name, value.damage);
}

template <class Archive>
void serialize(Archive& archive, Monster& value) {
  archive(value.x, value.y, value.z, value.health, value.name, value.inventory, value.colour, value.weapons);
}

namespace {

class Memory : public std::streambuf {
 public:
  void write_to(std::vector<char>& buffer) { setp(buffer.data(), buffer.data() + buffer.size()); }
  std::size_t written() const { return static_cast<std::size_t>(pptr() - pbase()); }
  void read_from(Bytes bytes) {
    char* const first = const_cast<char*>(reinterpret_cast<const char*>(bytes.data()));
    setg(first, first, first + bytes.size());
  }
};

struct Stream {
  Memory memory;
  std::iostream stream{&memory};
  std::vector<char> buffer = std::vector<char>(std::size_t{1} << 20);
};

}  // namespace

template <class Shape>
std::vector<Row> cereal_rows(const Shape& value) {
  auto encode = [out = std::make_shared<Stream>()](const Shape& from) {
    out->memory.write_to(out->buffer);
    cereal::BinaryOutputArchive archive(out->stream);
    archive(from);
    return bytes_of(out->buffer.data(), out->memory.written());
  };
  auto decode = [in = std::make_shared<Stream>()](Bytes bytes, Shape& to) {
    in->memory.read_from(bytes);
    cereal::BinaryInputArchive archive(in->stream);
    archive(to);
  };
  return {row("cereal", value, encode, decode)};
}

template std::vector<Row> cereal_rows(const Small&);
template std::vector<Row> cereal_rows(const Monsters&);
template std::vector<Row> cereal_rows(const Doubles&);

}  // namespace bench
