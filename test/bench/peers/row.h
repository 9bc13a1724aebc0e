// A library in the table of the benchmark: how it turns one value into bytes, and the bytes into values again.
//
//   bench::row("cereal", value, [=](const Shape& value) { …; return bench::Bytes(data, size); },
//              [=](bench::Bytes bytes, Shape& value) { … });
#pragma once

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <rpc/wire/buffer.h>

#include "bench/measure.h"
#include "bench/peers/shapes.h"

namespace bench {

using Bytes = std::span<const std::byte>;

/// Measurements without work are not part of the table.
struct Row {
  std::string library;
  std::size_t size = 0;
  Measurement encode;  ///< of the value into memory that is used again
  Measurement decode;  ///< into a new object
  Measurement reuse;   ///< into an object that has held the same value before
};

inline Bytes bytes_of(const void* data, std::size_t size) { return {static_cast<const std::byte*>(data), size}; }

/// `encode(value)` gives the bytes, which stay valid until it is called again; `decode(bytes, value)` fills a value,
/// whatever is in it: from bytes that begin `start` behind a multiple of 64. Ends the program if the value does not
/// survive.
template <class Value, class Encode, class Decode>
Row row(std::string library, const Value& value, Encode encode, Decode decode, std::size_t start = 0) {
  const Bytes encoded = encode(value);
  auto memory = std::make_shared<rpc::Buffer>();
  memory->resize(start);
  memory->append(encoded.data(), encoded.size());
  const Bytes bytes(memory->data() + start, encoded.size());
  auto kept = std::make_shared<Value>();
  decode(bytes, *kept);
  if (!(*kept == value)) {
    std::fprintf(stderr, "%s: another value came out than went in\n", library.c_str());
    std::exit(1);
  }
  return {std::move(library), encoded.size(), loop([&value, encode] { keep(*encode(value).data()); }),
          loop([memory, bytes, decode] {
            Value fresh{};
            decode(bytes, fresh);
            keep(fresh);
          }),
          loop([memory, bytes, decode, kept] {
            decode(bytes, *kept);
            keep(*kept);
          })};
}

// Each library in its own source; Shape is Small, Monsters or Doubles. `value` must outlive the rows.
template <class Shape>
std::vector<Row> farcall_rows(const Shape& value);
template <class Shape>
std::vector<Row> protobuf_rows(const Shape& value);
template <class Shape>
std::vector<Row> flatbuffers_rows(const Shape& value);
template <class Shape>
std::vector<Row> capnproto_rows(const Shape& value);
template <class Shape>
std::vector<Row> msgpack_rows(const Shape& value);
template <class Shape>
std::vector<Row> cereal_rows(const Shape& value);

}  // namespace bench
