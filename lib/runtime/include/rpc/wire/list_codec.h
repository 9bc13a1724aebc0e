// The codecs of deque, list and forward_list. Their bytes are those of a vector with the same elements, so that one end
// may have a vector where the other has a list.
//
//   std::deque<double> latest;
//   at.write(latest);
#pragma once

#include <cstddef>
#include <deque>
#include <forward_list>
#include <iterator>
#include <list>

#include <rpc/wire/sequence_codec.h>

namespace rpc {

namespace wire {

/// `List` is any of the three.
template <class List>
std::byte* write_list(Encoder& out, std::byte* to, const List& value, std::size_t count) {
  using T = List::value_type;
  if constexpr (Fixed<T>) {
    Writer at(out, start_block(out, to, count, count * sizeof(T)));
    for (const T& element : value) at.put(element);
    return at.place();
  } else {
    Writer at(out, to);
    at.room(max_length_size);
    at.put_length(count);
    for (const T& element : value) at.write(element);
    return at.place();
  }
}

/// The elements of a list one by one.
template <class T>
class ListReader {
 public:
  [[gnu::always_inline]] ListReader(Decoder& in, const std::byte* from) : at_(in, from) {
    count_ = at_.read_count(Codec<T>::min_size);
    // The whole block was checked by this, so that its elements are not.
    if constexpr (Fixed<T>) at_ = Reader(in, at_.read_block(count_ * sizeof(T)));
  }

  [[gnu::always_inline]] std::size_t count() const { return count_; }

  [[gnu::always_inline]] void read(T& element) {
    if constexpr (Fixed<T>) {
      at_.get(element);
    } else {
      at_.read(element);
    }
  }

  [[gnu::always_inline]] const std::byte* place() const { return at_.place(); }

 private:
  Reader at_;
  std::size_t count_ = 0;
};

/// `List` is a deque or a list. It grows while elements arrive, not by what the count promises; those it has are used
/// again.
template <class List>
struct ListCodec {
  using T = List::value_type;
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const List& value) {
    return write_list(out, to, value, value.size());
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, List& value) {
    ListReader<T> at(in, from);
    while (value.size() > at.count()) value.pop_back();
    for (T& element : value) at.read(element);
    while (value.size() < at.count()) at.read(value.emplace_back());
    return at.place();
  }
};

}  // namespace wire

template <class T, class A>
struct Codec<std::list<T, A>> : wire::ListCodec<std::list<T, A>> {};

template <class T, class A>
struct Codec<std::deque<T, A>> : wire::ListCodec<std::deque<T, A>> {};

/// A deque has its elements in pieces, each of which can be copied at once.
template <Fixed T, class A>
struct Codec<std::deque<T, A>> : wire::ListCodec<std::deque<T, A>> {
  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::deque<T, A>& value) {
    Reader at(in, from);
    const std::size_t count = at.read_count(sizeof(T));
    wire::assign_block(value, at.read_block(count * sizeof(T)), count);
    return at.place();
  }
};

template <class T, class A>
struct Codec<std::forward_list<T, A>> {
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::forward_list<T, A>& value) {
    return wire::write_list(out, to, value, static_cast<std::size_t>(std::distance(value.begin(), value.end())));
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::forward_list<T, A>& value) {
    wire::ListReader<T> at(in, from);
    auto last = value.before_begin();
    for (std::size_t i = 0; i < at.count(); ++i) {
      const auto next = std::next(last);
      last = next != value.end() ? next : value.emplace_after(last);
      at.read(*last);
    }
    value.erase_after(last, value.end());
    return at.place();
  }
};

}  // namespace rpc
