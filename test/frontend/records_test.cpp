// Structs: their fields, what keeps them from travelling, and which are the same in memory and on the wire.

#include <gtest/gtest.h>

#include <algorithm>

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
  std::string text;
  for (const Obstacle& each : record.obstacles) {
    EXPECT_FALSE(each.way_out.empty());
    text += (text.empty() ? "" : "; ") + each.reason + " at " + parsed.text(each.where);
  }
  return text;
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
TEST(Records, Arrays) {
  EXPECT_EQ(fields("struct P { int x; }; struct S { int m[3]; char name[16]; P p[2][2]; };"),
            "m: array<int32, 3>, name: array<int8, 16>, p: array<array<record P, 2>, 2>");
}
TEST(Records, AnonymousStructsAreTheirMembers) {
  EXPECT_EQ(fields("struct S { int a; struct { int b; struct { int c; }; }; int d; };"),
            "a: int32, b: int32, c: int32, d: int32");
}
TEST(Records, BitFields) {
  const Parsed parsed = with_parameter("S", "struct S { unsigned a : 3; unsigned : 2; int b : 12; int : 0; int c; };");
  const std::vector<Field>& fields = parsed.record("S").fields;
  ASSERT_EQ(fields.size(), 3U);
  EXPECT_EQ(fields[0].bit_width, 3U);
  EXPECT_EQ(fields[1].bit_width, 12U);
  EXPECT_EQ(fields[2].bit_width, 0U);
}
TEST(Records, MutableAlignedAndOverlappingMembers) {
  EXPECT_EQ(
      fields("struct E {}; struct S { mutable int a; alignas(16) int b; [[no_unique_address]] E c; using T = int; };"),
      "a: int32, b: int32, c: record E");
}
TEST(Records, DependentBases) {
  const Parsed parsed = with_parameter(
      "S",
      "template <class T> struct A { T a; }; template <class T> struct B : A<T> { int b; }; struct S : B<long long> {};");
  EXPECT_EQ(parsed.record("S").bases, (std::vector<RecordRef>{{"B<long long>"}}));
  EXPECT_EQ(parsed.record("B<long long>").bases, (std::vector<RecordRef>{{"A<long long>"}}));
  EXPECT_EQ(describe(parsed.record("A<long long>").fields.at(0).type), "int64");
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

TEST(RecordObstacles, None) { EXPECT_EQ(obstacle("struct S { int a; };"), ""); }
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
TEST(RecordObstacles, AnonymousUnion) {
  EXPECT_EQ(obstacle("struct S { union { int a; float b; }; };").substr(0, 32), "it has an anonymous union in it ");
  const Parsed parsed = with_parameter("S", "struct S { union { int a; float b; }; };");
  EXPECT_EQ(parsed.record("S").obstacles.at(0).way_out, "use std::variant<int, float> instead of the union");
}
TEST(RecordObstacles, AllOfThem) {
  EXPECT_EQ(
      obstacle("class S { int a; int b; public: int& c; const int d[2] = {}; };"),
      "its member 'a' is not public at a; its member 'c' is a reference at c; its member 'd' is const, so it cannot "
      "be filled on arrival at d");
}
TEST(RecordObstacles, CopiesItself) {
  EXPECT_EQ(obstacle("class S { int a; public: S(); S(const S&); };"),
            "its member 'a' is not public, and it is copied in its own way at a");
}
TEST(RecordObstacles, NoPublicDestructor) {
  EXPECT_EQ(obstacle("struct S { protected: ~S() = default; };"), "it has no public destructor at S");
}
TEST(RecordObstacles, AnAggregateWithAnExplicitMember) {
  const std::string number = "struct N { explicit N(int = 0); int n; }; ";
  EXPECT_EQ(obstacle(number + "struct S { N a[2]; };"), "its member 'a' has an explicit default constructor at a");
  EXPECT_EQ(obstacle(number + "struct S { N a = N(); };"), "");
  EXPECT_EQ(obstacle(number + "struct S { S(); N a; };"), "");
}
TEST(RecordObstacles, NoDefaultConstructor) {
  EXPECT_EQ(obstacle("struct S { S(int); };"), "it has no public default constructor at S");
}
TEST(RecordObstacles, PrivateDefaultConstructor) {
  EXPECT_EQ(obstacle("class S { S(); };"), "its default constructor is not public at S");
}
TEST(RecordObstacles, NeitherMovedNorCopied) {
  const std::string reason = "it can be neither moved nor copied at S";
  EXPECT_EQ(obstacle("struct S { S() = default; S(const S&) = delete; };"), reason);
  EXPECT_EQ(obstacle("struct S { S() = default; S(S&&) = default; };"), reason) << "cannot be assigned";
  const std::string movable = "struct A { long a; A() = default; A(A&&) = default; A& operator=(A&&) = default; };";
  EXPECT_TRUE(with_parameter("const S&", movable + "struct S { A a; };").record("S").obstacles.empty());
}
TEST(RecordObstacles, LocalMembersThatCannotBeMade) {
  const std::string needy = "struct N { explicit N(int); }; struct M { M() = default; M(M&) = delete; }; ";
  EXPECT_EQ(obstacle(needy + "struct S { [[rpc::local]] N n; int a; };"),
            "its rpc::local members cannot be made without a value at S");
  EXPECT_EQ(obstacle(needy + "struct S { [[rpc::local]] N n{1}; int a; };"), "");
  EXPECT_EQ(obstacle(needy + "struct S { [[rpc::local]] M m; int a; };"), "") << "const S& needs no move";
}
TEST(RecordObstacles, ABaseTwice) {
  const std::string bases = "struct A { int a; }; struct L : A {}; struct R : A {}; ";
  EXPECT_EQ(obstacle(bases + "struct S : L, R {};"), "it has the base 'A' more than once at S");
  EXPECT_EQ(obstacle(bases + "struct S : L { A a; };"), "");
}
TEST(RecordObstacles, PackedMembers) {
  EXPECT_EQ(obstacle("struct __attribute__((packed)) S { bool a; int b; };"),
            "its member 'b' is packed, so nothing can refer to it at b");
  EXPECT_EQ(obstacle("struct __attribute__((packed)) S { char a; int b; };"), "") << "copied whole";
  EXPECT_EQ(obstacle("struct __attribute__((packed)) S { bool a; char b; };"), "");
}
TEST(RecordObstacles, AnObjectAsTemplateArgument) {
  const std::string named = "struct Name { int id; }; template <Name> struct Named { int a; }; ";
  const Parsed parsed = with_parameter("Named<Name{1}>", named);
  EXPECT_EQ(parsed.contract.records.at(0).obstacles.at(0).reason,
            "generated code cannot write its template argument, which is an object");
}
TEST(RecordObstacles, Polymorphic) {
  EXPECT_EQ(obstacle("struct S { virtual ~S(); };"),
            "it has virtual functions, so a value may really be of a derived class at S");
}
TEST(RecordObstacles, AbstractOffersAVariant) {
  const Parsed parsed = with_parameter(
      "const S&", "struct S { virtual int m() = 0; }; struct A : S { int m(); }; struct B : A {}; struct Other {};");
  EXPECT_EQ(parsed.record("S").obstacles.at(0).way_out, "use std::variant<A, B>, of structs that hold the data");
}
TEST(RecordObstacles, Interface) {
  EXPECT_EQ(obstacle("struct S { [[rpc::async]] virtual void m() = 0; };"),
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
  EXPECT_EQ(with_parameter("decltype(s)", "struct { int a; } s;").contract.records.at(0).obstacles.at(0).reason,
            "it has no name");
}
TEST(RecordObstacles, AnonymousNamespace) {
  EXPECT_EQ(with_parameter("S", "namespace { struct S { int a; }; }").contract.records.at(0).obstacles.at(0).reason,
            "it is in an anonymous namespace");
}
TEST(RecordObstacles, PrivateClass) {
  const Parsed parsed("class [[rpc::interface]] X { struct S { int a; }; public: virtual void m(S) = 0; };");
  EXPECT_EQ(parsed.record("X::S").obstacles.at(0).reason, "generated code cannot reach it");
}

/// The declarations with the edits of the class's first obstacle.
std::string befriended(const std::string& declarations, const std::string& name = "S") {
  const std::string rest = "\nstruct [[rpc::interface]] X { virtual void m(const " + name + "&) = 0; };";
  std::string text = declarations + rest;
  std::vector<Edit> edits = Parsed(text).record(name).obstacles.at(0).fix;
  std::ranges::sort(edits, std::greater<>(), [](const Edit& each) { return each.where.begin; });
  for (const Edit& each : edits) text.replace(each.where.begin, each.where.end - each.where.begin, each.text);
  const Parsed fixed(text);
  EXPECT_TRUE(fixed.record(name).obstacles.empty()) << text;
  EXPECT_TRUE(fixed.record(name).needs_access);
  return text.substr(0, text.size() - rest.size());
}

const std::string access = "namespace rpc {\nstruct Access;\n}\n\n";

TEST(Access, IsOfferedWithItsDeclaration) {
  EXPECT_EQ(befriended("class S { int a; };"), access + "class S { friend struct rpc::Access; int a; };");
}
TEST(Access, IsDeclaredOnce) {
  EXPECT_EQ(befriended("namespace rpc { struct Access; }\nclass S {\n  int a;\n};"),
            "namespace rpc { struct Access; }\nclass S {\n  friend struct rpc::Access;\n  int a;\n};");
}
TEST(Access, IsDeclaredBeforeTheNamespaceAndItsComment) {
  EXPECT_EQ(
      befriended("/// About home.\nnamespace home {\n  class T {\n    int a;\n  };\n}", "home::T"),
      access + "/// About home.\nnamespace home {\n  class T {\n    friend struct rpc::Access;\n    int a;\n  };\n}");
}
TEST(Access, IsOfferedForTemplates) {
  EXPECT_EQ(befriended("template <class T> class P { T a; };", "P<int>"),
            access + "template <class T> class P { friend struct rpc::Access; T a; };");
}
TEST(Access, IsNotOfferedForClassesThatAMacroMakes) {
  EXPECT_TRUE(with_parameter("S", "#define MAKE class S { int a; };\nMAKE").record("S").obstacles.at(0).fix.empty());
}
TEST(Access, ReachesBasesToo) {
  const std::string friends = "namespace rpc { struct Access; } class A { friend struct rpc::Access; int a; }; ";
  EXPECT_EQ(fields(friends + "struct S : A { int b; };"), "b: int32");
  EXPECT_TRUE(with_parameter("S", friends + "struct S : A { int b; };").record("S").needs_access);
  EXPECT_TRUE(
      with_parameter("S", friends + "class S : A { friend struct rpc::Access; };").record("S").obstacles.empty());
}

/// "version 2", or how S is read otherwise.
std::string user_codec(const std::string& declarations) {
  const Parsed parsed = with_parameter(
      "S",
      "namespace rpc { template <class T> struct Codec; template <class T> struct CustomCodec {}; }" + declarations);
  if (parsed.contract.records.empty()) return describe(parsed.method("m").parameters.at(0).type);
  const Record& record = parsed.contract.records.at(0);
  if (!record.obstacles.empty()) return record.obstacles.at(0).reason;
  return record.codec ? record.name + " version " + std::to_string(record.codec->version) : "no codec";
}

TEST(UserCodecs, Declared) {
  EXPECT_EQ(user_codec("class S { int* a; }; template <> struct rpc::Codec<S>;"), "S version 0");
}
TEST(UserCodecs, Defined) {
  EXPECT_EQ(user_codec("class S { int* a; }; template <> struct rpc::Codec<S> : rpc::CustomCodec<S> "
                       "{ static constexpr unsigned version = 2; };"),
            "S version 2");
}
TEST(UserCodecs, OfATemplate) {
  EXPECT_EQ(user_codec("template <class T> struct P { T* a; }; template <class T> struct rpc::Codec<P<T>> : "
                       "rpc::CustomCodec<P<T>> { static const unsigned version = sizeof(T); }; using S = P<int>;"),
            "P<int> version 4");
}
TEST(UserCodecs, OfAnEnum) { EXPECT_EQ(user_codec("enum S { a }; template <> struct rpc::Codec<S>;"), "S version 0"); }
TEST(UserCodecs, OfAnotherType) {
  EXPECT_EQ(user_codec("struct S { int a; }; struct T {}; template <> struct rpc::Codec<T>;"), "no codec");
  EXPECT_EQ(user_codec("struct S { int a; }; template <class T> struct rpc::Codec<T*>;"), "no codec");
}
TEST(UserCodecs, OfTheStandardLibrary) {
  const std::string any = "namespace std { class any {}; } using S = std::any; template <> struct rpc::Codec<S> ";
  EXPECT_EQ(user_codec(any + ": rpc::CustomCodec<S> {};"), "std::any version 0");
  EXPECT_EQ(user_codec(any + "{};").substr(0, 12), "unsupported:") << "that is the runtime's own";
}
TEST(UserCodecs, NeedAValueToFill) {
  EXPECT_EQ(user_codec("struct S { S(int); }; template <> struct rpc::Codec<S>;"),
            "it has no public default constructor");
}

TEST(FlatRecords, Plain) { EXPECT_EQ(flat("struct S { double a; double b; };"), 16U); }
TEST(FlatRecords, Nested) { EXPECT_EQ(flat("struct A { int a; int b; }; struct S { A a; A c; long d; };"), 24U); }
TEST(FlatRecords, Base) { EXPECT_EQ(flat("struct A { int a; }; struct S : A { int b; };"), 8U); }
TEST(FlatRecords, StandardParts) {
  EXPECT_EQ(
      flat("#include <array>\n#include <chrono>\nstruct S { std::array<float, 4> a; std::chrono::sys_seconds t; };"),
      24U);
}
TEST(FlatRecords, Arrays) { EXPECT_EQ(flat("struct P { int x; }; struct S { P a[2][3]; char b[4]; };"), 28U); }
TEST(FlatRecords, EmptyBase) { EXPECT_EQ(flat("struct E {}; struct S : E { int a; };"), 4U); }
TEST(FlatRecords, AnonymousStruct) { EXPECT_EQ(flat("struct S { int a; struct { int b; }; };"), 8U); }
TEST(FlatRecords, NotWithBitFields) { EXPECT_EQ(flat("struct S { int a : 32; };"), 0U); }
TEST(FlatRecords, NotWithArraysOfBool) { EXPECT_EQ(flat("struct S { bool a[4]; };"), 0U); }
TEST(FlatRecords, NotAligned) { EXPECT_EQ(flat("struct S { alignas(8) int a; };"), 0U); }
TEST(FlatRecords, NotIfItCanOnlyBeMoved) {
  const std::string movable = "struct A { long a; A() = default; A(A&&) = default; A& operator=(A&&) = default; };";
  EXPECT_EQ(flat(movable + "struct S { A a; };"), 0U);
  EXPECT_EQ(flat("struct S { long a; S() = default; S(const S&) = default; S& operator=(const S&) = default; };"), 8U);
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
