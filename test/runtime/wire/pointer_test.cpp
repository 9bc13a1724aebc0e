// Pointers that own: null or not, objects that several of them share, and the ways in which objects may not hang
// together.
#include <gtest/gtest.h>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

namespace {

using test::complaint;
using test::decoded;
using test::encoded;
using test::encoded_hex;
using test::from_hex;

template <class T>
std::string refusal(const T& value) {
  try {
    encoded(value);
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
    return error.what();
  }
  return "none";
}

using Text = std::string;
using Texts = std::vector<std::shared_ptr<Text>>;
using Links = std::vector<std::shared_ptr<home::Link>>;

TEST(UniquePtr, TravelsAsAnOptional) {
  EXPECT_EQ(encoded_hex(std::unique_ptr<Text>()), "00");
  EXPECT_EQ(encoded_hex(std::make_unique<Text>("roof")), "01 04 72 6f 6f 66");
  EXPECT_EQ(encoded_hex(std::make_unique<const int>(7)), "01 07 00 00 00");
  EXPECT_EQ(decoded<std::unique_ptr<Text>>(from_hex("00")), nullptr);
  EXPECT_EQ(*decoded<std::unique_ptr<const Text>>(from_hex("01 01 61")), "a");
  EXPECT_EQ(**decoded<std::optional<std::unique_ptr<int>>>(encoded(std::optional(std::make_unique<int>(5)))), 5);
  EXPECT_NE(complaint<std::unique_ptr<Text>>(from_hex("02 01 61")), "");
  EXPECT_NE(complaint<std::unique_ptr<Text>>(from_hex("01")), "");
}

TEST(UniquePtr, KeepsItsObjectWhereItMay) {
  auto kept = std::make_unique<Text>("before");
  const Text* const object = kept.get();
  test::decode_into(from_hex("01 01 61"), kept);
  EXPECT_EQ(kept.get(), object);
  EXPECT_EQ(*kept, "a");
  test::decode_into(from_hex("00"), kept);
  EXPECT_EQ(kept, nullptr);
  std::unique_ptr<const Text> constant = std::make_unique<const Text>("before");
  test::decode_into(from_hex("01 01 61"), constant);
  EXPECT_EQ(*constant, "a");
}

TEST(UniquePtr, StandsInEveryContainer) {
  std::map<int, std::unique_ptr<Text>> map;
  map[1] = std::make_unique<Text>("a");
  map[2] = nullptr;
  const auto read = decoded<std::map<int, std::unique_ptr<Text>>>(encoded(map));
  EXPECT_EQ(*read.at(1), "a");
  EXPECT_EQ(read.at(2), nullptr);
  using Parts = std::tuple<std::vector<std::unique_ptr<int>>, std::list<std::unique_ptr<int>>,
                           std::array<std::unique_ptr<int>, 1>, std::variant<int, std::unique_ptr<int>>,
                           std::deque<std::unique_ptr<int>>, std::forward_list<std::unique_ptr<int>>,
                           std::unordered_map<int, std::unique_ptr<int>>, std::stack<std::unique_ptr<int>>>;
  const char* const bytes =
      "01 01 01 00 00 00  01 00  00  01 00  01 01 02 00 00 00  01 00  01 09 00 00 00 00  01 01 03 00 00 00";
  const Parts parts = decoded<Parts>(from_hex(bytes));
  EXPECT_EQ(*std::get<0>(parts).at(0), 1);
  EXPECT_EQ(*std::get<4>(parts).at(0), 2);
  EXPECT_EQ(*std::get<7>(parts).top(), 3);
  EXPECT_EQ(encoded(parts), from_hex(bytes));
}

TEST(SharedPtr, WritesEachObjectOnce) {
  const auto roof = std::make_shared<Text>("roof");
  const auto cellar = std::make_shared<Text>("cellar");
  const Texts sent = {roof, nullptr, cellar, roof, cellar};
  EXPECT_EQ(encoded_hex(sent), "05 01 04 72 6f 6f 66 00 01 06 63 65 6c 6c 61 72 02 03");
  const Texts read = decoded<Texts>(encoded(sent));
  ASSERT_EQ(read.size(), 5U);
  EXPECT_EQ(*read[0], "roof");
  EXPECT_EQ(read[1], nullptr);
  EXPECT_EQ(*read[2], "cellar");
  EXPECT_EQ(read[3], read[0]);
  EXPECT_EQ(read[4], read[2]);
  EXPECT_EQ(read[0].use_count(), 2);
}

TEST(SharedPtr, ConstOrNotIsTheSameObject) {
  const auto roof = std::make_shared<Text>("roof");
  using Both = std::pair<std::shared_ptr<const Text>, std::shared_ptr<Text>>;
  const Both read = decoded<Both>(encoded(Both(roof, roof)));
  EXPECT_EQ(read.first, read.second);
  EXPECT_EQ(*read.second, "roof");
}

TEST(SharedPtr, ObjectsOfOneMessageAreNotThoseOfTheNext) {
  const Texts sent(2, std::make_shared<Text>("a"));
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits());
  for (int i = 0; i < 2; ++i) {
    rpc::Writer at = out.begin();
    at.write(sent);
    out.commit(at);
  }
  EXPECT_EQ(test::hex(buffer.data(), buffer.size()), "02 01 01 61 02 02 01 01 61 02");
  rpc::Decoder in(buffer.data(), 5, test::limits());
  Texts first;
  Texts second;
  rpc::Reader at = in.begin();
  at.read(first);
  in.finish(at);
  rpc::Decoder copy(in);
  at = copy.begin();
  at.read(second);
  copy.finish(at);
  EXPECT_NE(first[0], second[0]);
  EXPECT_EQ(second[0], second[1]);
}

TEST(SharedPtr, WhatOthersShareIsNotWrittenTo) {
  auto kept = std::make_shared<Text>("before");
  const auto other = kept;
  test::decode_into(from_hex("01 01 61"), kept);
  EXPECT_EQ(*kept, "a");
  EXPECT_EQ(*other, "before");
}

TEST(SharedPtr, PointersThatOwnNothingAreToldApartByWhereTheyPoint) {
  Text roof = "roof";
  Text cellar = "cellar";
  const auto borrow = [](Text& text) { return std::shared_ptr<Text>(std::shared_ptr<void>(), &text); };
  const Texts read = decoded<Texts>(encoded(Texts{borrow(roof), borrow(cellar), borrow(roof)}));
  EXPECT_EQ(*read[0], "roof");
  EXPECT_EQ(*read[1], "cellar");
  EXPECT_EQ(read[2], read[0]);
}

TEST(SharedPtr, CyclesAreRefused) {
  const auto first = std::make_shared<home::Link>();
  const auto second = std::make_shared<home::Link>();
  first->shared = {second};
  second->shared = {first};
  EXPECT_EQ(refusal(first),
            "cannot send a home::Link that leads back to itself through std::shared_ptr: break the cycle, for example "
            "with an index or a name instead of the pointer");
  second->shared = {second};
  EXPECT_NE(refusal(second).find("leads back"), std::string::npos);
  second->shared.clear();
  first->shared = {first};
  EXPECT_NE(refusal(Links{second, first}).find("leads back"), std::string::npos);
  first->shared.clear();
}

TEST(SharedPtr, PointersIntoASharedObjectAreRefused) {
  using Both = std::tuple<std::shared_ptr<home::Link>, std::shared_ptr<Text>, std::shared_ptr<int>>;
  const auto link = std::make_shared<home::Link>();
  int limit = 7;
  const std::shared_ptr<Text> name(link, &link->name);
  const std::shared_ptr<int> number(link, &limit);
  EXPECT_EQ(refusal(Both(link, nullptr, number)),
            "cannot send a std::shared_ptr<int> that shares its object with a pointer of the same call which points "
            "elsewhere or is of another type: they would arrive as two objects");
  EXPECT_NE(refusal(Both(link, name, nullptr)), "none");
  EXPECT_EQ(refusal(Both(nullptr, name, nullptr)), "none");  // alone it is an object like any other
}

TEST(SharedPtr, ReferencesNeedAnObjectThatIsComplete) {
  EXPECT_EQ(complaint<std::shared_ptr<Text>>(from_hex("02")),
            "malformed message at byte 0 of 1: expected a reference to one of the 0 shared objects before it, found "
            "number 0");
  EXPECT_NE(complaint<Texts>(from_hex("02 01 01 61 03")), "");
  EXPECT_NE(complaint<Texts>(from_hex("01 fe ff ff ff ff ff ff ff ff")), "");
  EXPECT_NE(complaint<Texts>(from_hex("01 ff")), "");
  // A link whose shared[0] is itself.
  EXPECT_NE(complaint<std::shared_ptr<home::Link>>(from_hex("01 00 00 01 02")).find("of the 0 shared"),
            std::string::npos);
  using Both = std::pair<std::shared_ptr<Text>, std::shared_ptr<int>>;
  EXPECT_EQ(complaint<Both>(from_hex("01 01 61 02")),
            "malformed message at byte 3 of 4: expected a reference to a shared int, found one to an object of another "
            "type");
}

home::Link chain(unsigned height) {
  home::Link link;
  for (unsigned i = 1; i < height; ++i) {
    auto next = std::make_unique<home::Link>(std::move(link));
    link = home::Link();
    link.next = std::move(next);
  }
  return link;
}

TEST(Pointers, NestingHasALimitAtBothEnds) {
  EXPECT_EQ(encoded(decoded<home::Link>(encoded(chain(64)))), encoded(chain(64)));
  EXPECT_EQ(refusal(chain(65)), "cannot send records nested deeper than 64 (Limits::max_nesting)");
  std::string unique;
  std::string shared;
  for (int i = 0; i < 100'000; ++i) {
    unique += "01 00 ";
    shared += "00 00 01 01 ";
  }
  EXPECT_NE(complaint<home::Link>(from_hex(unique)).find("max_nesting"), std::string::npos);
  EXPECT_NE(complaint<home::Link>(from_hex(shared)).find("max_nesting"), std::string::npos);
}

TEST(Pointers, ABodyThatFailedCountsNothingForTheNext) {
  rpc::Limits limits;
  limits.max_nesting = 4;
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, limits);
  EXPECT_THROW(out.begin().write(chain(5)), rpc::Error);
  rpc::Writer to = out.begin();
  to.write(chain(4));
  out.commit(to);
  rpc::Decoder in(buffer.data(), buffer.size(), limits);
  limits.max_nesting = 3;
  home::Link link;
  EXPECT_THROW(in.begin().read(link), rpc::Error);
  limits.max_nesting = 4;
  rpc::Reader from = in.begin();
  from.read(link);
  in.finish(from);
  EXPECT_EQ(encoded(link), encoded(chain(4)));
}

// Each link refers to the one before: written one beside the other, they would hang together as deep as one likes, and
// their destructors call each other.
TEST(Pointers, ReferencesCountAsDeepAsWhatTheyReferTo) {
  const auto beside = [](unsigned count) {
    std::string bytes = "01 00 00 00 ";
    for (unsigned i = 1; i < count; ++i)
      bytes += "01 00 00 01 " + test::hex(encoded(std::uint8_t(i + 1)).data(), 1) + " ";
    return from_hex(test::hex(encoded(std::uint8_t(count)).data(), 1) + " " + bytes);
  };
  const Links read = decoded<Links>(beside(64));
  EXPECT_EQ(read.at(63)->shared.at(0), read.at(62));
  EXPECT_EQ(encoded(read), beside(64));
  EXPECT_NE(complaint<Links>(beside(65)).find("max_nesting"), std::string::npos);

  Links sent = {std::make_shared<home::Link>()};
  for (int i = 0; i < 64; ++i) {
    sent.push_back(std::make_shared<home::Link>());
    sent.back()->shared = {sent[sent.size() - 2]};
  }
  EXPECT_EQ(refusal(sent), "cannot send records nested deeper than 64 (Limits::max_nesting)");
}

// There are 2^50 ways to the lowest object, and each object is written once.
TEST(Pointers, SharedGraphsStaySmall) {
  Links layer = {std::make_shared<home::Link>()};
  for (int i = 0; i < 50; ++i) {
    auto above = std::make_shared<home::Link>();
    above->shared = {layer[0], layer[0]};
    layer = {above};
  }
  const std::vector<std::byte> bytes = encoded(layer);
  EXPECT_LT(bytes.size(), 500U);
  EXPECT_EQ(encoded(decoded<Links>(bytes)), bytes);
}

TEST(Pointers, EveryTruncation) {
  home::Link link = chain(3);
  link.shared = {std::make_shared<home::Link>(), nullptr};
  link.shared.push_back(link.shared[0]);
  const std::vector<std::byte> bytes = encoded(link);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::vector<std::byte> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    prefix.shrink_to_fit();
    ASSERT_NE(complaint<home::Link>(prefix).find("malformed message at byte"), std::string::npos) << size;
  }
}

}  // namespace
