// Classes of users through generated code and a connection.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include "address.h"
#include "own_types.rpc.h"

namespace {

class Server : public e2e::OwnTypes {
 public:
  e2e::Packet packet(const e2e::Packet& value) override { return value; }
  e2e::Arrays arrays(const e2e::Arrays& value) override { return value; }
  e2e::Page<e2e::Dot> dots(e2e::Page<e2e::Dot> value) override { return value; }
  e2e::Page<std::string> words(e2e::Page<std::string> value) override { return value; }
  e2e::Account account(e2e::Account value) override { return value; }
  std::vector<e2e::Savings> savings(const std::vector<e2e::Savings>& value) override { return value; }
  e2e::Numbers numbers(const e2e::Numbers& value) override { return value; }
  e2e::Number number(e2e::Number value) override { return value; }
  int pointed(e2e::Pointing<int> value) override { return *value.target; }
};

class OwnTypes : public testing::TestWithParam<rpc::Encoding> {
 protected:
  OwnTypes() {
    server_.serve<e2e::OwnTypes>(std::make_shared<Server>());
    client_.emplace(rpc::connect(server_.listen("inproc:own-types"), {.encoding = GetParam()}));
  }

  e2e::OwnTypesClient& client() { return *client_; }

 private:
  rpc::Server server_;
  std::optional<e2e::OwnTypesClient> client_;
};

INSTANTIATE_TEST_SUITE_P(Encodings, OwnTypes, testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged),
                         e2e::name_of);

TEST_P(OwnTypes, BitFieldsAndAnonymousStructs) {
  e2e::Packet packet{};
  packet.version = 5;
  packet.urgent = true;
  packet.priority = e2e::Priority::high;
  packet.offset = -2048;
  packet.port = 511;
  packet.big = -(std::int64_t{1} << 39);
  packet.first = 7;
  packet.second = 0.5;
  const e2e::Packet back = client().packet(packet);
  EXPECT_EQ(back.version, 5U);
  EXPECT_TRUE(back.urgent);
  EXPECT_EQ(back.priority, e2e::Priority::high);
  EXPECT_EQ(back.offset, -2048);
  EXPECT_EQ(back.port, 511);
  EXPECT_EQ(back.big, -(std::int64_t{1} << 39));
  EXPECT_EQ(back.first, 7);
  EXPECT_EQ(back.second, 0.5);
}

TEST_P(OwnTypes, Arrays) {
  const e2e::Arrays arrays = {.row = {1, 2, 3},
                              .name = "seven77",
                              .grid = {{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}},
                              .words = {"a", "b"},
                              .lists = {{1}, {2, 3}},
                              .flags = {true, false, true},
                              .dots = {e2e::Dot{9, 9}, std::nullopt}};
  EXPECT_EQ(client().arrays(arrays), arrays);
}

TEST_P(OwnTypes, TemplatesWithBases) {
  e2e::Page<e2e::Dot> dots;
  dots.count = 2;
  dots.extra = {1, 1};
  dots.items = {{1, 2}, {3, 4}};
  dots.reads = 8;
  dots.weight = 0.5;
  EXPECT_EQ(client().dots(dots), dots);
  e2e::Page<std::string> words;
  words.extra = "more";
  words.items = {"a", "b"};
  EXPECT_EQ(client().words(words), words);
}

TEST_P(OwnTypes, PrivateMembers) {
  EXPECT_EQ(client().account({"ada", -5}), e2e::Account("ada", -5));
  const std::vector<e2e::Savings> savings = {{"ada", 100, 0.5}, {"bob", -1, 0.25}};
  EXPECT_EQ(client().savings(savings), savings);
}

TEST_P(OwnTypes, CodecsOfTheUser) {
  e2e::Numbers numbers;
  numbers.one = e2e::Number(1);
  numbers.maybe = e2e::Number(2);
  numbers.list = {e2e::Number(3), e2e::Number(400)};
  numbers.names[e2e::Number(5)] = "five";
  numbers.pair[1] = e2e::Number(6);
  const e2e::Numbers back = client().numbers(numbers);
  EXPECT_EQ(back.one, numbers.one);
  EXPECT_EQ(back.maybe, numbers.maybe);
  EXPECT_EQ(back.list, numbers.list);
  EXPECT_EQ(back.names.at(e2e::Number(5)), "five");
  EXPECT_EQ(back.pair[1].value(), 6);
  EXPECT_EQ(client().number(e2e::Number(-7)).value(), -7);
  int target = 42;
  EXPECT_EQ(client().pointed({&target}), 42);
}

}  // namespace
