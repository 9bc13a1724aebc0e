// How fast values become bytes and bytes values, against what cannot be beaten: memcpy of the same bytes, and making
// or assigning the same objects by hand.
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <utility>

#include "bench/marshal_types.h"
#include "bench/measure.h"

namespace {

const rpc::Limits limits;
std::mt19937 random_number(1);

std::string text(std::size_t size) {
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>('a' + random_number() % 26);
  return text;
}

bench::Small small() { return {1234567, text(16), 3.25, true, bench::Colour::green}; }

std::vector<bench::Monster> monsters() {
  std::vector<bench::Monster> all(1000);
  for (bench::Monster& monster : all) {
    monster.x = static_cast<float>(random_number());
    monster.health = static_cast<std::int16_t>(random_number() % 1000);
    monster.name = text(16);
    monster.inventory.resize(32);
    for (std::uint8_t& item : monster.inventory) item = static_cast<std::uint8_t>(random_number());
    monster.colour = static_cast<bench::Colour>(random_number() % 3);
    for (int i = 0; i < 2; ++i) monster.weapons.push_back({text(6 + random_number() % 9), 7});
  }
  return all;
}

std::vector<double> doubles() {
  std::vector<double> all(100'000);
  for (double& value : all) value = static_cast<double>(random_number());
  return all;
}

template <class T>
void encode(rpc::Buffer& buffer, const T& value) {
  buffer.clear();
  rpc::Encoder out(buffer, limits);
  rpc::Writer at = out.begin();
  at.write(value);
  out.commit(at);
  bench::keep(*buffer.data());
}

template <class T>
void decode(const rpc::Buffer& buffer, T& value) {
  rpc::Decoder in(buffer.data(), buffer.size(), limits);
  rpc::Reader at = in.begin();
  at.read(value);
  in.finish(at);
  bench::keep(value);
}

/// `bar` is the ratio to stay below, 0 where none is set.
void print(const char* shape, const bench::Measurement& ours, const bench::Measurement& floor, double bar) {
  std::printf("%-9s %-20s %10.1f ns   %-22s %10.1f ns   %5.2f x", shape, ours.name.c_str(), ours.nanoseconds,
              floor.name.c_str(), floor.nanoseconds, ours.nanoseconds / floor.nanoseconds);
  if (bar > 0) std::printf("   (bar %.2f x)%s", bar, ours.nanoseconds > bar * floor.nanoseconds ? "  MISSED" : "");
  std::printf("\n");
}

struct Bars {
  double encode = 0;
  double decode = 0;
};

template <class T>
void run(const char* shape, const T& value, Bars bars) {
  rpc::Buffer buffer;
  encode(buffer, value);
  rpc::Buffer bytes;
  bytes.resize(buffer.size());
  T kept = value;

  bench::Measurement copy{"memcpy", [&] {
                            std::memcpy(bytes.data(), buffer.data(), buffer.size());
                            bench::keep(*bytes.data());
                          }};
  bench::Measurement encoding{"encode", [&] { encode(bytes, value); }};
  bench::Measurement filling{"fill by hand", [&] {
                               T fresh = value;
                               bench::keep(fresh);
                             }};
  bench::Measurement decoding{"decode", [&] {
                                T fresh{};
                                decode(buffer, fresh);
                              }};
  bench::Measurement assigning{"assign by hand", [&] {
                                 kept = value;
                                 bench::keep(kept);
                               }};
  bench::Measurement reusing{"decode into kept", [&] { decode(buffer, kept); }};
  bench::measure({&copy, &encoding, &filling, &decoding, &assigning, &reusing});

  std::printf("%-9s %zu bytes\n", shape, buffer.size());
  print(shape, encoding, copy, bars.encode);
  print(shape, decoding, filling, bars.decode);
  print(shape, reusing, assigning, 0);
}

}  // namespace

int main() {
  run("small", small(), {});
  run("monsters", monsters(), {8, 1.1});
  run("doubles", doubles(), {1.05, 1.05});
}
