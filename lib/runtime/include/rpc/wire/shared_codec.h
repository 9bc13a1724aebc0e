// The codec of std::shared_ptr. An object that several pointers of a message share is written once, where the first of
// them stands, and arrives as one object that as many pointers share. Each pointer begins with a number in the form of
// a length: 0 for none, 1 for an object that follows, n + 2 for the object that was complete as number n, from 0.
//
//   const auto roof = std::make_shared<std::string>("roof");
//   at.write(std::pair(roof, roof));  // 01  04 72 6f 6f 66  02
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <type_traits>
#include <typeinfo>

#include <rpc/wire/codec.h>

namespace rpc {

namespace wire {

/// One object of a message that is being encoded.
struct SentObject;

/// What stands for a pointer, and the object to be written behind it, if it is not a reference.
struct SentMark {
  std::size_t mark;
  SentObject* object;
};

/// Throws Error (marshalling) for an object that leads back to itself, and for a pointer that shares ownership with
/// another one of the message without pointing to the same object.
SentMark begin_sent(Encoder& out, const std::shared_ptr<const void>& pointer, const std::type_info& type);
/// Returns the object's number.
std::size_t end_sent(Encoder& out, SentObject& object);

/// How many objects of the message are complete: the number of the next one.
std::size_t sent_count(const Encoder& out);

/// The number that stands for a pointer.
Length read_mark(Decoder& in, const std::byte* from);

/// Around an object that is decoded. It gets the next number.
std::uint32_t begin_received(Decoder& in);
void end_received(Decoder& in, std::uint32_t outer, std::shared_ptr<void> object, const std::type_info& type);

/// The same for messages that say which number an object has, since others before it may have been skipped. Without one
/// nothing can refer to it. Throws Error (malformed) if another object has the number.
void end_received(Decoder& in, std::uint32_t outer, std::shared_ptr<void> object, const std::type_info& type,
                  const std::byte* at, std::optional<std::uint64_t> number);

/// Which number the next object has.
void number_received(Decoder& in, std::uint64_t next);

/// The object a mark of 2 or more refers to. Throws Error (malformed) unless it is a complete `type`.
std::shared_ptr<void> received(Decoder& in, const std::byte* at, std::size_t mark, const std::type_info& type);

}  // namespace wire

/// `T` may be const.
template <class T>
struct Codec<std::shared_ptr<T>> {
  using Object = std::remove_const_t<T>;
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::shared_ptr<T>& value) {
    Writer at(out, to);
    at.room(max_length_size);
    if (!value) {
      at.put_byte(0);
      return at.place();
    }
    const wire::SentMark sent = wire::begin_sent(out, value, typeid(Object));
    at.put_length(sent.mark);
    if (sent.object != nullptr) {
      at.write(*value);
      wire::end_sent(out, *sent.object);
    }
    return at.place();
  }

  /// What the pointer had before is left alone: others may share it.
  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::shared_ptr<T>& value) {
    const wire::Length mark = wire::read_mark(in, from);
    if (mark.value == 0) {
      value.reset();
      return mark.end;
    }
    if (mark.value != 1) {
      value = std::static_pointer_cast<T>(wire::received(in, from, mark.value, typeid(Object)));
      return mark.end;
    }
    const std::shared_ptr<Object> object = std::make_shared<Object>();
    const std::uint32_t outer = wire::begin_received(in);
    const std::byte* const end = Codec<Object>::decode(in, mark.end, *object);
    wire::end_received(in, outer, object, typeid(Object));
    value = object;
    return end;
  }
};

}  // namespace rpc
