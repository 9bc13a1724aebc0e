// Reading values from a message in the exact encoding. Nothing is read past the end, and whatever the bytes are, the
// result is a value of the type or an Error (malformed).
//
//   rpc::Decoder in(bytes, size, limits);
//   rpc::Reader at = in.begin();
//   at.need(8);           // enough for the get
//   at.get(temperature);
//   at.read(readings);    // checks for itself
//   in.finish(at);        // nothing may be left
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <rpc/limits.h>
#include <rpc/wire/bits.h>
#include <rpc/wire/codec_of.h>
#include <rpc/wire/fail.h>

namespace rpc {

class Decoder;

/// The place of the next byte. Passed and returned by value, so that it stays in a register; of the functions below,
/// get… stay within what need() checked before, the others check for themselves.
struct Reader {
  const std::byte* at;
  Decoder* in;

  /// Bytes from here to the end.
  std::size_t left() const;

  /// Makes sure that `size` bytes are there.
  void need(std::size_t size) const {
    if (left() < size) [[unlikely]] wire::fail_truncated(*this, size);
  }

  /// A value of fixed width. Enums are checked.
  template <class T>
  void get(T& value) {
    if constexpr (Fixed<T>) {
      std::memcpy(&value, at, sizeof value);
    } else {
      value = Codec<T>::load(at);
    }
    at += sizeof value;
  }

  /// The flags a record begins with.
  void get(Bits& bits) { bits.value = std::to_integer<unsigned>(*at++); }

  /// A count of elements that each take at least `min_size` bytes: more than the message can hold is refused.
  std::size_t read_count(std::size_t min_size);

  /// Any value that can travel, in the form it has as an element of a container. What the value owns is used again.
  template <class T>
  void read(T& value) {
    *this = Codec<T>::decode(*this, value);
  }

  /// The value of a std::optional whose presence is known from the flags of its record.
  template <class Optional>
  void read_if(bool present, Optional& value) {
    if (!present) {
      value.reset();
    } else {
      if (!value) value.emplace();
      read(*value);
    }
  }

  /// Around each record of a type that can contain itself.
  void nest() const;
  void unnest() const;
};

/// Decodes one message body, which must stay in place meanwhile. Large blocks are read fastest when `bytes` is aligned to
/// wire::block_alignment, but need not be.
class Decoder {
 public:
  /// `limits` must outlive the decoder.
  Decoder(const std::byte* bytes, std::size_t size, const Limits& limits)
      : begin_(bytes), end_(bytes + size), limits_(&limits) {}

  Reader begin() {
    nesting_ = 0;
    return {begin_, this};
  }

  /// Throws Error (malformed) when bytes are left.
  void finish(Reader at) const {
    if (at.at != end_) [[unlikely]] wire::fail_trailing(at);
  }

  std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
  std::size_t offset(Reader at) const { return static_cast<std::size_t>(at.at - begin_); }

 private:
  friend struct Reader;

  const std::byte* begin_;
  const std::byte* end_;
  const Limits* limits_;
  std::uint32_t nesting_ = 0;
};

namespace wire {

struct Length {
  const std::byte* at;  ///< the byte after it
  std::size_t value;
};

/// A length of 240 and more.
Length read_long_length(Reader at);

/// The start of a block of `size` bytes, behind its alignment; checks that all of it is there.
Reader skip_alignment(Reader at, std::size_t size);

}  // namespace wire

inline std::size_t Reader::left() const { return static_cast<std::size_t>(in->end_ - at); }

inline std::size_t Reader::read_count(std::size_t min_size) {
  need(1);
  std::size_t count = std::to_integer<std::size_t>(*at);
  if (count < 240) [[likely]] {
    ++at;
  } else {
    const wire::Length length = wire::read_long_length(*this);
    at = length.at;
    count = length.value;
  }
  if (count > left() / min_size) [[unlikely]] wire::fail_count(*this, count, min_size);
  return count;
}

inline void Reader::nest() const {
  if (in->nesting_++ >= in->limits_->max_nesting) [[unlikely]] wire::fail_nesting_received(*this, in->limits_->max_nesting);
}

inline void Reader::unnest() const { --in->nesting_; }

}  // namespace rpc
