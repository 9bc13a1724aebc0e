// Attributes where none may stand: what they stand on is told in words.

#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

TEST(Strays, None) {
  EXPECT_EQ(strays("class [[rpc::interface]] X { public: [[rpc::async]] void m([[rpc::in]] int); };"), "");
}
TEST(Strays, Constructor) { EXPECT_EQ(strays("struct S { [[rpc::async]] S(); };"), "rpc::async on a constructor"); }
TEST(Strays, Destructor) { EXPECT_EQ(strays("struct S { [[rpc::async]] ~S(); };"), "rpc::async on a destructor"); }
TEST(Strays, StaticMethod) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] static void m(); };"), "rpc::async on a static method");
}
TEST(Strays, DeletedMethod) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] void m() = delete; };"), "rpc::async on a deleted method");
}
TEST(Strays, PrivateMethod) {
  EXPECT_EQ(strays("class S { [[rpc::async]] void m(); };"), "rpc::async on a private method");
}
TEST(Strays, ProtectedMethod) {
  EXPECT_EQ(strays("class S { protected: [[rpc::async]] void m(); };"), "rpc::async on a protected method");
}
TEST(Strays, Operator) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] int operator+(int); };"), "rpc::async on an operator");
}
TEST(Strays, Conversion) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] operator int(); };"), "rpc::async on an operator");
}
TEST(Strays, FreeFunction) { EXPECT_EQ(strays("[[rpc::async]] void f();"), "rpc::async on a free function"); }
TEST(Strays, FunctionTemplate) {
  EXPECT_EQ(strays("template <class T> [[rpc::async]] void f();"), "rpc::async on a free function");
}
TEST(Strays, FriendFunction) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] friend void f() {} };"), "rpc::async on a friend function");
}
TEST(Strays, ParameterOfAFreeFunction) {
  EXPECT_EQ(strays("void f([[rpc::out]] int&);"), "rpc::out on a parameter of a free function");
}
TEST(Strays, ParameterOfAConstructor) {
  EXPECT_EQ(strays("struct S { S([[rpc::in]] int); };"), "rpc::in on a parameter of a constructor");
}
TEST(Strays, Namespace) { EXPECT_EQ(strays("namespace [[rpc::async]] n {}"), "rpc::async on a namespace"); }
TEST(Strays, Enum) { EXPECT_EQ(strays("enum class [[rpc::name(\"e\")]] E { a };"), "rpc::name on an enum"); }
TEST(Strays, Enumerator) {
  EXPECT_EQ(strays("enum class E { a [[rpc::name(\"b\")]] };"), "rpc::name on an enumerator");
}
TEST(Strays, Union) { EXPECT_EQ(strays("union [[rpc::interface]] U {};"), "rpc::interface on a union"); }
TEST(Strays, Variable) { EXPECT_EQ(strays("[[rpc::async]] extern int v;"), "rpc::async on a variable"); }
TEST(Strays, StaticDataMember) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] static int v; };"), "rpc::async on a static data member");
}
TEST(Strays, DataMember) { EXPECT_EQ(strays("struct S { [[rpc::async]] int v; };"), "rpc::async on a data member"); }
TEST(Strays, DataMemberOfAnInterface) {
  EXPECT_EQ(strays("class [[rpc::interface]] S { [[rpc::local]] int v; };"),
            "rpc::local on a data member of an interface");
}
TEST(Strays, TypeAlias) { EXPECT_EQ(strays("using A [[rpc::async]] = int;"), "rpc::async on a type alias"); }
TEST(Strays, EmptyDeclaration) { EXPECT_EQ(strays("[[rpc::async]];"), "rpc::async on an empty declaration"); }
TEST(Strays, FieldAttributesAreFineInAnyStruct) { EXPECT_EQ(strays("struct S { [[rpc::name(\"w\")]] int v; };"), ""); }
TEST(Strays, FieldsThatTravelAreForCheck) {
  EXPECT_EQ(strays("struct S { [[rpc::async]] int v; }; struct X { [[rpc::async]] void m(S); };"), "");
}
TEST(Strays, MethodsOfTemplatesAreForInstances) {
  EXPECT_EQ(strays("template <class T> struct S { [[rpc::async]] void m([[rpc::in]] T&); };"), "");
  EXPECT_EQ(strays("template <class T> class S { [[rpc::async]] void m(); };"), "rpc::async on a private method");
}
TEST(Strays, Sorted) {
  EXPECT_EQ(strays("[[rpc::maybe]] extern int v; struct X { [[rpc::asinc]] void m(); [[rpc::in]] X(); };"),
            "rpc::maybe on a variable; rpc::asinc on a declaration; rpc::in on a constructor");
}
TEST(Strays, WithoutScopeToo) { EXPECT_EQ(strays("[[async]] void f();"), "async on a free function"); }

}  // namespace
}  // namespace farcall::test
