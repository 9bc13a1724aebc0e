// How fast values become bytes and bytes values: Farcall, five other libraries, and what cannot be beaten, which is
// memcpy of the encoded bytes, and making or assigning the same objects by hand. docs/benchmarks.md explains the table.
#include <algorithm>
#include <cstring>
#include <random>

#include "bench/peers/row.h"

namespace {

using bench::Measurement;
using bench::Row;

std::mt19937 random_number(1);

std::string text(std::size_t size) {
  std::string text(size, ' ');
  for (char& c : text) c = static_cast<char>('a' + random_number() % 26);
  return text;
}

bench::Small small() { return {1234567, text(16), 3.25, true, bench::Colour::green}; }

bench::Monsters monsters() {
  bench::Monsters all(1000);
  for (bench::Monster& monster : all) {
    monster.x = static_cast<float>(random_number());
    monster.y = static_cast<float>(random_number());
    monster.z = static_cast<float>(random_number());
    monster.health = static_cast<std::int16_t>(random_number() % 1000);
    monster.name = text(16);
    monster.inventory.resize(32);
    for (std::uint8_t& item : monster.inventory) item = static_cast<std::uint8_t>(random_number());
    monster.colour = static_cast<bench::Colour>(random_number() % 3);
    for (int i = 0; i < 2; ++i) monster.weapons.push_back({text(6 + random_number() % 9), 7});
  }
  return all;
}

bench::Doubles doubles() {
  bench::Doubles all(100'000);
  for (double& value : all) value = static_cast<double>(random_number()) / 1000;  // no integers: msgpack shortens those
  return all;
}

/// `size` is that of the bytes to copy.
template <class Shape>
Row floor_of(const Shape& value, std::size_t size) {
  auto from = std::make_shared<std::vector<char>>(size, 'x');
  auto to = std::make_shared<rpc::Buffer>();  // begins where the copy is fast
  to->resize(size);
  return {"by hand", size, bench::loop([from, to] {
            std::memcpy(to->data(), from->data(), from->size());
            bench::keep(*to->data());
          }),
          bench::loop([&value] {
            Shape fresh = value;
            bench::keep(fresh);
          }),
          bench::loop([&value, kept = std::make_shared<Shape>(value)] {
            *kept = value;
            bench::keep(*kept);
          })};
}

void measure(std::vector<Row>& rows) {
  std::vector<Measurement*> all;
  for (Row& row : rows) {
    for (Measurement* one : {&row.encode, &row.decode, &row.reuse}) {
      if (one->work) all.push_back(one);
    }
  }
  bench::measure(all);
}

void print(const Measurement& one, const Measurement& floor) {
  if (one.work) {
    std::printf(" %13.1f %6.2f x", one.nanoseconds, one.nanoseconds / floor.nanoseconds);
  } else {
    std::printf(" %13s %8s", "-", "");
  }
}

void print(const char* shape, const std::vector<Row>& rows) {
  std::printf("\n%-20s %22s %22s %22s %16s\n", shape, "encode, ns", "decode, ns", "decode again, ns", "bytes");
  for (const Row& row : rows) {
    std::printf("%-20s", row.library.c_str());
    print(row.encode, rows[0].encode);
    print(row.decode, rows[0].decode);
    print(row.reuse, rows[0].reuse);
    std::printf(" %9zu %5.2f x\n", row.size, static_cast<double>(row.size) / static_cast<double>(rows[0].size));
  }
}

void judge(const char* what, double ratio, double bar) {
  std::printf("  %-44s %6.2f x, at most %.2f x%s\n", what, ratio, bar, ratio > bar ? "  MISSED" : "");
}

/// The highest ratios to the floor that exact is meant to reach.
struct Bars {
  double encode;
  double decode;
};

/// Its own classes: nothing is converted, as nothing is for Farcall.
void judge_tagged(const Row& tagged, const Row& exact, const std::vector<Row>& rows) {
  const auto protobuf = std::ranges::find(rows, "protobuf", &Row::library);
  const auto both = [&](const char* to, const Row& other, double bar) {
    judge((std::string("tagged, encode, to ") + to).c_str(), tagged.encode.nanoseconds / other.encode.nanoseconds, bar);
    judge((std::string("tagged, decode, to ") + to).c_str(), tagged.decode.nanoseconds / other.decode.nanoseconds, bar);
  };
  if (protobuf != rows.end()) both("protobuf", *protobuf, 1);
  both("exact", exact, 3);
}

/// The floor, Farcall, and those others whose name contains `only`.
template <class Shape>
std::vector<Row> rows_of(const Shape& value, const std::string& only) {
  std::vector<Row> rows = bench::farcall_rows(value);
  rows.insert(rows.begin(), floor_of(value, rows[0].size));
  for (auto others : {bench::protobuf_rows<Shape>, bench::flatbuffers_rows<Shape>, bench::capnproto_rows<Shape>,
                      bench::msgpack_rows<Shape>, bench::cereal_rows<Shape>}) {
    for (Row& row : others(value)) {
      if (row.library.find(only) != std::string::npos) rows.push_back(std::move(row));
    }
  }
  return rows;
}

template <class Shape>
void run(const char* name, const Shape& value, const std::string& only, Bars bars) {
  std::vector<Row> rows = rows_of(value, only);
  measure(rows);
  print(name, rows);

  const Row &floor = rows[0], &exact = rows[1], &tagged = rows[2];
  judge("exact, encode, to memcpy", exact.encode.nanoseconds / floor.encode.nanoseconds, bars.encode);
  judge("exact, decode, to filling by hand", exact.decode.nanoseconds / floor.decode.nanoseconds, bars.decode);
  const std::size_t smallest = std::ranges::min_element(rows, {}, &Row::size)->size;
  std::printf("  %-44s %zu, at most %zu%s\n", "exact, bytes, to the smallest", exact.size, smallest,
              exact.size > smallest ? "  MISSED" : "");
  judge_tagged(tagged, exact, rows);
}

}  // namespace

int main(int count, char** arguments) {
  const std::string only = count > 1 ? arguments[1] : "";
  bench::keep_freed_memory();
  run("small", small(), only, {1.5, 1.1});
  run("1,000 records", monsters(), only, {8, 1.1});
  run("100,000 doubles", doubles(), only, {1.5, 1.1});
}
