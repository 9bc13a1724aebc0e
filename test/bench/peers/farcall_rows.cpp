// Farcall's two encodings, by the codecs and the tables that the tool generates for shapes.h. A value travels as the
// result of a method.
#include <rpc/limits.h>

#include "bench/peers/row.h"
#include "shapes.rpc.cpp"

namespace bench {

namespace {

const rpc::Limits limits;

struct Output {
  explicit Output(rpc::Encoding encoding) : encoder(buffer, limits, encoding) {}

  rpc::Buffer buffer;
  rpc::Encoder encoder;
};

template <class Shape>
Row row_in(rpc::Encoding encoding, std::string name, const Shape& value) {
  auto encode = [out = std::make_shared<Output>(encoding)](const Shape& from) {
    out->buffer.clear();
    rpc::internal::write_result(out->encoder, from);
    return bytes_of(out->buffer.data(), out->buffer.size());
  };
  auto decode = [encoding](Bytes bytes, Shape& to) {
    rpc::Decoder in(bytes.data(), bytes.size(), limits, nullptr, encoding);
    rpc::internal::read_result(in, to);
  };
  return row(std::move(name), value, encode, decode, rpc::wire::block_start);  // where a client has a reply's body
}

}  // namespace

template <class Shape>
std::vector<Row> farcall_rows(const Shape& value) {
  return {row_in(rpc::Encoding::exact, "farcall exact", value), row_in(rpc::Encoding::tagged, "farcall tagged", value)};
}

template std::vector<Row> farcall_rows(const Small&);
template std::vector<Row> farcall_rows(const Monsters&);
template std::vector<Row> farcall_rows(const Doubles&);

}  // namespace bench
