// The codecs of std::stack, std::queue and std::priority_queue. Their bytes are those of the container inside, whose
// own codec has to be included as well. A priority queue that does not arrive as a heap is made one, so that its peer
// may have a vector, or another order.
//
//   std::queue<std::string> waiting;  // over a std::deque<std::string>
//   at.write(waiting);
#pragma once

#include <algorithm>
#include <cstddef>
#include <queue>
#include <stack>

#include <rpc/wire/codec.h>

namespace rpc {

namespace wire {

/// Adaptors keep their container, and its order, for those who derive from them.
template <class Adaptor>
struct AdaptorAccess : Adaptor {
  static auto& container(Adaptor& adaptor) { return adaptor.*(&AdaptorAccess::c); }
  static const auto& container(const Adaptor& adaptor) { return adaptor.*(&AdaptorAccess::c); }
  static const auto& order(const Adaptor& adaptor) { return adaptor.*(&AdaptorAccess::comp); }
};

template <class Adaptor>
struct AdaptorCodec {
  using Container = Adaptor::container_type;
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const Adaptor& value) {
    return Codec<Container>::encode(out, to, AdaptorAccess<Adaptor>::container(value));
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, Adaptor& value) {
    return Codec<Container>::decode(in, from, AdaptorAccess<Adaptor>::container(value));
  }
};

}  // namespace wire

template <class T, class Container>
struct Codec<std::stack<T, Container>> : wire::AdaptorCodec<std::stack<T, Container>> {};

template <class T, class Container>
struct Codec<std::queue<T, Container>> : wire::AdaptorCodec<std::queue<T, Container>> {};

template <class T, class Container, class Less>
struct Codec<std::priority_queue<T, Container, Less>> : wire::AdaptorCodec<std::priority_queue<T, Container, Less>> {
  using Queue = std::priority_queue<T, Container, Less>;

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, Queue& value) {
    Container& elements = wire::AdaptorAccess<Queue>::container(value);
    const std::byte* const end = Codec<Container>::decode(in, from, elements);
    const Less& less = wire::AdaptorAccess<Queue>::order(value);
    if (!std::is_heap(elements.begin(), elements.end(), less)) std::make_heap(elements.begin(), elements.end(), less);
    return end;
  }
};

}  // namespace rpc
