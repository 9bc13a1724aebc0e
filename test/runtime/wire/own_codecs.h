// Types whose tests wrote their encodings, as users do.
#pragma once

#include <rpc/codec.h>
#include <rpc/marshal.h>

#include <vector>

namespace own {

/// Sends its degrees; a negative angle cannot be sent, and nothing above 360 is received.
struct Angle {
  double degrees = 0;
};

/// A tree that the test's codec writes with its children inside.
struct Tree {
  std::vector<Tree> children;
};

struct Samples {
  std::vector<double> values;
};

}  // namespace own

template <>
struct rpc::Codec<own::Angle> : rpc::CustomCodec<own::Angle> {
  static void write(Writer& to, const own::Angle& angle) {
    if (angle.degrees < 0) throw Error(Code::marshalling, "a negative angle");
    to.write(static_cast<std::uint16_t>(angle.degrees));
  }
  static void read(Reader& from, own::Angle& angle) {
    angle.degrees = from.read<std::uint16_t>();
    if (angle.degrees > 360) throw Error(Code::malformed, "more than a turn");
  }
};

template <>
struct rpc::Codec<own::Tree> : rpc::CustomCodec<own::Tree> {
  static void write(Writer& to, const own::Tree& tree) { to.write(tree.children); }
  static void read(Reader& from, own::Tree& tree) { from.read(tree.children); }
};

template <>
struct rpc::Codec<own::Samples> : rpc::CustomCodec<own::Samples> {
  static void write(Writer& to, const own::Samples& samples) { to.write(samples.values); }
  static void read(Reader& from, own::Samples& samples) { from.read(samples.values); }
};
