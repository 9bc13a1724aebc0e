// Servers that describe themselves with nonsense, or reply with it: an error that says so, never a crash or a hang.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "ctl/program.h"

namespace farcall::ctl::test {
namespace {

using testing::HasSubstr;

struct Description {
  std::string text;
  const char* problem;
};

void PrintTo(const Description& each, std::ostream* out) { *out << each.text.substr(0, 60); }

class HostileDescription : public testing::TestWithParam<Description> {};

TEST_P(HostileDescription, IsRefused) {
  const OddServer server(GetParam().text, [](const std::string& arguments) { return arguments; });
  const CtlRun run = run_ctl("call " + server.url + " Odd.put '[1]'");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr(GetParam().problem));
  EXPECT_EQ(run_ctl("describe " + server.url + " Odd").status, 1);
}

std::string renamed(std::string contract) { return contract.replace(contract.find("Odd"), 3, "Even"); }

INSTANTIATE_TEST_SUITE_P(
    All, HostileDescription,
    testing::Values(
        Description{"", "the server's description of Odd cannot be read"}, Description{"{", "line 1, column 2"},
        Description{std::string(1'000'000, '['), "nested too deep"},
        Description{odd_contract("\"int32\"") + "x", "cannot be read"},
        Description{renamed(odd_contract("\"int32\"")), "the server described something else than Odd"},
        Description{R"({"format":2})", "it was written by a newer Farcall"},
        Description{R"({"format":1,"header":"","interfaces":[],"records":[],"enums":[]})", "something else than Odd"},
        Description{odd_contract("{\"record\":\"Nobody\"}"), "names a record that is not in the file"},
        Description{odd_contract(R"({"duration":"int64","ratio":[1,0]})"), "no part of a fraction above zero"},
        Description{odd_contract(R"({"duration":"int64","ratio":[-1,1]})"), "no part of a fraction above zero"},
        Description{odd_contract("\"function\""), "this version does not know"},
        Description{odd_contract(std::string(150, '[') + std::string(150, ']')), "cannot be read"}));

TEST(HostileDescription, NamesDoNotReachTheTerminal) {
  const OddServer server(odd_contract("{\"record\":\"a\\u001b[2J\"}", "{\"name\":\"a\\u001b[2J\",\"fields\":[]}"));
  const CtlRun run = run_ctl("describe " + server.url + " Odd");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("struct a\\x1b[2J {"));
}

TEST(HostileDescription, ALongChainOfRecordsIsPrinted) {
  std::string records;
  for (int i = 0; i < 20'000; ++i) {
    const std::string next = std::to_string((i + 1) % 20'000);
    records += std::string(i == 0 ? "" : ",") + R"({"name":"R)" + std::to_string(i) +
               R"(","fields":[{"name":"f","number":1,"cpp_name":"f","type":{"record":"R)" + next +
               R"("},"cpp_type":"R"}]})";
  }
  const OddServer server(odd_contract("{\"record\":\"R0\"}", records));
  EXPECT_EQ(run_ctl("describe " + server.url + " Odd.put").status, 0);
}

struct Reply {
  const char* type;
  std::string bytes;
  const char* problem;
};

void PrintTo(const Reply& each, std::ostream* out) { *out << each.type << " " << each.problem; }

class HostileReply : public testing::TestWithParam<Reply> {};

constexpr const char* tree =
    R"({"name":"Tree","fields":[{"name":"trees","number":1,"cpp_name":"trees","type":{"vector":{"record":"Tree"}},"cpp_type":"T"}]})";

TEST_P(HostileReply, IsRefused) {
  const OddServer server(odd_contract(GetParam().type, tree), [](const std::string&) { return GetParam().bytes; });
  const CtlRun run = run_ctl("call " + server.url + " Odd.get");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr(GetParam().problem));
  EXPECT_EQ(run.out, "");
}

std::string varint(std::size_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

/// A tree of so many trees inside each other.
std::string nested(int depth) {
  std::string bytes;
  for (int i = 0; i < depth; ++i) bytes.insert(0, "\n" + varint(bytes.size()));
  return bytes;
}

INSTANTIATE_TEST_SUITE_P(
    All, HostileReply,
    testing::Values(
        Reply{"\"int32\"", "", "the reply: the message does not have it"},
        Reply{"\"int32\"", "\x08", "the message ends too early"},
        Reply{"\"int32\"", "\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", "a number in the message is too long"},
        Reply{"\"int32\"", std::string("\x09\0\0\0\0\0\0\0\0", 9), "another type here"},
        Reply{"\"int8\"", "\x08\x80\x02", "a number that does not fit here"},
        Reply{"\"bool\"", "\x08\x02", "neither true nor false"},
        Reply{"\"int32\"", std::string("\0\0", 2), "a tag that means nothing"},
        Reply{"\"text\"", "\x0a\xff\xff\xff\xff\x0f", "the message ends too early"},
        Reply{"\"text\"", "\x08\x01", "another type here"},
        Reply{"{\"vector\":\"float64\"}", "\x0a\x03\x01\x02\x03", "the message ends too early"},
        Reply{"{\"record\":\"Tree\"}", nested(5000), "values are nested more than 200 deep"},
        Reply{"{\"bitset\":18446744073709551615}", "\x0a\x01\x01", "another number of bits"},
        Reply{"{\"shared_ptr\":\"int32\"}", "\x0a\x02\x10\x05", "refers to an object that it does not have"},
        Reply{"{\"map\":[\"int32\",\"int32\"]}", "\x0a\x02\x08\x02", "an entry without key or value"},
        Reply{"{\"variant\":[\"int32\",\"text\"]}", "\x0a\x02\x18\x02", "no alternative that the contract knows"},
        Reply{"{\"pair\":[\"int32\",\"text\"]}", "\x0a\x02\x08\x02", "the reply[1]: the message does not have it"}));

TEST(Reply, FieldsThatNobodyKnowsAreLeftOut) {
  const OddServer server(odd_contract("\"int32\""), [](const std::string&) { return "\x08\x0e\x20\x07"; });
  EXPECT_EQ(run_ctl("call " + server.url + " Odd.get").out, "7\n");
}

TEST(Reply, MayBeLarge) {
  const OddServer server(odd_contract("\"text\""),
                         [](const std::string&) { return "\n" + varint(1 << 20) + std::string(1 << 20, 'x'); });
  EXPECT_EQ(run_ctl("call " + server.url + " Odd.get").out.size(), (1U << 20) + 3);
}

}  // namespace
}  // namespace farcall::ctl::test
