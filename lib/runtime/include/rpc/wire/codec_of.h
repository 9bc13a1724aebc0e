// How values of a type travel: the template that each type which can travel specialises. The runtime does so for
// the language's and the library's types, generated code for the user's structs and enums.
//
//   template <>
//   struct rpc::Codec<home::Reading> {
//     static constexpr std::size_t min_size = 17;  // of any encoded Reading, at least 1
//     static std::byte* encode(Encoder& out, std::byte* to, const home::Reading& value);
//     static const std::byte* decode(Decoder& in, const std::byte* from, home::Reading& value);
//   };
#pragma once

#include <cstddef>

namespace rpc {

template <class T>
struct Codec;

/// The friend of classes whose private members travel. A header that has such a class needs nothing but a declaration:
///
///   namespace rpc { struct Access; }
///   class Account { friend struct rpc::Access;  … };
///
/// Generated code specialises `Members` for them, with what is otherwise in their Codec, and `Fields`, with what is
/// otherwise in their Tagged.
struct Access {
  template <class T>
  struct Members;
  template <class T>
  struct Fields;
};

/// Types whose bytes in memory are their bytes on the wire: numbers, durations, flat records, arrays of these.
/// bool and enums are not among them, since their bytes must be checked.
template <class T>
concept Fixed = Codec<T>::fixed;

namespace wire {

/// Sequences of Fixed elements with this many bytes and more start `block_start` behind a multiple of
/// `block_alignment`, counted from the start of the message body, so that a receiver whose bodies lie accordingly may
/// use them where they are. A count, of 2 to 4 bytes for most of them, goes before a block: one that comes first needs
/// hardly any padding.
inline constexpr std::size_t large_block = 1024;
inline constexpr std::size_t block_alignment = 8;
inline constexpr std::size_t block_start = 4;

/// The bytes from `offset` to where a block may start.
constexpr std::size_t block_padding(std::size_t offset) { return (block_start - offset) % block_alignment; }

}  // namespace wire
}  // namespace rpc
