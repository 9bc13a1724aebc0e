// Structs: their fields, what keeps them from travelling, and which are the same in memory and on the wire.

#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

Parsed with_parameter(const std::string& type, const std::string& declarations) {
  return Parsed(declarations + " struct [[rpc::interface]] X { virtual void m(" + type + ") = 0; };");
}

/// "a: int32, b: float64": the fields of S.
std::string fields(const std::string& declarations) {
  std::string text;
  const Parsed parsed = with_parameter("const S&", declarations);
  for (const Field& each : parsed.record("S").fields)
    text += (text.empty() ? "" : ", ") + each.name + ": " + describe(each.type);
  return text;
}

/// Why S cannot travel, and where that is.
std::string obstacle(const std::string& declarations) {
  const Parsed parsed = with_parameter("const S&", declarations);
  const Record& record = parsed.record("S");
  EXPECT_EQ(record.obstacle.empty(), record.way_out.empty());
  return record.obstacle + " at " + parsed.text(record.obstacle_where);
}

/// The flat size of S, or 0.
std::uint64_t flat(const std::string& declarations) {
  return with_parameter("const S&", declarations).record("S").flat_size.value_or(0);
}

TEST(Records, Fields) { EXPECT_EQ(fields("struct S { int a; double b; };"), "a: int32, b: float64"); }
TEST(Records, Empty) { EXPECT_EQ(fields("struct S {};"), ""); }
TEST(Records, NoStaticMembers) {
  EXPECT_EQ(fields("struct S { static int a; int b; static constexpr int c = 1; };"), "b: int32");
}
TEST(Records, NoLocalFields) {
  EXPECT_EQ(fields("struct S { int a; [[rpc::local]] void* b = nullptr; };"), "a: int32");
}
TEST(Records, LocalFieldsMayBePrivate) {
  EXPECT_EQ(fields("class S { [[rpc::local]] int a; public: int b; };"), "b: int32");
}
TEST(Records, Initialisers) { EXPECT_EQ(fields("struct S { int a = 3; double b{}; };"), "a: int32, b: float64"); }
TEST(Records, OwnMethodsDoNotMatter) {
  EXPECT_EQ(fields("struct S { int a; S() = default; S(int); int f() const; ~S(); };"), "a: int32");
}
TEST(Records, FieldAttributes) {
  const Parsed parsed = with_parameter("S", "struct S { [[rpc::name(\"b\")]] int a; };");
  EXPECT_EQ(attributes(parsed.record("S").fields.at(0).attributes), "rpc::name(\"b\")");
}
TEST(Records, FieldThatCannotTravel) {
  const Parsed parsed = with_parameter("S", "struct S { int* a; };");
  EXPECT_TRUE(std::holds_alternative<Unsupported>(parsed.record("S").fields.at(0).type.form));
}
TEST(Records, Bases) {
  const Parsed parsed = with_parameter("S", "struct A { int a; }; struct B { int b; }; struct S : A, B { int c; };");
  EXPECT_EQ(parsed.record("S").bases, (std::vector<RecordRef>{{"A"}, {"B"}}));
  EXPECT_EQ(parsed.record("A").fields.size(), 1U);
}
TEST(Records, InnerOnesComeFirst) {
  const Parsed parsed = with_parameter("S", "struct A { int a; }; struct B { A a; }; struct S { B b; A a; };");
  ASSERT_EQ(parsed.contract.records.size(), 3U);
  EXPECT_EQ(parsed.contract.records.at(0).name, "A");
  EXPECT_EQ(parsed.contract.records.at(2).name, "S");
}
TEST(Records, Recursive) {
  const std::string vector =
      "namespace std { template <class T> class allocator;"
      "template <class T, class A = allocator<T>> class vector {}; }";
  EXPECT_EQ(fields(vector + "struct S { std::vector<S> children; };"), "children: list<record S>");
  const Parsed parsed =
      with_parameter("S", vector + "struct T; struct S { std::vector<T> ts; }; struct T { std::vector<S> ss; };");
  EXPECT_EQ(parsed.contract.records.size(), 2U);
}
TEST(Records, TemplatesAreCompleted) {
  const Parsed parsed = with_parameter("const Box<int>&", "template <class T> struct Box { T value; };");
  EXPECT_EQ(describe(parsed.record("Box<int>").fields.at(0).type), "int32");
}
TEST(Records, NamedByATypedef) { EXPECT_EQ(fields("typedef struct { int a; } S;"), "a: int32"); }

TEST(RecordObstacles, None) { EXPECT_EQ(obstacle("struct S { int a; };"), " at nowhere"); }
TEST(RecordObstacles, PrivateMember) {
  EXPECT_EQ(obstacle("class S { int «a»; };"), "its member 'a' is not public at «a»");
}
TEST(RecordObstacles, Incomplete) { EXPECT_EQ(obstacle("struct S;"), "it is only declared here at S"); }
TEST(RecordObstacles, Union) { EXPECT_EQ(obstacle("union S { int a; };"), "it is a union at S"); }
TEST(RecordObstacles, Reference) { EXPECT_EQ(obstacle("struct S { int& a; };"), "its member 'a' is a reference at a"); }
TEST(RecordObstacles, Const) {
  EXPECT_EQ(obstacle("struct S { const int a = 1; };"),
            "its member 'a' is const, so it cannot be filled on arrival at a");
}
TEST(RecordObstacles, BitField) {
  EXPECT_EQ(obstacle("struct S { int a : 3; };"), "its member 'a' is a bit-field at a");
}
TEST(RecordObstacles, AnonymousUnion) {
  EXPECT_EQ(obstacle("struct S { union { int a; }; };").substr(0, 43), "it has an anonymous struct or union in it a");
}
TEST(RecordObstacles, Array) {
  const Parsed parsed = with_parameter("S", "struct S { int a[4]; };");
  const auto refused = std::get<Unsupported>(parsed.record("S").fields.at(0).type.form);
  EXPECT_EQ(refused.way_out, "use std::array<int, 4>");
}
TEST(RecordObstacles, NoDefaultConstructor) {
  EXPECT_EQ(obstacle("struct S { S(int); };"), "it has no public default constructor at S");
}
TEST(RecordObstacles, PrivateDefaultConstructor) {
  EXPECT_EQ(obstacle("class S { S(); };"), "it has no public default constructor at S");
}
TEST(RecordObstacles, Polymorphic) {
  EXPECT_EQ(obstacle("struct S { virtual ~S(); };"),
            "it has virtual functions, so a value may really be of a derived class at S");
}
TEST(RecordObstacles, Interface) {
  EXPECT_EQ(obstacle("struct S { virtual void m() = 0; };"),
            "it is an interface: its objects stay where they are at S");
}
TEST(RecordObstacles, VirtualBase) {
  EXPECT_EQ(obstacle("struct A {}; struct S : virtual A {};"), "it has a virtual base at S");
}
TEST(RecordObstacles, PrivateBase) {
  EXPECT_EQ(obstacle("struct A {}; struct S : private A {};"), "its base 'A' is not public at private A");
}
TEST(RecordObstacles, StandardBase) {
  EXPECT_EQ(obstacle("namespace std { struct A {}; } struct S : std::A {};"), "it is derived from 'std::A' at std::A");
}
TEST(RecordObstacles, NoName) {
  EXPECT_EQ(with_parameter("decltype(s)", "struct { int a; } s;").contract.records.at(0).obstacle, "it has no name");
}
TEST(RecordObstacles, AnonymousNamespace) {
  EXPECT_EQ(with_parameter("S", "namespace { struct S { int a; }; }").contract.records.at(0).obstacle,
            "it is in an anonymous namespace");
}
TEST(RecordObstacles, PrivateClass) {
  const Parsed parsed("class [[rpc::interface]] X { struct S { int a; }; public: virtual void m(S) = 0; };");
  EXPECT_EQ(parsed.record("X::S").obstacle, "generated code cannot reach it");
}

TEST(FlatRecords, Plain) { EXPECT_EQ(flat("struct S { double a; double b; };"), 16U); }
TEST(FlatRecords, Nested) { EXPECT_EQ(flat("struct A { int a; int b; }; struct S { A a; A c; long d; };"), 24U); }
TEST(FlatRecords, Base) { EXPECT_EQ(flat("struct A { int a; }; struct S : A { int b; };"), 8U); }
TEST(FlatRecords, StandardParts) {
  EXPECT_EQ(
      flat("#include <array>\n#include <chrono>\nstruct S { std::array<float, 4> a; std::chrono::sys_seconds t; };"),
      24U);
}
TEST(FlatRecords, NotWithPadding) { EXPECT_EQ(flat("struct S { int a; double b; };"), 0U); }
TEST(FlatRecords, NotWithPaddingAtTheEnd) { EXPECT_EQ(flat("struct S { double b; int a; };"), 0U); }
TEST(FlatRecords, NotWithBool) { EXPECT_EQ(flat("struct S { bool a; };"), 0U); }
TEST(FlatRecords, NotWithEnum) { EXPECT_EQ(flat("enum E : int { e }; struct S { E a; };"), 0U); }
TEST(FlatRecords, NotWithLocal) { EXPECT_EQ(flat("struct S { int a; [[rpc::local]] int b; };"), 0U); }
TEST(FlatRecords, NotWithDestructor) { EXPECT_EQ(flat("struct S { int a; ~S(); };"), 0U); }
TEST(FlatRecords, NotEmpty) { EXPECT_EQ(flat("struct S {};"), 0U); }
TEST(FlatRecords, NotWithAnEmptyMember) { EXPECT_EQ(flat("struct A {}; struct S { A a; int b; };"), 0U); }

}  // namespace
}  // namespace farcall::test
