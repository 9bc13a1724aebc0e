// The codecs of complex numbers: the real part, then the imaginary one. They are Fixed: many of them are copied at
// once.
//
//   std::vector<std::complex<double>> spectrum;
//   at.write(spectrum);
#pragma once

#include <complex>

#include <rpc/wire/codec.h>

namespace rpc {

// clang-format off
template <> struct Codec<std::complex<float>> : FixedCodec<std::complex<float>> {};
template <> struct Codec<std::complex<double>> : FixedCodec<std::complex<double>> {};
// clang-format on

}  // namespace rpc
