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
#include <rpc/wire/encoding.h>
#include <rpc/wire/fail.h>
#include <rpc/wire/shared_objects.h>

namespace rpc {

class Decoder;

namespace internal {
class ViewMemory;
}

namespace wire {

class PartReader;

struct Length {
  const std::byte* end;  ///< the byte after it
  std::size_t value;
};

/// A length of 240 and more.
Length read_long_length(Decoder& in, const std::byte* from);

/// The index of one of so many alternatives.
Length read_index(Decoder& in, const std::byte* from, std::size_t alternatives);

/// Memory for elements of a view, which lives as long as the call.
std::byte* view_room(Decoder& in, std::size_t size, std::size_t alignment);

/// `size` bytes that lie where no element of that alignment may be read: a copy of them that lives as long as the call.
const std::byte* realign(Decoder& in, const std::byte* bytes, std::size_t size, std::size_t alignment);

/// `count` elements at `bytes`, all of which are there, to be used where they are if they may be read there.
template <class T>
const T* view(Decoder& in, const std::byte* bytes, std::size_t count) {
  if (reinterpret_cast<std::uintptr_t>(bytes) % alignof(T) != 0) [[unlikely]]
    bytes = realign(in, bytes, count * sizeof(T), alignof(T));
  return reinterpret_cast<const T*>(bytes);
}

/// The start of a block of `size` bytes, behind its alignment; checks that all of it is there.
const std::byte* skip_alignment(Decoder& in, const std::byte* from, std::size_t size);

}  // namespace wire

/// Where the next byte comes from. A local variable of each function that decodes, so that it lives in registers:
/// functions hand on place(), not the reader. Of the functions below, get… stay within what need() checked before, the
/// others check for themselves.
class Reader {
 public:
  [[gnu::always_inline]] Reader(Decoder& in, const std::byte* from) : place_(from), in_(&in) {}

  [[gnu::always_inline]] const std::byte* place() const { return place_; }

  /// Bytes from here to the end.
  [[gnu::always_inline]] std::size_t left() const;

  /// Makes sure that `size` bytes are there.
  [[gnu::always_inline]] void need(std::size_t size) const {
    if (left() < size) [[unlikely]]
      wire::fail_truncated(*in_, place_, size);
  }

  /// A value of fixed width. Enums are checked.
  template <class T>
  [[gnu::always_inline]] void get(T& value) {
    if constexpr (Fixed<T>) {
      std::memcpy(&value, place_, sizeof value);
    } else {
      value = Codec<T>::load(place_);
    }
    place_ += sizeof value;
  }

  /// The same for what has no address, such as a bit-field.
  template <class T>
  [[gnu::always_inline]] T take() {
    T value;
    get(value);
    return value;
  }

  /// The flags a record begins with.
  [[gnu::always_inline]] void get(Bits& bits) { bits.value = get_byte(); }

  [[gnu::always_inline]] unsigned get_byte() { return std::to_integer<unsigned>(*place_++); }

  /// The place of `size` bytes, to be used where they are.
  [[gnu::always_inline]] const std::byte* get_bytes(std::size_t size) {
    const std::byte* bytes = place_;
    place_ += size;
    return bytes;
  }

  /// A std::span of the next `count` elements. `Span` is of any number of them.
  template <class Span>
  void get_view(Span& value, std::size_t count) {
    using T = Span::value_type;
    value = Span(wire::view<T>(*in_, get_bytes(count * sizeof(T)), count), count);
  }

  /// A count of elements that each take at least `min_size` bytes: more than the message can hold is refused.
  std::size_t read_count(std::size_t min_size);

  /// Any value that can travel, in the form it has as an element of a container. What the value owns is used again.
  template <class T>
  [[gnu::always_inline]] void read(T& value) {
    place_ = Codec<T>::decode(*in_, place_, value);
  }

  template <class T>
  T read() {
    T value{};
    read(value);
    return value;
  }

  /// The value of a std::optional or std::unique_ptr whose presence is known from the flags of its record.
  template <class Optional>
  void read_if(bool present, Optional& value) {
    if (!present) {
      value.reset();
    } else {
      place_ = Codec<Optional>::decode_value(*in_, place_, value);
    }
  }

  /// The place of `size` bytes that were written as a block, behind their alignment.
  [[gnu::always_inline]] const std::byte* read_block(std::size_t size) {
    if (size >= wire::large_block) place_ = wire::skip_alignment(*in_, place_, size);
    return get_bytes(size);
  }

  /// Around each record of a type that can contain itself.
  void nest() const;
  void unnest() const;

 private:
  const std::byte* place_;
  Decoder* in_;
};

/// Decodes one message body, which must stay in place meanwhile. Large blocks are read fastest when `bytes` is
/// wire::block_start below a multiple of wire::block_alignment, but need not be.
class Decoder {
 public:
  /// `limits` must outlive the decoder. Views are read only with `views`, which must live as long as they do, and so
  /// must the bytes.
  Decoder(const std::byte* bytes, std::size_t size, const Limits& limits, internal::ViewMemory* views = nullptr,
          Encoding encoding = Encoding::exact)
      : begin_(bytes), end_(bytes + size), limits_(&limits), views_(views), encoding_(encoding) {}

  Reader begin() {
    if (remembers_) [[unlikely]]
      forget();
    return {*this, begin_};
  }

  /// Throws Error (malformed) when bytes are left.
  void finish(Reader at) const {
    if (at.place() != end_) [[unlikely]]
      wire::fail_trailing(*this, at.place());
  }

  /// Whether the body is in the tagged encoding; a Reader reads the exact one.
  bool tagged() const { return encoding_ == Encoding::tagged; }

  const Limits& limits() const { return *limits_; }

  std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }

  /// Whether `place` is in the body, and not in a copy of a part of it.
  bool has(const std::byte* place) const {
    const auto address = reinterpret_cast<std::uintptr_t>(place);
    return reinterpret_cast<std::uintptr_t>(begin_) <= address && address <= reinterpret_cast<std::uintptr_t>(end_);
  }

  std::size_t offset(const std::byte* place) const { return static_cast<std::size_t>(place - begin_); }
  std::size_t left(const std::byte* place) const { return static_cast<std::size_t>(end_ - place); }

 private:
  friend class Reader;
  friend struct wire::ReceivedObjects;
  friend class wire::PartReader;
  friend std::byte* wire::view_room(Decoder&, std::size_t, std::size_t);

  [[gnu::cold]] void forget() noexcept;

  const std::byte* begin_;
  const std::byte* end_;
  const Limits* limits_;
  internal::ViewMemory* views_;
  wire::Nesting nesting_;
  wire::Lazy<wire::ReceivedObjects> shared_;
  Encoding encoding_;
  bool remembers_ = false;  // nesting or shared objects of a body
};

inline std::size_t Reader::left() const { return in_->left(place_); }

inline std::size_t Reader::read_count(std::size_t min_size) {
  need(1);
  std::size_t count = std::to_integer<std::size_t>(*place_);
  if (count < 240) [[likely]] {
    ++place_;
  } else {
    const wire::Length length = wire::read_long_length(*in_, place_);
    place_ = length.end;
    count = length.value;
  }
  if (count > left() / min_size) [[unlikely]]
    wire::fail_count(*in_, place_, count, min_size);
  return count;
}

inline void Reader::nest() const {
  const std::uint32_t limit = in_->limits_->max_nesting;
  in_->remembers_ = true;
  if (!in_->nesting_.enter(limit)) [[unlikely]]
    wire::fail_nesting_received(*in_, place_, limit);
}

inline void Reader::unnest() const { in_->nesting_.leave(); }

}  // namespace rpc
