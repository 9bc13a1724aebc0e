#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

Type view() { return {Text{true}, "std::string_view"}; }
Type span(Type element, std::uint64_t extent = 0, SequenceKind kind = SequenceKind::span) {
  return {SequenceOf{kind, Box(std::move(element)), extent}, "span"};
}
Type number() { return {Scalar::float64, "double"}; }

TEST(Views, AreInputs) {
  EXPECT_EQ(judge(taking(view())), "");
  EXPECT_EQ(judge(taking(span(number()))), "");
  EXPECT_EQ(judge(taking(span(number(), 3))), "");
  EXPECT_EQ(judge(taking(list(view()))), "");
  Contract contract = taking(record("home::Line"));
  contract.records = {structure("home::Line", {field("text", view())})};
  EXPECT_EQ(judge(contract), "");
}

TEST(Views, AreNoResults) {
  const Contract direct = thermostat({method("name").returns(view())});
  EXPECT_EQ(judge(direct), "view-result at result of name");
  EXPECT_EQ(fixes(direct, "view-result"), "return 'std::string': [result of name] = std::string");
  EXPECT_EQ(judge(thermostat({method("name").returns(list(view()))})), "view-result at result of name");
}

TEST(Views, AreNoResultsInsideOfARecordThatMayBeAnInput) {
  Contract contract =
      thermostat({method("put").takes(parameter("line", record("home::Line"))),
                  method("get").returns(list(record("home::Line"))), method("last").returns(record("home::Line"))});
  contract.records = {structure("home::Line", {field("text", view())})};
  EXPECT_EQ(judge(contract), "view-result at result of get") << "once for the record";
  const Finding finding = finding_of(contract, "view-result");
  EXPECT_EQ(finding.text,
            "'std::string_view' in field 'text' of 'home::Line' cannot be returned: it is a view, and "
            "what it points to stays in the server");
  EXPECT_EQ(finding.notes.back().where.file, "field text");
  EXPECT_TRUE(finding.fixes.empty());
}

TEST(Views, AreNoOutputs) {
  const auto with = [](std::vector<Attribute> attributes) {
    return thermostat({method("get").takes(parameter("x", view(), Passing::reference, std::move(attributes)))});
  };
  EXPECT_EQ(judge(with({})), "view-output at type of x");
  EXPECT_EQ(fixes(with({}), "view-output"),
            "take 'std::string&': [type of x] = std::string&\nmark it 'rpc::in': [x] += [[rpc::in]] ");
  EXPECT_EQ(fixes(with({attribute(Kind::out)}), "view-output"),
            "take 'std::string&': [type of x] = std::string&\n"
            "replace 'rpc::out' by 'rpc::in': [name of rpc::out] = in");
  EXPECT_EQ(judge(with({attribute(Kind::in)})), "");
}

TEST(Spans, AreOfConstElements) {
  const Contract numbers = taking(span(number(), 0, SequenceKind::writable_span));
  EXPECT_EQ(judge(numbers), "span-not-const at type of x");
  EXPECT_EQ(fixes(numbers, "span-not-const"),
            "take 'std::span<const double>': [type of x] = std::span<const double>\n"
            "take 'std::vector<double>&': [type of x] = std::vector<double>&");
  const Contract texts = taking(span(text(), 2, SequenceKind::writable_span));
  EXPECT_EQ(fixes(texts, "span-not-const"),
            "take 'const std::array<std::string, 2>&': [type of x] = const std::array<std::string, 2>&\n"
            "take 'std::array<std::string, 2>&': [type of x] = std::array<std::string, 2>&");
}

TEST(Spans, AreOfElementsThatLieInAMessageAsInMemory) {
  EXPECT_EQ(fixes(taking(span(text())), "span-element"),
            "take 'const std::vector<std::string>&': [type of x] = const std::vector<std::string>&");
  EXPECT_EQ(judge(taking(span({Scalar::boolean, "bool"}))), "span-element at type of x");
  EXPECT_EQ(judge(taking(span(list(number())))), "span-element at type of x");
  EXPECT_EQ(judge(taking(span({ComplexOf{Scalar::float32}, "std::complex<float>"}))), "");
  Contract contract = taking(span(record("home::Point")));
  contract.records = {structure("home::Point", {field("x", number())})};
  EXPECT_EQ(judge(contract), "span-element at type of x") << "padded";
  contract.records[0].flat_size = 8;
  EXPECT_EQ(judge(contract), "");
}

TEST(Spans, OfFixedExtentAreWholeParameters) {
  EXPECT_EQ(judge(taking(list(span(number(), 3)))), "span-extent at type of x");
  EXPECT_EQ(words(taking(list(span(number(), 3))), "span-extent"),
            "'span' has no value before it arrives, so it can only be a whole parameter; use 'std::array<double, 3>'");
  EXPECT_EQ(judge(taking(list(span(number())))), "");
}

}  // namespace
}  // namespace farcall
