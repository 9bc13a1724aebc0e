// What containers of the library are given to write and to read their elements with.
//
//   for (const auto& element : set) visitor.visit(&element);
//   while (elements.next(&element)) set.insert(std::move(element));
#pragma once

#include <rpc/tagged/type.h>

namespace rpc {

class Encoder;

namespace tagged {

class Input;

/// Writes elements, one behind the other.
class Visitor {
 public:
  Visitor(Encoder& out, std::byte* at, const Field& field, const Field& element)
      : out_(out), at_(at), field_(field), element_(element) {}

  /// An element; of a map an array of the pointers to key and value.
  void visit(const void* element);

  /// The byte behind the last of them.
  std::byte* finish();

 private:
  Encoder& out_;
  std::byte* at_;
  const Field& field_;
  const Field& element_;
  std::uintptr_t packed_ = 0;  // the mark where packed elements begin; 0: there are none yet
  unsigned width_ = 1;         // of the last length
};

/// Reads the elements of a repeated field that follow each other.
class Elements {
 public:
  /// From the first tag to the end of the last value.
  Elements(Input& in, const Field& element, const std::byte* from, const std::byte* to)
      : in_(in), element_(element), at_(from), end_(to) {}

  /// Reads the next one; false if there is none.
  bool next(void* element);

  /// The element that was read last is in the set already, or its key in the map.
  [[noreturn]] void fail_duplicate() const;

 private:
  bool next_scalar(void* element);

  Input& in_;
  const Field& element_;
  const std::byte* at_;
  const std::byte* end_;
  const std::byte* packed_ = nullptr;  // the end of the packed elements that are being read
};

}  // namespace tagged
}  // namespace rpc
