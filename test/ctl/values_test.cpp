// JSON to the tagged encoding and back, for every type that a contract can have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "contract/json.h"
#include "contract/read.h"
#include "ctl/program.h"
#include "values/decode.h"
#include "values/encode.h"
#include "values/place.h"
#include "values/sample.h"
#include "values/text.h"

namespace farcall::ctl::test {
namespace {

using testing::HasSubstr;
using testing::Values;

constexpr const char* records =
    R"({"name":"Point","fields":[{"name":"x","number":1,"cpp_name":"x","type":"int32","cpp_type":"int"},
        {"name":"label","number":3,"cpp_name":"label","type":"text","cpp_type":"std::string"}]},
       {"name":"Based","bases":[{"name":"Point","number":1,"cpp_name":"Point","type":{"record":"Point"},"cpp_type":"Point"}],
        "fields":[{"name":"flag","number":2,"cpp_name":"flag","type":"uint8","cpp_type":"unsigned","bits":3}]},
       {"name":"Tree","fields":[{"name":"trees","number":1,"cpp_name":"trees","type":{"vector":{"record":"Tree"}},"cpp_type":"T"}]},
       {"name":"Angle","codec":7,"fields":[]})";
constexpr const char* enums =
    R"({"name":"Kind","underlying":"int32","scoped":true,"flags":false,"values":[{"name":"low","value":-1},{"name":"high","value":5}]},
       {"name":"Rights","underlying":"uint8","scoped":true,"flags":true,
        "values":[{"name":"none","value":0},{"name":"read","value":1},{"name":"write","value":2},{"name":"all","value":7}]},
       {"name":"Big","underlying":"uint64","scoped":true,"flags":false,"values":[{"name":"most","value":18446744073709551615}]})";

/// Odd with that type. Arguments of `put` and replies to it have the same bytes.
Frozen contract_of(const std::string& type) {
  const ReadFrozen read = read_frozen(odd_contract(type, records, enums));
  EXPECT_EQ(read.problem, "");
  return *read.frozen;
}

std::string written(const std::string& type, const std::string& value) {
  const Frozen contract = contract_of(type);
  return encode_arguments(contract, contract.interfaces[0].methods[1], parse_json("{\"value\":" + value + "}").value);
}

std::string read_back(const std::string& type, const std::string& bytes) {
  const Frozen contract = contract_of(type);
  return decode_reply(contract, contract.interfaces[0].methods[1], bytes).dump();
}

std::string problem_of(const std::string& type, const std::string& value) {
  try {
    written(type, value);
  } catch (const BadValue& problem) {
    return problem.what();
  }
  return "";
}

std::string hex(const std::string& bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string made;
  for (const char c : bytes) {
    made += digits[static_cast<unsigned char>(c) / 16];
    made += digits[static_cast<unsigned char>(c) % 16];
  }
  return made;
}

struct Case {
  const char* type;
  const char* value;
  const char* bytes = "";  ///< in hexadecimal, where the test of the runtime would not see a mistake on both ways
  const char* canonical = nullptr;  ///< where the value comes back in another form
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.type << " " << each.value; }

class Value : public testing::TestWithParam<Case> {};

TEST_P(Value, ComesBack) {
  const Case& each = GetParam();
  const std::string bytes = written(each.type, each.value);
  if (*each.bytes != '\0') {
    EXPECT_EQ(hex(bytes), each.bytes);
  }
  EXPECT_EQ(read_back(each.type, bytes), each.canonical != nullptr ? each.canonical : each.value);
}

constexpr const char* ms = R"({"duration":"int64","ratio":[1,1000]})";
constexpr const char* sys_ms = R"({"time_point":"int64","ratio":[1,1000],"clock":"std::chrono::system_clock"})";
constexpr const char* sys_days = R"({"time_point":"int32","ratio":[86400,1],"clock":"std::chrono::system_clock"})";

INSTANTIATE_TEST_SUITE_P(Numbers, Value,
                         Values(Case{"\"bool\"", "true", "0801"}, Case{"\"int8\"", "-128", "08ff01"},
                                Case{"\"char16\"", "65535"}, Case{"\"byte\"", "255", "08ff01"},
                                Case{"\"int64\"", "-9223372036854775808"}, Case{"\"int64\"", "9223372036854775807"},
                                Case{"\"uint64\"", "18446744073709551615"}, Case{"\"int32\"", "2.0", "0804", "2"},
                                Case{"\"int32\"", "1e3", "08d00f", "1000"}, Case{"\"float32\"", "0.1", "0dcdcccc3d"},
                                Case{"\"float64\"", "21.5", "090000000000803540"}, Case{"\"float64\"", "7", "", "7.0"},
                                Case{"\"float64\"", "\"NaN\""}, Case{"\"float32\"", "\"-Infinity\""},
                                Case{"{\"complex\":\"float32\"}", "[1.5,-2.0]", "0a0a0d0000c03f15000000c0"}));

INSTANTIATE_TEST_SUITE_P(Names, Value,
                         Values(Case{"{\"enum\":\"Kind\"}", "\"low\"", "08ffffffffffffffffff01"},
                                Case{"{\"enum\":\"Kind\"}", "5", "0805", "\"high\""},
                                Case{"{\"enum\":\"Rights\"}", "\"read|write\"", "0803"},
                                Case{"{\"enum\":\"Rights\"}", "0", "0800", "\"none\""},
                                Case{"{\"enum\":\"Rights\"}", "\"all\""}, Case{"{\"enum\":\"Rights\"}", "5", "", "5"},
                                Case{"{\"enum\":\"Big\"}", "18446744073709551615", "", "\"most\""},
                                Case{"\"text\"", "\"Gr\u00fc\u00dfe\""},
                                Case{"\"text\"", "{\"base64\":\"/w==\"}", "0a01ff"}, Case{"\"path\"", "\"/etc/hosts\""},
                                Case{"{\"basic_string\":\"char8\"}", "\"\u00fc\"", "0a02c3bc"},
                                Case{"{\"basic_string\":\"char16\"}", "\"\U0001F600\"", "0a06bdb00380bc03"},
                                Case{"{\"basic_string\":\"char16\"}", "[55357]"},
                                Case{"{\"basic_string\":\"char32\"}", "\"\U0001F600\""},
                                Case{"{\"bitset\":12}", "\"100000000010\"", "0a020208"}));

INSTANTIATE_TEST_SUITE_P(Containers, Value,
                         Values(Case{"{\"vector\":\"int32\"}", "[1,-1]", "0a020201"},
                                Case{"{\"vector\":\"int32\"}", "[]"}, Case{"{\"vector\":\"bool\"}", "[true,false]"},
                                Case{"{\"set\":{\"enum\":\"Kind\"}}", "[\"low\",\"high\"]"},
                                Case{"{\"vector\":\"uint8\"}", "\"AQI=\"", "0a020102"},
                                Case{"{\"vector\":\"byte\"}", "[1,2]", "0a020102", "\"AQI=\""},
                                Case{"{\"set\":\"uint8\"}", "[1,200]", "0a0301c801"},
                                Case{"{\"array\":\"text\",\"size\":2}", "[\"a\",\"b\"]"},
                                Case{"{\"vector\":{\"vector\":\"int32\"}}", "[[1],[]]", "0a030a01020a00"},
                                Case{"{\"stack\":{\"deque\":\"float64\"}}", "[1.5]"},
                                Case{"{\"map\":[\"text\",\"int32\"]}", "{\"a\":1,\"b\":2}"},
                                Case{"{\"map\":[\"text\",\"int32\"]}", "[[\"a\",1]]", "", "{\"a\":1}"},
                                Case{"{\"map\":[\"int32\",\"text\"]}", "{\"-1\":\"a\"}", "0a050801120161"},
                                Case{"{\"map\":[\"bool\",\"text\"]}", "{\"true\":\"a\"}"},
                                Case{"{\"map\":[{\"enum\":\"Kind\"},\"text\"]}", "{\"low\":\"a\"}"},
                                Case{"{\"map\":[\"float64\",\"text\"]}", "[[1.5,\"a\"]]"},
                                Case{"{\"multimap\":[\"text\",\"int32\"]}", "[[\"a\",1],[\"a\",2]]"},
                                Case{"{\"map\":[\"text\",\"int32\"]}", "[[{\"base64\":\"/w==\"},1]]"},
                                Case{"{\"map\":[\"text\",{\"vector\":\"text\"}]}", "{\"a\":[\"b\"]}"}));

INSTANTIATE_TEST_SUITE_P(
    Choices, Value,
    Values(Case{"{\"optional\":\"int32\"}", "null"}, Case{"{\"optional\":\"int32\"}", "0", "0800"},
           Case{"{\"unique_ptr\":{\"record\":\"Point\"}}", "{\"x\":1,\"label\":\"\"}"},
           Case{"{\"optional\":{\"optional\":\"int32\"}}", "null"},
           Case{"{\"optional\":{\"optional\":\"int32\"}}", "[null]", "0a00"},
           Case{"{\"optional\":{\"optional\":\"int32\"}}", "[5]", "0a02080a"},
           Case{"{\"optional\":{\"vector\":\"int32\"}}", "[]", "0a00"},
           Case{"{\"pair\":[\"int32\",\"text\"]}", "[1,\"a\"]"},
           Case{"{\"tuple\":[{\"vector\":\"int32\"},{\"optional\":\"bool\"}]}", "[[1,2],null]", "0a040a020204"},
           Case{"{\"tuple\":[]}", "[]"}, Case{"{\"variant\":[\"int32\",\"text\"]}", "{\"text\":\"a\"}", "0a03120161"},
           Case{"{\"variant\":[\"int32\",\"text\"]}", "{\"0\":7}", "", "{\"int32\":7}"},
           Case{"{\"variant\":[\"int32\",\"int32\"]}", "{\"1\":7}"},
           Case{"{\"variant\":[\"monostate\",{\"record\":\"Point\"}]}", "{\"monostate\":null}"},
           Case{"{\"variant\":[\"monostate\",{\"record\":\"Point\"}]}", "{\"Point\":{\"x\":1,\"label\":\"\"}}"},
           Case{"{\"expected\":[\"int32\",\"text\"]}", "{\"error\":\"no\"}"},
           Case{"{\"expected\":[\"monostate\",\"text\"]}", "{\"value\":null}"},
           Case{"\"error_code\"", "{\"category\":\"generic\",\"value\":2,\"message\":\"none\"}"}));

INSTANTIATE_TEST_SUITE_P(
    Objects, Value,
    Values(Case{"{\"record\":\"Point\"}", "{\"x\":1,\"label\":\"a\"}", "0a0508021a0161"},
           Case{"{\"record\":\"Point\"}", "{\"label\":\"a\"}"},
           Case{"{\"record\":\"Based\"}", "{\"Point\":{\"x\":1,\"label\":\"\"},\"flag\":3}"},
           Case{"{\"record\":\"Tree\"}", "{\"trees\":[{\"trees\":[]}]}"},
           Case{"{\"record\":\"Angle\"}", "\"AQI=\"", "0a06080712020102"},
           Case{"{\"shared_ptr\":\"int32\"}", "null", "0a00"}, Case{"{\"shared_ptr\":\"int32\"}", "7", "0a04080e1000"},
           Case{"{\"vector\":{\"shared_ptr\":\"int32\"}}", "[{\"$shared\":0,\"value\":7},{\"$shared\":0},null]",
                "0a04080e10000a0210000a00"},
           Case{"{\"vector\":{\"shared_ptr\":\"int32\"}}", "[1,{\"$shared\":\"b\",\"value\":7},{\"$shared\":\"b\"}]",
                "", "[1,{\"$shared\":1,\"value\":7},{\"$shared\":1}]"},
           Case{"{\"shared_ptr\":{\"map\":[\"text\",\"int32\"]}}", "{\"$shared\":0,\"value\":{\"$shared\":1}}"}));

INSTANTIATE_TEST_SUITE_P(
    Times, Value,
    Values(Case{ms, "\"250ms\"", "08f403"}, Case{ms, "-250", "", "\"-250ms\""},
           Case{ms, "\"1h30min2.5s\"", "", "\"5402500ms\""}, Case{ms, "\"-1.25s\"", "", "\"-1250ms\""},
           Case{R"({"duration":"int32","ratio":[1,3]})", "5"},
           Case{R"({"duration":"int32","ratio":[1,3]})", "\"2s\"", "", "6"},
           Case{R"({"duration":"float64","ratio":[60,1]})", "\"90s\"", "", "1.5"},
           Case{R"({"duration":"int64","ratio":[86400,1]})", "\"48h\"", "", "\"2d\""},
           Case{sys_ms, "\"2026-01-01T00:00:00.250Z\"", "08f4a3d5edee66"},
           Case{sys_ms, "1767225600000", "", "\"2026-01-01T00:00:00.000Z\""},
           Case{sys_ms, "\"2026-01-01T01:30+01:30\"", "", "\"2026-01-01T00:00:00.000Z\""},
           Case{sys_ms, "\"1969-12-31T23:59:59.999Z\"", "0801"}, Case{sys_ms, "9223372036854775807"},
           Case{sys_days, "\"2024-02-29\""}, Case{sys_days, "\"2024-02-29T00:00:00Z\"", "", "\"2024-02-29\""},
           Case{R"({"time_point":"int64","ratio":[1,1],"clock":"std::chrono::local_t"})", "\"2026-01-01T12:00:01\""},
           Case{R"({"time_point":"int64","ratio":[1,1000000000],"clock":"std::chrono::steady_clock"})", "\"5ns\""},
           Case{R"({"time_point":"float64","ratio":[1,1],"clock":"std::chrono::system_clock"})",
                "\"1970-01-01T00:00:00.5Z\"", "", "0.5"}));

struct Wrong {
  const char* type;
  const char* value;
  const char* problem;
};

void PrintTo(const Wrong& each, std::ostream* out) { *out << each.type << " " << each.value; }

class WrongValue : public testing::TestWithParam<Wrong> {};

TEST_P(WrongValue, IsRefusedWithItsPlace) {
  EXPECT_THAT(problem_of(GetParam().type, GetParam().value), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongValue,
    Values(
        Wrong{"\"int8\"", "128", "value: expected a whole number from -128 to 127"},
        Wrong{"\"uint64\"", "-1", "value: expected a whole number from 0 to 18446744073709551615"},
        Wrong{"\"int64\"", "9223372036854775808", "to 9223372036854775807"},
        Wrong{"\"uint64\"", "18446744073709551616",
              "expected a whole number from 0 to 18446744073709551615, not 1.8446744073709552e+19"},
        Wrong{"\"int32\"", "1.5", "expected a whole number from -2147483648 to 2147483647, not 1.5"},
        Wrong{"\"int32\"", "\"1\"", ", not a string"},
        Wrong{"\"bool\"", "1", "value: expected true or false, not a number"},
        Wrong{"\"float32\"", "1e39", "does not fit into 32 bits"}, Wrong{"\"float64\"", "null", "expected a number"},
        Wrong{"\"text\"", "[1]", "value: expected a string, not an array"},
        Wrong{"\"text\"", "{\"base64\":\"?\"}", "no base64"},
        Wrong{"{\"vector\":{\"record\":\"Point\"}}", "[{},{\"x\":\"a\"}]", "value[1].x: expected a whole number"},
        Wrong{"{\"record\":\"Point\"}", "{\"lable\":\"\"}", "value: Point has no field 'lable'; did you mean 'label'?"},
        Wrong{"{\"record\":\"Point\"}", "[]", "value: expected an object, not an array"},
        Wrong{"{\"map\":[\"text\",\"int32\"]}", "{\"a\":true}", "value.a: expected a whole number"},
        Wrong{"{\"map\":[\"int32\",\"int32\"]}", "{\"a\":1}", "value.a: expected a whole number"},
        Wrong{"{\"map\":[\"float32\",\"int32\"]}", "{\"1.5\":1}",
              "value: expected an array of pairs of key and value, not an object"},
        Wrong{"{\"map\":[\"text\",\"int32\"]}", "[[\"a\"]]", "value[0]: expected an array of a key and a value"},
        Wrong{"{\"array\":\"text\",\"size\":2}", "[\"a\"]", "value: expected 2 elements, not 1"},
        Wrong{"{\"array\":\"byte\",\"size\":2}", "\"AQ==\"", "value: expected 2 bytes, not 1"},
        Wrong{"{\"vector\":\"byte\"}", "[256]", "value[0]: expected a whole number from 0 to 255"},
        Wrong{"{\"enum\":\"Kind\"}", "\"hig\"", "value: Kind has no 'hig'; did you mean 'high'?"},
        Wrong{"{\"enum\":\"Kind\"}", "4", "value: Kind has no value 4; there are: low, high"},
        Wrong{"{\"enum\":\"Rights\"}", "\"read|wirte\"", "did you mean 'write'?"},
        Wrong{"{\"enum\":\"Rights\"}", "8", "Rights has no value 8"},
        Wrong{"{\"enum\":\"Kind\"}", "true", "expected the name of an enumerator of Kind, not true"},
        Wrong{"{\"optional\":{\"optional\":\"int32\"}}", "5", "expected null, or an array of one value"},
        Wrong{"{\"pair\":[\"int32\",\"text\"]}", "[1]", "expected 2 elements, not 1"},
        Wrong{"{\"variant\":[\"int32\",\"text\"]}", "5", "expected an object with one of the keys \"int32\", \"text\""},
        Wrong{"{\"variant\":[\"int32\",\"text\"]}", "{\"tex\":5}",
              "there is no alternative 'tex'; did you mean 'text'?"},
        Wrong{"{\"variant\":[\"int32\",\"text\"]}", "{\"text\":5}", "value.text: expected a string"},
        Wrong{"\"error_code\"", "{\"value\":1}", "value.category: is missing"},
        Wrong{"{\"bitset\":3}", "\"01\"", "expected a string of 3 digits 0 and 1"},
        Wrong{"{\"vector\":{\"shared_ptr\":\"int32\"}}", "[{\"$shared\":1}]", "value[0]: no object 1 comes before"},
        Wrong{"{\"complex\":\"float32\"}", "[1]", "an array of real and imaginary part"},
        Wrong{"{\"record\":\"Angle\"}", "{}", "expected a string in base64"},
        Wrong{ms, "\"250\"", "'' is none of the units"},
        Wrong{ms, "\"1us\"", "that is no whole number of ticks of 1 ms"},
        Wrong{ms, "\"1m\"", "'m' is none of the units"}, Wrong{ms, "\"soon\"", "expected a duration such as"},
        Wrong{ms, "\"99999999999999999999d\"", "expected"},
        Wrong{sys_ms, "\"2026-01-01T00:00:00\"", "the time has no zone: put Z"},
        Wrong{sys_ms, "\"2026-02-30\"", "expected a time such as"},
        Wrong{sys_ms, "\"2026-01-01T24:00Z\"", "expected a time such as"},
        Wrong{sys_ms, "\"2026-01-01T00:00Zx\"", "expected a time such as"},
        Wrong{sys_days, "\"2026-01-01T01:00Z\"", "no whole number of ticks of 1 d"}));

/// A method with a parameter of every kind of default.
Frozen with_parameters() {
  const auto parameter = [](const std::string& name, int number, const std::string& more) {
    return R"({"name":")" + name + R"(","number":)" + std::to_string(number) +
           R"(,"type":"int32","cpp_type":"int","passing":"value")" + more + "}";
  };
  const std::string in = R"(,"direction":"in")";
  const ReadFrozen read = read_frozen(
      R"({"format":1,"header":"h","interfaces":[{"name":"I","cpp_name":"I","methods":[{"name":"m","number":1,"cpp_name":"m",
          "mode":"call","virtual":"pure","result":{"type":"bool","cpp_type":"bool"},"parameters":[)" +
      parameter("needed", 2, in) + "," + parameter("known", 1, in + R"(,"default":"7")") + "," +
      parameter("unknown", 3, in + R"(,"default":null)") + "," + parameter("result", 4, R"(,"direction":"out")") +
      R"(]}]}],"records":[],"enums":[]})");
  EXPECT_EQ(read.problem, "");
  return *read.frozen;
}

class Parameters : public testing::Test {
 protected:
  std::string problem(const std::string& given) const {
    try {
      encode_arguments(contract, method, parse_json(given).value);
    } catch (const BadValue& bad) {
      return bad.what();
    }
    return "";
  }
  std::string bytes(const std::string& given) const {
    return hex(encode_arguments(contract, method, parse_json(given).value));
  }

  const Frozen contract = with_parameters();
  const FrozenMethod& method = contract.interfaces[0].methods[0];
};

TEST_F(Parameters, ByNameOrInTheirOrder) {
  EXPECT_EQ(bytes(R"({"unknown":3,"needed":1,"known":2})"), "100208041806");
  EXPECT_EQ(bytes("[1,2,3]"), "100208041806");
}

TEST_F(Parameters, WithDefaultsThatTheServerKnowsMayBeMissing) {
  EXPECT_EQ(bytes(R"({"unknown":3,"needed":1})"), "10021806");
  EXPECT_EQ(problem(R"({"unknown":3})"), "the parameter 'needed' is missing");
  EXPECT_EQ(problem("[1]"),
            "the parameter 'unknown' is missing; its default argument is known to those who have the header only");
  EXPECT_EQ(problem("null"), "the parameter 'needed' is missing");
}

TEST_F(Parameters, OthersAreRefused) {
  EXPECT_EQ(problem("[1,2,3,4]"), "m takes 3 arguments, not 4");
  EXPECT_EQ(problem(R"({"neded":1})"), "m has no parameter 'neded'; did you mean 'needed'?");
  EXPECT_EQ(problem(R"({"result":1})"), "m has no parameter 'result'; there are: needed, known, unknown");
  EXPECT_EQ(problem("7"), "expected an object or an array of arguments, not a number");
}

TEST_F(Parameters, ThatComeOutStandBesideTheResult) {
  EXPECT_EQ(decode_reply(contract, method, "\x08\x01\x28\x0e").dump(), R"_({"(result)":true,"result":7})_");
}

TEST(Samples, AreAccepted) {
  for (const char* type :
       {"\"bool\"", "{\"record\":\"Based\"}", "{\"record\":\"Tree\"}", "{\"array\":\"text\",\"size\":2}",
        "{\"vector\":\"byte\"}", "{\"map\":[\"float64\",\"text\"]}", "{\"variant\":[\"int32\",\"text\"]}",
        "{\"tuple\":[\"path\",\"error_code\"]}", "{\"bitset\":3}", "{\"enum\":\"Kind\"}", "{\"record\":\"Angle\"}",
        "{\"complex\":\"float32\"}", "{\"shared_ptr\":\"int32\"}", "{\"basic_string\":\"char16\"}"}) {
    const Frozen contract = contract_of(type);
    const FrozenMethod& put = contract.interfaces[0].methods[1];
    const std::string sample = sample_arguments(contract, put).dump();
    EXPECT_NO_THROW(encode_arguments(contract, put, parse_json(sample).value)) << sample;
  }
}

TEST(Printable, LeavesTheTerminalAlone) {
  EXPECT_EQ(printable("a\x1b[2J\n\xff Gr\u00fc\u00dfe\u0085"), "a\\x1b[2J\n\\xff Gr\u00fc\u00dfe\\xc2\\x85");
}

}  // namespace
}  // namespace farcall::ctl::test
