// Farcall's exact encoding, by the codecs that the tool generates for shapes.h.
#include <rpc/limits.h>

#include "bench/peers/row.h"
#include "shapes.rpc.cpp"

namespace bench {

namespace {

const rpc::Limits limits;

struct Output {
  rpc::Buffer buffer;
  rpc::Encoder encoder{buffer, limits};
};

}  // namespace

template <class Shape>
std::vector<Row> exact_rows(const Shape& value) {
  auto encode = [out = std::make_shared<Output>()](const Shape& from) {
    out->buffer.clear();
    rpc::Writer at = out->encoder.begin();
    at.write(from);
    out->encoder.commit(at);
    return bytes_of(out->buffer.data(), out->buffer.size());
  };
  auto decode = [](Bytes bytes, Shape& to) {
    rpc::Decoder in(bytes.data(), bytes.size(), limits);
    rpc::Reader at = in.begin();
    at.read(to);
    in.finish(at);
  };
  return {row("farcall exact", value, encode, decode)};
}

template std::vector<Row> exact_rows(const Small&);
template std::vector<Row> exact_rows(const Monsters&);
template std::vector<Row> exact_rows(const Doubles&);

}  // namespace bench
