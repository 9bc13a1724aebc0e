// Which classes are interfaces, and what is said about them and their methods.

#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

TEST(Interfaces, Annotated) { EXPECT_EQ(interfaces("class [[rpc::interface]] X {};"), "X()"); }
TEST(Interfaces, ImpliedByTheClass) { EXPECT_EQ(interfaces("class [[rpc::timeout(\"1s\")]] X {};"), "X()"); }
TEST(Interfaces, ImpliedByAMethod) { EXPECT_EQ(interfaces("struct X { [[rpc::async]] void m(); };"), "X(m)"); }
TEST(Interfaces, ImpliedByAParameter) { EXPECT_EQ(interfaces("struct X { void m([[rpc::out]] int&); };"), "X(m)"); }
TEST(Interfaces, NotImpliedByAField) { EXPECT_EQ(interfaces("struct X { [[rpc::name(\"b\")]] int a; };"), ""); }
TEST(Interfaces, NotOthers) { EXPECT_EQ(interfaces("class X {}; class [[nodiscard]] Y {};"), ""); }
TEST(Interfaces, InSourceOrder) {
  EXPECT_EQ(interfaces("struct [[rpc::interface]] B {}; struct [[rpc::interface]] A {};"), "B() A()");
}
TEST(Interfaces, InNamespaces) {
  EXPECT_EQ(interfaces("namespace a::b { namespace { class [[rpc::interface]] X {}; } }"),
            "a::b::(anonymous namespace)::X()");
  EXPECT_EQ(interfaces("namespace a { inline namespace v1 { class [[rpc::interface]] X {}; } }"), "a::v1::X()");
}
TEST(Interfaces, Nested) {
  const Parsed parsed("namespace n { struct A { struct B { class [[rpc::interface]] X {}; }; }; }");
  EXPECT_EQ(parsed.interface().qualified_name, "n::A::B::X");
  EXPECT_EQ(parsed.interface().namespaces, std::vector<std::string>{"n"});
  EXPECT_EQ(parsed.interface().enclosing_classes, (std::vector<std::string>{"A", "B"}));
  EXPECT_TRUE(parsed.interface().is_accessible);
}
TEST(Interfaces, InlineNamespacesAreMarked) {
  EXPECT_EQ(Parsed("namespace a { inline namespace b { class [[rpc::interface]] X {}; } }").interface().namespaces,
            (std::vector<std::string>{"a", "inline b"}));
}
TEST(Interfaces, PrivateNested) {
  EXPECT_FALSE(Parsed("class A { class [[rpc::interface]] X {}; };").interface().is_accessible);
  EXPECT_FALSE(Parsed("class A { struct B { class [[rpc::interface]] X {}; }; };").interface().is_accessible);
}
TEST(Interfaces, InsideAFunction) {
  EXPECT_FALSE(Parsed("inline auto f() { class [[rpc::interface]] X {}; return X(); }").interface().is_accessible);
}
TEST(Interfaces, InLinkageSpecifications) {
  EXPECT_EQ(interfaces("extern \"C++\" { class [[rpc::interface]] X {}; }"), "X()");
}
TEST(Interfaces, Incomplete) { EXPECT_FALSE(Parsed("class [[rpc::interface]] X;").interface().is_complete); }
TEST(Interfaces, DeclaredBefore) {
  EXPECT_EQ(interfaces("class [[rpc::interface]] X; class X { public: void m(); }; class X;"), "X(m)");
}
TEST(Interfaces, Template) {
  const Parsed parsed("template <class T> class [[rpc::interface]] X { public: virtual void m(T) = 0; };");
  EXPECT_TRUE(parsed.interface().is_template);
  EXPECT_EQ(parsed.interface().methods.size(), 1U);
}
TEST(Interfaces, SpecializationsHaveTheirArguments) {
  EXPECT_EQ(interfaces("template <class T> class X; template <> class [[rpc::interface]] X<int> {};"), "X<int>()");
}
TEST(Interfaces, InstancesAreNotOthers) {
  EXPECT_EQ(interfaces("template <class T> class [[rpc::interface]] X {}; template class X<int>;"), "X()");
}
TEST(Interfaces, WithoutName) {
  EXPECT_FALSE(Parsed("struct { [[rpc::async]] void m(); } x;").interface().is_accessible);
}
TEST(Interfaces, NotImpliedByMethodsOfATemplate) {
  EXPECT_EQ(interfaces("template <class T> struct X { [[rpc::async]] void m([[rpc::in]] T&); };"), "");
}
TEST(Interfaces, InsideATemplate) {
  EXPECT_TRUE(Parsed("template <class T> struct A { class [[rpc::interface]] X {}; };").interface().is_template);
}
TEST(Interfaces, Specialization) {
  EXPECT_TRUE(
      Parsed("template <class T> class X; template <> class [[rpc::interface]] X<int> {};").interface().is_template);
}

TEST(Interfaces, Facts) {
  const Parsed parsed(
      "struct B { virtual ~B() = default; virtual void b() = 0; };"
      "/// What it is.\n/// More of it.\nclass [[rpc::interface]] «X» final : public B { void b() override; };");
  const Interface& x = parsed.interface();
  EXPECT_EQ(x.name, "X");
  EXPECT_EQ(x.bases, std::vector<std::string>{"B"});
  EXPECT_FALSE(x.is_abstract);
  EXPECT_TRUE(x.is_polymorphic);
  EXPECT_TRUE(x.is_final);
  EXPECT_TRUE(x.has_virtual_destructor);
  EXPECT_TRUE(x.has_default_constructor);
  EXPECT_EQ(x.doc, "What it is.\nMore of it.");
  EXPECT_EQ(parsed.text(x.where), "«X»");
}
TEST(Interfaces, Declaration) {
  const Parsed parsed("«class [[rpc::interface]] X { int i; }»;");
  EXPECT_EQ(parsed.text(parsed.interface().declaration), "«class [[rpc::interface]] X { int i; }»");
}
TEST(Interfaces, DefaultConstructor) {
  EXPECT_FALSE(Parsed("struct [[rpc::interface]] X { X(int); };").interface().has_default_constructor);
  EXPECT_FALSE(Parsed("class [[rpc::interface]] X { X(); };").interface().has_default_constructor);
  EXPECT_FALSE(Parsed("struct [[rpc::interface]] X { X() = delete; };").interface().has_default_constructor);
  EXPECT_TRUE(Parsed("class [[rpc::interface]] X { protected: X(int = 1); };").interface().has_default_constructor);
}
TEST(Interfaces, HiddenPureMethods) {
  EXPECT_TRUE(Parsed("class [[rpc::interface]] X { virtual void m() = 0; };").interface().non_public_pure_methods);
  EXPECT_TRUE(Parsed("struct B { protected: virtual void m() = 0; }; struct [[rpc::interface]] X : B {};")
                  .interface()
                  .non_public_pure_methods);
  EXPECT_FALSE(
      Parsed("struct B { protected: virtual void m() = 0; }; struct [[rpc::interface]] X : B { void m() override; };")
          .interface()
          .non_public_pure_methods);
}

std::string methods(const std::string& members) {
  return interfaces("class [[rpc::interface]] X { public: " + members + " };");
}

TEST(Methods, PublicOnes) {
  EXPECT_EQ(methods("void a(); protected: void b(); private: void c(); public: void d();"), "X(a, d)");
}
TEST(Methods, NoSpecialOnes) {
  EXPECT_EQ(methods("X(); X(const X&); ~X(); X& operator=(const X&); operator int();"
                    "bool operator==(const X&) const = default; void a();"),
            "X(a)");
}
TEST(Methods, NoStaticOnes) { EXPECT_EQ(methods("static void a(); void b();"), "X(b)"); }
TEST(Methods, NoDeletedOnes) { EXPECT_EQ(methods("void a() = delete; void b();"), "X(b)"); }
TEST(Methods, PureOperators) { EXPECT_EQ(methods("virtual int operator+(int) = 0;"), "X(operator+)"); }
TEST(Methods, Overloads) { EXPECT_EQ(methods("void a(); void a(int); void a() const;"), "X(a, a, a)"); }

TEST(Methods, OfBasesComeFirst) {
  EXPECT_EQ(
      interfaces("struct A { void a(); }; struct B : A { void b(); }; struct [[rpc::interface]] X : B { void x(); };"),
      "X(a, b, x)");
}
TEST(Methods, OfPrivateBasesAreNotRemote) {
  EXPECT_EQ(interfaces("struct A { void a(); }; struct [[rpc::interface]] X : private A { void x(); };"), "X(x)");
}
TEST(Methods, OfTheStandardLibraryAreNotRemote) {
  EXPECT_EQ(interfaces("namespace std { struct A { void a(); }; } struct [[rpc::interface]] X : std::A { void x(); };"),
            "X(x)");
}
TEST(Methods, OverriddenOnesCountOnce) {
  EXPECT_EQ(interfaces("struct A { virtual void a() = 0; virtual void b(int) = 0; };"
                       "struct [[rpc::interface]] X : A { void x(); void b(int) override; void a() override; };"),
            "X(a, b, x)");
}
TEST(Methods, HiddenOnesCountOnce) {
  EXPECT_EQ(interfaces("struct A { int a(); }; struct [[rpc::interface]] X : A { long a(); };"), "X(a)");
}
TEST(Methods, OfTwoBasesWithTheSameDeclaratorCountOnce) {
  EXPECT_EQ(interfaces("struct A { virtual void m() = 0; }; struct B { virtual void m() = 0; };"
                       "struct [[rpc::interface]] X : A, B {};"),
            "X(m)");
}
TEST(Methods, OfAVirtualBaseCountOnce) {
  EXPECT_EQ(interfaces("struct R { virtual void r() = 0; }; struct A : virtual R { virtual void a() = 0; };"
                       "struct B : virtual R { virtual void b() = 0; }; struct [[rpc::interface]] X : A, B {};"),
            "X(r, a, b)");
}
TEST(Methods, OfARepeatedBaseCountOnce) {
  EXPECT_EQ(interfaces("struct R { virtual void r() = 0; }; struct A : R {}; struct B : R {};"
                       "struct [[rpc::interface]] X : A, B {};"),
            "X(r)");
}
TEST(Methods, OfATemplateBase) {
  const Parsed parsed(
      "namespace n { struct S { int i; }; template <class T> struct B { [[rpc::name(\"z\")]] virtual T get(T) = 0; };"
      "struct [[rpc::interface]] X : B<S> {}; }");
  EXPECT_EQ(parsed.method("get").declared_in, "n::B<n::S>");
  EXPECT_EQ(parsed.method("get").result_spelling, "n::S");
  EXPECT_EQ(attributes(parsed.method("get").attributes), "rpc::name(\"z\")");
}
TEST(Methods, OverridesInheritWhatTheyDoNotSay) {
  const Parsed parsed(
      "template <class> struct A { /// Doc.\n"
      "[[rpc::maybe, rpc::name(\"a\")]] virtual void m([[rpc::in]] int& i) = 0; };"
      "struct [[rpc::interface]] X : A<int> { [[rpc::name(\"x\")]] void m(int& i) override = 0; };");
  EXPECT_EQ(attributes(parsed.method("m").attributes), "rpc::name(\"x\"), rpc::maybe");
  EXPECT_EQ(attributes(parsed.method("m").parameters.at(0).attributes), "rpc::in");
  EXPECT_EQ(parsed.method("m").declared_in, "A<int>");
  EXPECT_EQ(parsed.method("m").doc, "Doc.");
}

TEST(Methods, Facts) {
  const Method m =
      Parsed("struct [[rpc::interface]] X { virtual const int& m(int, ...) const& noexcept = 0; };").method("m");
  EXPECT_EQ(m.declared_in, "X");
  EXPECT_EQ(m.result_spelling, "const int&");
  EXPECT_EQ(m.result.spelling, "int");
  EXPECT_TRUE(m.returns_reference);
  EXPECT_EQ(m.virtuality, Virtual::pure);
  EXPECT_TRUE(m.is_const);
  EXPECT_TRUE(m.is_noexcept);
  EXPECT_TRUE(m.is_variadic);
  EXPECT_EQ(m.ref_qualifier, "&");
}
TEST(Methods, Virtuality) {
  const Parsed parsed(
      "struct [[rpc::interface]] X { void a(); virtual void b(); virtual void c() = 0; virtual void d() final; };");
  EXPECT_EQ(parsed.method("a").virtuality, Virtual::no);
  EXPECT_EQ(parsed.method("b").virtuality, Virtual::yes);
  EXPECT_EQ(parsed.method("c").virtuality, Virtual::pure);
  EXPECT_TRUE(parsed.method("d").is_final);
}
TEST(Methods, Template) {
  const Parsed parsed("struct X { template <class T> [[rpc::async]] void m(T); };");
  EXPECT_TRUE(parsed.method("m").is_template);
  EXPECT_EQ(attributes(parsed.method("m").attributes), "rpc::async");
}

std::string declaration(std::string_view members) {
  const Parsed parsed("struct [[rpc::interface]] X { " + std::string(members) + " };");
  return parsed.text(parsed.method("m").declaration);
}
TEST(Methods, Declaration) {
  EXPECT_EQ(declaration("«virtual void m(int i = f(1, 2)) const = 0»; static int f(int, int);"),
            "«virtual void m(int i = f(1, 2)) const = 0»");
  EXPECT_EQ(declaration("«[[rpc::async]] [[nodiscard]]\n virtual int m()»;"),
            "«[[rpc::async]] [[nodiscard]]\n virtual int m()»");
  EXPECT_EQ(declaration("«int m() const» { return 1; }"), "«int m() const»");
}
TEST(Methods, Places) {
  const Parsed parsed("struct [[rpc::interface]] X { virtual «unsigned long» m() = 0; };");
  EXPECT_EQ(parsed.text(parsed.method("m").result_where), "«unsigned long»");
  EXPECT_EQ(parsed.text(parsed.method("m").where), "m");
}

Parameter parameter(const std::string& declaration) {
  return Parsed("struct [[rpc::interface]] X { void m(" + declaration + "); };").method("m").parameters.at(0);
}
TEST(Parameters, Passing) {
  EXPECT_EQ(parameter("int i").passing, Passing::value);
  EXPECT_EQ(parameter("const int i").passing, Passing::value);
  EXPECT_EQ(parameter("const int& i").passing, Passing::const_reference);
  EXPECT_EQ(parameter("int const& i").passing, Passing::const_reference);
  EXPECT_EQ(parameter("int& i").passing, Passing::reference);
  EXPECT_EQ(parameter("int&& i").passing, Passing::rvalue_reference);
}
TEST(Parameters, TypeIsThatOfTheValue) {
  for (const char* each : {"int i", "const int i", "const int& i", "int& i", "int&& i"})
    EXPECT_EQ(parameter(each).type, (Type{Scalar::int32, "int"})) << each;
}
TEST(Parameters, Name) {
  EXPECT_EQ(parameter("int i").name, "i");
  EXPECT_EQ(parameter("int").name, "");
}
TEST(Parameters, DefaultArguments) {
  EXPECT_EQ(parameter("int i").default_argument, "");
  EXPECT_EQ(parameter("int i = 1 + 2").default_argument, "1 + 2");
  EXPECT_EQ(parameter("const char* s = \"a, b\"").default_argument, "\"a, b\"");
  EXPECT_EQ(parameter("int i = int{}").default_argument, "int{}");
  EXPECT_EQ(parameter("int i = {}").default_argument, "{}");
  EXPECT_EQ(parameter("X i = {}").default_argument, "{}");
}
TEST(Parameters, Places) {
  const Parsed parsed("struct X { void m(«[[rpc::in]] const int& i = 1»); };");
  EXPECT_EQ(parsed.text(parsed.method("m").parameters.at(0).where), "«[[rpc::in]] const int& i = 1»");
  EXPECT_EQ(parsed.text(parsed.method("m").parameters.at(0).type_where), "const int&");
}
TEST(Parameters, PlacesWithoutName) {
  const Parsed parsed("struct [[rpc::interface]] X { void m(«const int&» = 1); };");
  EXPECT_EQ(parsed.text(parsed.method("m").parameters.at(0).type_where), "«const int&»");
}

TEST(TypesInScope, ThoseOfTheNamespacesOfInterfaces) {
  EXPECT_EQ(Parsed("class G; namespace a { class B; class [[rpc::interface]] X {}; } namespace b { class C; }"
                   "namespace a { using D = int; template <class T> struct E; enum F { f }; void g(); int h; }")
                .contract.types_in_scope,
            (std::vector<std::string>{"a::B", "a::D", "a::E", "a::F", "a::X"}));
}
TEST(TypesInScope, NamespacesAndWhatIsAroundThem) {
  EXPECT_EQ(
      Parsed(
          "namespace a { namespace std { struct S; } namespace b { namespace rpc {} class [[rpc::interface]] X {}; } }")
          .contract.types_in_scope,
      (std::vector<std::string>{"a::b", "a::b::X", "a::b::rpc", "a::std"}));
}
TEST(TypesInScope, GlobalOnes) {
  EXPECT_EQ(Parsed("class G; class [[rpc::interface]] X {};").contract.types_in_scope,
            (std::vector<std::string>{"G", "X"}));
}

/// "home::AsyncA, virtual B::AsyncC; without B; twins AsyncX": what the bases of the last interface mean to its twin.
std::string twins_of_bases(std::string_view header) {
  const Parsed parsed(header);
  const Interface& interface = parsed.contract.interfaces.back();
  std::string text;
  for (const TwinBase& base : interface.twin_bases) {
    EXPECT_EQ(base.header, "") << "it is in the same header";
    text += (text.empty() ? "" : ", ") + std::string(base.is_virtual ? "virtual " : "") + base.twin;
  }
  for (const std::string& base : interface.bases_without_twin) text += "; without " + base;
  for (const std::string& base : interface.bases_as_twins) text += "; twin " + base;
  return text;
}

TEST(Twins, DeriveFromThoseOfTheBases) {
  const std::string bases =
      "namespace n { inline namespace v1 { struct [[rpc::async_uuid(\"1\")]] A { virtual void a() = 0; }; }"
      "struct O { struct [[rpc::async_uuid(\"2\")]] C { virtual void c() = 0; }; }; } struct Empty {};";
  EXPECT_EQ(twins_of_bases(bases + "struct [[rpc::interface]] X : Empty, n::A, virtual n::O::C {};"),
            "n::v1::AsyncA, virtual n::AsyncOC");
  EXPECT_EQ(twins_of_bases(bases + "struct B : n::A {}; struct [[rpc::interface]] X : B {};"), "; without B");
  EXPECT_EQ(twins_of_bases(bases + "struct [[rpc::interface]] X : private n::A { void x(); };"), "");
}
TEST(Twins, OfInstancesOfATemplateAreNotMade) {
  EXPECT_EQ(twins_of_bases("template <class T> struct [[rpc::async_uuid(\"1\")]] A { virtual T a() = 0; };"
                           "struct [[rpc::interface]] X : A<int> {};"),
            "; without A<int>");
}
TEST(Twins, AreRecognised) {
  const std::string twin =
      "namespace rpc { struct Uuid {}; } struct AsyncA { static constexpr rpc::Uuid uuid{}; }; struct B : AsyncA {};";
  EXPECT_EQ(twins_of_bases(twin + "struct [[rpc::interface]] X : AsyncA { void x(); };"), "; twin AsyncA");
  EXPECT_EQ(twins_of_bases(twin + "struct [[rpc::interface]] X : B { void x(); };"), "; twin B");
}
TEST(Overrides, TellWhatATwinWouldMissOfTheirBase) {
  const auto unlike = [](const std::string& override) {
    const Parsed parsed(
        "struct A { [[rpc::name(\"n\")]] virtual void m([[rpc::out]] int& a); };"
        "struct [[rpc::interface]] X : A { " +
        override + " };");
    return parsed.contract.interfaces.back().methods.at(0).unlike_base;
  };
  EXPECT_EQ(unlike("void m(int& a) override;"), "");
  EXPECT_EQ(unlike("[[rpc::name(\"o\")]] void m(int& a) override;"), "its name on the wire");
  EXPECT_EQ(unlike("[[rpc::local]] void m(int& a) override;"), "whether it is local");
  EXPECT_EQ(unlike("void m([[rpc::in]] int& b) override;"), "the direction of 'b'");
}

}  // namespace
}  // namespace farcall::test
