// Types that travel in a way of their own: specialise rpc::Codec for one, with rpc::CustomCodec as its base, where the
// annotated header sees it. From then on the type is supported everywhere: as a field, in containers, as a parameter
// and result.
//
//   template <>
//   struct rpc::Codec<geo::Angle> : rpc::CustomCodec<geo::Angle> {
//     static void write(rpc::Writer& to, const geo::Angle& angle) { to.write(angle.degrees()); }
//     static void read(rpc::Reader& from, geo::Angle& angle) { angle = geo::Angle(from.read<double>()); }
//     static constexpr std::uint32_t version = 1;  // may be left out: 0
//   };
//
// `write` calls to.write(value) for anything that can travel, `read` calls from.read(value) for the same in the same
// order. Both may throw rpc::Error, with Code::marshalling and Code::malformed, for what cannot be sent and for what
// makes no sense. The type needs a public default constructor. Change `version` when the bytes change: a value of
// another version is refused. On the wire the value is one length and the bytes that `write` wrote.
#pragma once

#include <rpc/error.h>
#include <rpc/tagged/custom.h>
#include <rpc/wire/codec.h>
#include <rpc/wire/part.h>

namespace rpc {

template <class T>
struct CustomCodec {
  using Custom = CustomCodec;  ///< tells it from the runtime's own codecs
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const T& value) {
    static_assert(
        requires(Writer& writer) { Codec<T>::write(writer, value); },
        "the codec needs: static void write(rpc::Writer& to, const T& value)");
    wire::PartWriter part(out, to);
    Writer at(out, part.begin());
    Codec<T>::write(at, value);
    return part.finish(at.place());
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, T& value) {
    static_assert(
        requires(Reader& reader) { Codec<T>::read(reader, value); },
        "the codec needs: static void read(rpc::Reader& from, T& value)");
    wire::PartReader part(in, from);
    Reader at(in, part.begin());
    Codec<T>::read(at, value);
    return part.finish(at);
  }
};

}  // namespace rpc
