// Writing values into a Buffer in the exact encoding.
//
//   rpc::Encoder out(buffer, limits);
//   rpc::Writer at = out.begin();
//   at.room(8 + rpc::bound(name));  // enough for the two puts
//   at.put(temperature);
//   at.put(name);
//   at.write(readings);             // asks for its room itself
//   out.commit(at);
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <rpc/limits.h>
#include <rpc/wire/bits.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/codec_of.h>
#include <rpc/wire/encoding.h>
#include <rpc/wire/fail.h>
#include <rpc/wire/shared_objects.h>

namespace rpc {

class Encoder;

/// The longest a length or count can be.
inline constexpr std::size_t max_length_size = 9;

namespace wire {

inline constexpr std::size_t short_text = 16;

}  // namespace wire

/// Room that is enough for put(text).
inline std::size_t bound(std::string_view text) { return text.size() + 1 + wire::short_text; }

namespace wire {

class OutPart;

/// Lengths of 240 and more. Returns the byte after it.
std::byte* put_long_length(std::byte* at, std::size_t length);

/// A count and `count` elements that are `size` bytes together, aligned when they are large.
std::byte* write_block(Encoder& out, std::byte* to, const void* elements, std::size_t count, std::size_t size);

/// What is before the elements of such a block: the count, and what aligns them. Makes room for the elements too.
std::byte* start_block(Encoder& out, std::byte* to, std::size_t count, std::size_t size);

/// Texts of more than short_text bytes: length and bytes.
std::byte* put_long_text(std::byte* at, const char* text, std::size_t size);

/// Most texts are short, and for those a call of memcpy would cost more than everything else: up to 16 bytes are two
/// stores of one width that may overlap.
inline void copy_short(std::byte* to, const char* from, std::size_t size) {
  if (size >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else if (size != 0) {
    to[0] = static_cast<std::byte>(from[0]);
    to[size / 2] = static_cast<std::byte>(from[size / 2]);
    to[size - 1] = static_cast<std::byte>(from[size - 1]);
  }
}

inline void copy_short(std::byte* to, std::string_view from) { copy_short(to, from.data(), from.size()); }

/// The characters of a string of up to 16, and whatever is behind them up to there: a string has that many bytes in
/// itself or in memory that is larger. One copy of fixed size takes less time than finding out which one would do.
inline void copy_short(std::byte* to, const std::string& from) { std::memcpy(to, from.data(), short_text); }

inline std::byte* put_length(std::byte* at, std::size_t length) {
  if (length >= 240) [[unlikely]]
    return put_long_length(at, length);
  *at = static_cast<std::byte>(length);
  return at + 1;
}

/// Text is a std::string or a std::string_view.
template <class Text>
inline std::byte* put_text(std::byte* at, const Text& text) {
  if (text.size() > short_text) return put_long_text(at, text.data(), text.size());
  *at = static_cast<std::byte>(text.size());
  copy_short(at + 1, text);
  return at + 1 + text.size();
}

}  // namespace wire

/// Where the next byte goes. A local variable of each function that encodes, so that it lives in registers: functions
/// hand on place(), not the writer. That is why its own functions are inlined always: one that is not takes the
/// writer's address, and with it the registers. It also spares the compiler a third of its work. Of the functions
/// below, put… stay within the room() asked for before, the others ask for their own.
class Writer {
 public:
  [[gnu::always_inline]] Writer(Encoder& out, std::byte* to) : place_(to), out_(&out) {}

  [[gnu::always_inline]] std::byte* place() const { return place_; }

  /// Makes sure that `size` bytes can be put.
  [[gnu::always_inline]] void room(std::size_t size);

  /// A value of fixed width. Enums are checked; throws Error (marshalling) for one that is not declared.
  template <class T>
  [[gnu::always_inline]] void put(const T& value) {
    if constexpr (!Fixed<T>) Codec<T>::check(value);
    std::memcpy(place_, &value, sizeof value);
    place_ += sizeof value;
  }

  /// A text: its length, then its bytes. Needs bound(text).
  [[gnu::always_inline]] void put(std::string_view text) { place_ = wire::put_text(place_, text); }
  [[gnu::always_inline]] void put(const std::string& text) { place_ = wire::put_text(place_, text); }

  /// The flags a record begins with.
  [[gnu::always_inline]] void put(Bits bits) { put_byte(bits.value); }

  [[gnu::always_inline]] void put_byte(unsigned byte) { *place_++ = static_cast<std::byte>(byte); }

  [[gnu::always_inline]] void put_bytes(const void* bytes, std::size_t size) {
    if (size != 0) std::memcpy(place_, bytes, size);
    place_ += size;
  }

  /// The elements of a std::span of fixed extent, which are as fixed as a std::array.
  template <class Span>
  [[gnu::always_inline]] void put_view(const Span& elements) {
    put_bytes(elements.data(), elements.size_bytes());
  }

  /// A length or a count, in as few bytes as possible. Needs max_length_size.
  [[gnu::always_inline]] void put_length(std::size_t length) { place_ = wire::put_length(place_, length); }

  /// Any value that can travel, in the form it has as an element of a container.
  template <class T>
  [[gnu::always_inline]] void write(const T& value) {
    place_ = Codec<T>::encode(*out_, place_, value);
  }

  /// Around each record of a type that can contain itself.
  void nest();
  void unnest();

 private:
  std::byte* place_;
  Encoder* out_;
};

/// Encodes one message body behind what the buffer has. The buffer's size changes only with commit(), so a value that
/// cannot be encoded leaves nothing behind.
class Encoder {
 public:
  /// The buffer must outlive the encoder.
  Encoder(Buffer& buffer, const Limits& limits, Encoding encoding = Encoding::exact)
      : buffer_(buffer),
        limit_(buffer.limit_),
        max_frame_(limits.max_frame),
        max_nesting_(limits.max_nesting),
        encoding_(encoding) {}
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  /// The start of the body; what was written since the last commit is forgotten.
  Writer begin() {
    if (remembers_) [[unlikely]]
      forget();
    limit_ = buffer_.limit_;
    return {*this, buffer_.end_};
  }

  /// Whether the body is to be in the tagged encoding; a Writer writes the exact one.
  bool tagged() const { return encoding_ == Encoding::tagged; }

  /// Bytes from the start of the body, or of the part of it that is written.
  std::size_t offset(const std::byte* place) const { return written(place) - part_; }

  /// Bytes from the start of the body.
  std::size_t written(const std::byte* place) const { return static_cast<std::size_t>(place - buffer_.end_); }

  /// A number for a place, which stays the same when the body moves. Marks are as far apart as their places.
  using Mark = std::uintptr_t;
  Mark mark(const std::byte* place) const { return reinterpret_cast<Mark>(place) - moved_; }

  /// Whether `size` bytes can be put at `place` without asking for room.
  bool has_room(const std::byte* place, std::size_t size) const {
    return static_cast<std::size_t>(limit_ - place) >= size;
  }

  /// Makes sure that `size` bytes can be put at the place it returns, which is where `place` is then: the body may have
  /// moved.
  [[gnu::always_inline]] std::byte* room(std::byte* place, std::size_t size) {
    if (!has_room(place, size)) [[unlikely]]
      return grow(place, size);
    return place;
  }

  /// Keeps what was written. Throws Error (too_large) when it is longer than Limits::max_frame.
  void commit(Writer at) {
    const std::size_t size = written(at.place());
    if (size > max_frame_) [[unlikely]]
      wire::fail_too_large(size, max_frame_);
    buffer_.end_ = at.place();
  }

 private:
  friend class Writer;
  friend struct wire::SentObjects;
  friend class wire::OutPart;

  std::byte* grow(std::byte* place, std::size_t size);
  [[gnu::cold]] void forget() noexcept;

  Buffer& buffer_;
  std::byte* limit_;  // the buffer's own, at hand
  std::size_t max_frame_;
  std::size_t part_ = 0;      // how far behind the start of the body that of an OutPart is
  std::uintptr_t moved_ = 0;  // how far growing has moved what was written
  wire::Nesting nesting_;
  wire::Lazy<wire::SentObjects> shared_;
  std::uint32_t max_nesting_;
  Encoding encoding_;
  bool remembers_ = false;  // nesting or shared objects of a body
};

[[gnu::always_inline]] inline void Writer::room(std::size_t size) { place_ = out_->room(place_, size); }

inline void Writer::nest() {
  out_->remembers_ = true;
  if (!out_->nesting_.enter(out_->max_nesting_)) [[unlikely]]
    wire::fail_nesting_sent(out_->max_nesting_);
}

inline void Writer::unnest() { out_->nesting_.leave(); }

}  // namespace rpc
