// A result alone is written by the runtime, not by code that is spelt from its layout: both have to agree on its size,
// which editors show.

#include <rpc/wire/array_codec.h>
#include <rpc/wire/codec_of.h>
#include <rpc/wire/complex_codec.h>
#include <rpc/wire/map_codec.h>
#include <rpc/wire/sequence_codec.h>
#include <rpc/wire/string_codec.h>
#include <rpc/wire/tuple_codec.h>
#include <rpc/wire/variant_codec.h>

#include <gtest/gtest.h>

#include "plan/contracts.h"
#include "plan/layout.h"

namespace farcall {
namespace {

using namespace testing;

template <class T>
void expect_size_of_runtime(const Type& type) {
  const Layout reply = lay_out({}, {{"result", type}});
  EXPECT_EQ(reply.min_size, rpc::Codec<T>::min_size) << type.spelling;
  if (reply.is_fixed()) {
    EXPECT_EQ(reply.min_size, sizeof(T)) << type.spelling;
  }
}

TEST(RuntimeSizes, AreThoseOfLayouts) {
  expect_size_of_runtime<bool>(of_bool());
  expect_size_of_runtime<int>(of_int());
  expect_size_of_runtime<double>(of_double());
  expect_size_of_runtime<std::string>(of_text());
  expect_size_of_runtime<std::vector<int>>(of_vector(of_int()));
  expect_size_of_runtime<std::array<int, 3>>(of_array(of_int(), 3));
  expect_size_of_runtime<std::array<std::string, 3>>(of_array(of_text(), 3));
  expect_size_of_runtime<std::optional<double>>(of_optional(of_double()));
  expect_size_of_runtime<std::pair<int, std::string>>(of_pair(of_int(), of_text()));
  expect_size_of_runtime<std::variant<double, std::string>>(of_variant({Box(of_double()), Box(of_text())}));
  expect_size_of_runtime<std::map<int, double>>(of_map(of_int(), of_double()));
  expect_size_of_runtime<std::complex<float>>(type(ComplexOf{Scalar::float32}, "std::complex<float>"));
}

}  // namespace
}  // namespace farcall
