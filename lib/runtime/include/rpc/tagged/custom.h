// Types with a codec of the user's in the tagged encoding: a message of the codec's version and of what it writes.
//
//   &Tagged<geo::Angle>::type     // because rpc::Codec<geo::Angle> derives from rpc::CustomCodec<geo::Angle>
#pragma once

#include <rpc/tagged/type.h>
#include <rpc/wire/codec_of.h>

namespace rpc {

template <class T>
  requires requires { typename Codec<T>::Custom; }
struct Tagged<T> {
  static constexpr std::uint32_t version() {
    if constexpr (requires { Codec<T>::version; }) return Codec<T>::version;
    return 0;
  }
  static void write(Writer& to, const void* object) { Codec<T>::write(to, *static_cast<const T*>(object)); }
  static void read(Reader& from, void* object) { Codec<T>::read(from, *static_cast<T*>(object)); }
  static constexpr tagged::Coded type{{tagged::Kind::coded}, version(), &typeid(T), &write, &read};
};

}  // namespace rpc
