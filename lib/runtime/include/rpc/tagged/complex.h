// Complex numbers in the tagged encoding: a message of the two parts.
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/complex_codec.h>

namespace rpc {

template <class T>
struct Tagged<std::complex<T>> {
  static constexpr tagged::Field fields[] = {{1, "real", 0, &Tagged<T>::type},
                                             {2, "imaginary", sizeof(T), &Tagged<T>::type}};
  static constexpr tagged::Record type{"complex", fields};
};

}  // namespace rpc
