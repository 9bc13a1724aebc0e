// The types a method can name: what they are on the wire, how generated code spells them, and why some cannot travel.

#include <gtest/gtest.h>

#include "frontend/fixture.h"

namespace farcall::test {
namespace {

constexpr const char* includes = R"(
#include <array>
#include <bitset>
#include <chrono>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <deque>
#include <filesystem>
#include <forward_list>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <memory_resource>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <stack>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>
)";

struct Case {
  std::string written;        // as the type of a parameter
  std::string description;    // see describe(Type), or the reason why it cannot travel
  std::string spelling = {};  // empty: as written
};

/// Reads all cases in one go, since the standard library takes its time.
void expect(const std::string& declarations, const std::vector<Case>& cases) {
  std::string header = includes + declarations + "\nstruct [[rpc::interface]] X {\n";
  for (std::size_t index = 0; index < cases.size(); ++index)
    header += "  virtual void m" + std::to_string(index) + "(" + cases[index].written + ") = 0;\n";
  const Parsed parsed(header + "};\n");
  for (std::size_t index = 0; index < cases.size(); ++index) {
    const Type& type = parsed.interface().methods.at(index).parameters.at(0).type;
    const auto* refused = std::get_if<Unsupported>(&type.form);
    EXPECT_EQ(refused ? refused->reason : describe(type), cases[index].description) << cases[index].written;
    EXPECT_EQ(type.spelling, cases[index].spelling.empty() ? cases[index].written : cases[index].spelling);
    EXPECT_TRUE(!refused || !refused->way_out.empty()) << cases[index].written;
  }
}

TEST(Types, Scalars) {
  expect("", {{"bool", "bool"},         {"char", "int8"},
              {"signed char", "int8"},  {"unsigned char", "uint8"},
              {"short", "int16"},       {"unsigned short", "uint16"},
              {"int", "int32"},         {"unsigned int", "uint32"},
              {"long", "int64"},        {"unsigned long", "uint64"},
              {"long long", "int64"},   {"unsigned long long", "uint64"},
              {"float", "float32"},     {"double", "float64"},
              {"char8_t", "char8"},     {"char16_t", "char16"},
              {"char32_t", "char32"},   {"wchar_t", "char32"},
              {"std::byte", "byte"},    {"std::size_t", "uint64"},
              {"time_t", "int64"},      {"std::uint8_t", "uint8"},
              {"std::int64_t", "int64"}});
}

TEST(Types, Standard) {
  expect("", {{"std::string", "text"},
              {"std::vector<int>", "list<int32>"},
              {"std::vector<bool>", "list<bool>"},
              {"std::vector<std::vector<std::string>>", "list<list<text>>"},
              {"std::array<float, 3>", "array<float32, 3>"},
              {"std::set<std::string>", "set<text>"},
              {"std::unordered_set<int>", "set<int32>"},
              {"std::map<std::string, int>", "map<text, int32>"},
              {"std::unordered_map<int, std::string>", "map<int32, text>"},
              {"std::optional<double>", "optional<float64>"},
              {"std::pair<int, std::string>", "pair<int32, text>"},
              {"std::basic_string<char>", "text"},
              {"std::u8string", "list<char8>"},
              {"std::u16string", "list<char16>"},
              {"std::u32string", "list<char32>"},
              {"std::wstring", "list<char32>"},
              {"std::bitset<12>", "bitset<12>"},
              {"std::stack<int>", "list<int32>"},
              {"std::queue<std::string, std::list<std::string>>", "list<text>"},
              {"std::priority_queue<int>", "list<int32>"},
              {"std::priority_queue<int, std::vector<int>, std::greater<int>>", "list<int32>"},
              {"std::unique_ptr<int>", "optional<int32>"},
              {"std::unique_ptr<const std::string>", "optional<text>"},
              {"std::shared_ptr<int>", "shared<int32>"},
              {"std::shared_ptr<const std::vector<int>>", "shared<list<int32>>"},
              {"std::vector<std::optional<std::unique_ptr<int>>>", "list<optional<optional<int32>>>"},
              {"std::filesystem::path", "text"},
              {"std::error_code", "error_code"},
              {"std::deque<int>", "list<int32>"},
              {"std::list<std::string>", "list<text>"},
              {"std::forward_list<double>", "list<float64>"},
              {"std::multiset<int>", "multiset<int32>"},
              {"std::unordered_multiset<std::string>", "multiset<text>"},
              {"std::multimap<int, std::string>", "multimap<int32, text>"},
              {"std::unordered_multimap<int, int>", "multimap<int32, int32>"},
              {"std::tuple<int, float, std::string>", "tuple<int32, float32, text>"},
              {"std::tuple<>", "tuple<>"},
              {"std::variant<std::monostate, int, int>", "variant<monostate, int32, int32>"},
              {"std::complex<double>", "complex<float64>"},
              {"std::chrono::milliseconds", "duration<int64, 1/1000>"},
              {"std::chrono::hours", "duration<int64, 3600/1>"},
              {"std::chrono::duration<double>", "duration<float64, 1/1>"},
              {"std::chrono::duration<int, std::ratio<2, 4>>", "duration<int32, 1/2>"},
              {"std::chrono::system_clock::time_point", "time<std::chrono::system_clock, int64, 1/1000000000>"},
              {"std::chrono::sys_time<std::chrono::milliseconds>", "time<std::chrono::system_clock, int64, 1/1000>"},
              {"std::chrono::sys_days", "time<std::chrono::system_clock, int64, 86400/1>"},
              {"std::chrono::local_seconds", "time<std::chrono::local_t, int64, 1/1>"}});
}

TEST(Types, ViewsAreWhatTheyPointTo) {
  expect("using Id = std::uint32_t; using Constant = const int;",
         {{"std::string_view", "text"},
          {"std::u8string_view", "list<char8>"},
          {"std::u16string_view", "list<char16>"},
          {"std::u32string_view", "list<char32>"},
          {"std::wstring_view", "list<char32>"},
          {"std::span<const double>", "list<float64>"},
          {"std::span<const Id>", "list<uint32>"},
          {"std::span<Constant>", "list<int32>"},
          {"std::span<const std::byte, 16>", "array<byte, 16>"},
          {"std::span<int>", "list<int32>"}});
  const Parsed parsed(
      std::string(includes) +
      "struct [[rpc::interface]] X { virtual void m(std::string, std::string_view, std::span<const int, 3>,"
      " std::span<int>, const std::u16string_view&) = 0; };");
  const auto type = [&](std::size_t index) { return parsed.method("m").parameters.at(index).type; };
  EXPECT_FALSE(is_view(type(0)));
  for (const std::size_t view : {1U, 2U, 3U, 4U}) EXPECT_TRUE(is_view(type(view))) << view;
  EXPECT_EQ(std::get<SequenceOf>(type(2).form).kind, SequenceKind::span);
  EXPECT_EQ(std::get<SequenceOf>(type(2).form).extent, 3U);
  EXPECT_EQ(std::get<SequenceOf>(type(2).form).element->spelling, "int");
  EXPECT_EQ(std::get<SequenceOf>(type(3).form).kind, SequenceKind::writable_span);
}

TEST(Types, Spelling) {
  expect(R"(
      namespace n {
      using Id = std::uint32_t;
      using Name = std::string;
      template <class T> using List = std::vector<T>;
      template <class T, int size> struct Box { T value; };
      struct S { int i; using Alias = double; struct Inner { int i; }; };
      enum class E { a };
      class P { using Hidden = int; friend struct Q; };
      struct Q { using Shown = std::vector<P::Hidden>; };
      inline namespace v1 { struct I { int i; }; }
      }
      using namespace n;)",
         {{"Id", "uint32", "n::Id"},
          {"Name", "text", "n::Name"},
          {"std::vector<Name>", "list<text>", "std::vector<n::Name>"},
          {"List<S>", "list<record n::S>", "n::List<n::S>"},
          {"std::variant<Id, S>", "variant<uint32, record n::S>", "std::variant<n::Id, n::S>"},
          {"std::tuple<E, Name>", "tuple<enum n::E, text>", "std::tuple<n::E, n::Name>"},
          {"std::map<Id, List<Name>>", "map<uint32, list<text>>", "std::map<n::Id, n::List<n::Name>>"},
          {"S", "record n::S", "n::S"},
          {"struct S", "record n::S", "n::S"},
          {"S::Alias", "float64", "n::S::Alias"},
          {"S::Inner", "record n::S::Inner", "n::S::Inner"},
          {"E", "enum n::E", "n::E"},
          {"Box<E, 3>", "record n::Box<n::E, 3>", "n::Box<n::E, 3>"},
          {"I", "record n::v1::I", "n::v1::I"},
          {"Q::Shown", "list<int32>", "n::Q::Shown"},
          {"decltype(S::i)", "int32", "int"}});
}

TEST(Types, AliasesOfPrivateScopeAreResolved) {
  const Parsed parsed("class [[rpc::interface]] X { using Id = int; public: virtual Id m(const Id&) = 0; };");
  EXPECT_EQ(parsed.method("m").result_spelling, "int");
  EXPECT_EQ(parsed.method("m").parameters.at(0).type.spelling, "int");
}

TEST(Types, Results) {
  const Parsed parsed(
      "struct S { int i; };"
      "struct [[rpc::interface]] X { virtual void a() = 0; virtual const S b() = 0; virtual S& c() = 0; };");
  EXPECT_EQ(parsed.method("a").result, (Type{Void{}, "void"}));
  EXPECT_EQ(parsed.method("b").result, (Type{RecordRef{"S"}, "S"}));
  EXPECT_EQ(parsed.method("b").result_spelling, "const S");
  EXPECT_EQ(parsed.method("c").result_spelling, "S&");
}

constexpr const char* address = "an address means nothing to another process";
constexpr const char* function = "a function stays in its process";
constexpr const char* refers = "it refers to memory of its process";
constexpr const char* later = "Farcall does not carry it yet";

TEST(Types, BuiltinsThatCannotTravel) {
  expect("struct S { int i; };", {{"long double", "its size and format differ between machines"},
                                  {"__int128", "it is not a standard integer"},
                                  {"std::nullptr_t", "it has only one value"},
                                  {"int*", address},
                                  {"const S*", address},
                                  {"void*", "nothing says what it points to"},
                                  {"const char*", "a pointer does not own its text"},
                                  {"int (*)(int)", function},
                                  {"int S::*", "it means nothing to another process"},
                                  {"int[3]", "an array cannot be passed by value", "int*"},
                                  {"volatile int&", "it is volatile", "volatile int"}});
}

TEST(Types, ContainersWithAnOrderOrAHashOfTheirOwn) {
  expect(R"(
struct Point { int x; int y; };
struct PointHash { std::size_t operator()(const Point&) const; };
struct PointEqual { bool operator()(const Point&, const Point&) const; };
template <class T> struct Descending : std::greater<T> {};
struct Modulo { int divisor; bool operator()(int, int) const; };
struct Needy { explicit Needy(int); bool operator()(int, int) const; };
class Closed { struct Less : std::less<int> {}; public: using Ints = std::set<int, Less>; };
)",
         {{"std::multiset<int, std::greater<int>>", "multiset<int32>"},
          {"std::set<int, std::greater<>>", "set<int32>"},
          {"std::map<std::string, int, std::less<>>", "map<text, int32>"},
          {"std::map<int, int, Descending<int>>", "map<int32, int32>"},
          {"std::unordered_map<Point, int, PointHash, PointEqual>", "map<record Point, int32>"},
          {"std::set<int, Modulo>", "its 'Modulo' is not the standard library's default for it"},
          {"std::set<int, Needy>", "its 'Needy' is not the standard library's default for it"},
          {"Closed::Ints", "its 'Closed::Less' is not the standard library's default for it"}});
}

TEST(Types, StandardOnesThatCannotTravel) {
  expect(
      "",
      {{"std::span<const int, 0>", "it has no elements, so there is nothing to send"},
       {"std::initializer_list<int>", refers},
       {"std::pmr::string", "its characters or its allocator are its platform's"},
       {"std::unique_ptr<int, void (*)(int*)>", "its 'void (*)(int *)' is not the standard library's default for it",
        "std::unique_ptr<int, void (*)(int *)>"},
       {"std::unique_ptr<int[]>", "nothing says how many elements it points to"},
       {"std::shared_ptr<int[3]>", "nothing says how many elements it points to"},
       {"std::shared_ptr<void>", "nothing says what it points to"},
       {"std::unique_ptr<volatile int>", "it is volatile"},
       {"std::weak_ptr<int>", "it is part of a running process"},
       {"std::function<void()>", function, "std::function<void ()>"},
       {"std::error_condition", "its category is an address"},
       {"std::complex<long double>", "its parts are neither float nor double"},
       {"std::multiset<int, bool (*)(int, int)>",
        "its 'bool (*)(int, int)' is not the standard library's default for it"},
       {"std::chrono::year", later},
       {"std::pmr::vector<int>",
        "its 'std::pmr::polymorphic_allocator<int>' is not the standard library's default for it"},
       {"std::chrono::steady_clock::time_point", "std::chrono::steady_clock starts at another moment on each machine"},
       {"std::allocator<int>", "Farcall does not know this type of the standard library"}});
}

TEST(Types, ExpectedWhereTheStandardHasIt) {
  const Parsed parsed(
      "#include <expected>\n#include <string>\n"
      "struct [[rpc::interface]] X {"
      " virtual std::expected<int, std::string> a() = 0; virtual std::expected<void, int> b() = 0; };",
      {"-std=c++23"});
  EXPECT_EQ(describe(parsed.method("a").result), "variant<int32, text>");
  EXPECT_EQ(describe(parsed.method("b").result), "variant<monostate, int32>");
  EXPECT_EQ(parsed.method("b").result.spelling, "std::expected<void, int>");
  EXPECT_EQ(std::get<VariantOf>(parsed.method("a").result.form).kind, VariantKind::expected);
}

TEST(Types, WideCharactersOf16BitsStay) {
  const Parsed parsed("struct [[rpc::interface]] X { virtual void m(wchar_t) = 0; };", {"-fshort-wchar"});
  EXPECT_EQ(std::get<Unsupported>(parsed.method("m").parameters.at(0).type.form).reason,
            "its width differs between platforms");
}

TEST(Types, PointersToPolymorphicClassesAreOpen) {
  const Parsed parsed(std::string(includes) + R"(
      struct Base { virtual ~Base() = default; };
      struct Closed final : Base {};
      struct Plain { int i; std::unique_ptr<Plain> next; };
      struct [[rpc::interface]] Other { virtual void m() = 0; };
      struct [[rpc::interface]] X {
        virtual void a(std::unique_ptr<Base>) = 0; virtual void b(std::shared_ptr<const Base>) = 0;
        virtual void c(Base*) = 0; virtual void d(std::unique_ptr<Closed>) = 0; virtual void e(std::unique_ptr<Plain>) = 0;
        virtual void f(std::shared_ptr<Other>) = 0;
      };)");
  const auto form = [&](const char* method) -> const TypeForm& {
    for (const Interface& each : parsed.contract.interfaces)
      for (const Method& candidate : each.methods)
        if (each.name == "X" && candidate.name == method) return candidate.parameters.at(0).type.form;
    throw std::runtime_error(method);
  };
  for (const char* method : {"a", "b", "c"}) {
    EXPECT_EQ(std::get<Unsupported>(form(method)).refusal, Refusal::open_polymorphism) << method;
    EXPECT_EQ(std::get<Unsupported>(form(method)).reason,
              "it may point to an object of any class derived from 'Base' (open polymorphism)");
  }
  EXPECT_EQ(std::get<RecordRef>((*std::get<OptionalOf>(form("d")).value).form).name, "Closed");
  EXPECT_EQ(std::get<OptionalOf>(form("e")).kind, OptionalKind::unique_ptr);
  EXPECT_EQ(std::get<RecordRef>((*std::get<SharedOf>(form("f")).object).form).name, "Other");
}

TEST(Types, ThatCannotTravelInsideOthers) {
  const Parsed parsed(std::string(includes) +
                      "struct [[rpc::interface]] X { virtual void m(std::map<int, std::vector<int*>>) = 0; };");
  const Type type = parsed.method("m").parameters.at(0).type;
  const Type& inner = *std::get<SequenceOf>((*std::get<MapOf>(type.form).value).form).element;
  EXPECT_EQ(std::get<Unsupported>(inner.form).reason, address);
}

TEST(Types, Enums) {
  const Parsed parsed(R"(
      namespace n {
      enum class Small : unsigned char { a, b = 7 };
      enum Old { first = -1, last };
      enum class Wide : unsigned long { top = 0xffffffffffffffff };
      enum class Flags { x = 1, y = 2 };
      constexpr Flags operator|(Flags left, Flags right);
      struct S { enum class In { i }; friend In operator|(In, In); };
      }
      struct [[rpc::interface]] X { virtual void m(n::Small, n::Old, n::Wide, n::Flags, n::S::In) = 0; };)");
  ASSERT_EQ(parsed.contract.enums.size(), 5U);
  const Enum& flags = parsed.contract.enums.at(0);
  EXPECT_EQ(flags.name, "n::Flags");
  EXPECT_TRUE(flags.is_flags);
  const Enum& old = parsed.contract.enums.at(1);
  EXPECT_FALSE(old.scoped);
  EXPECT_FALSE(old.is_flags);
  EXPECT_EQ(old.underlying, Scalar::int32);
  EXPECT_EQ(old.enumerators, (std::vector<Enumerator>{{"first", -1}, {"last", 0}}));
  EXPECT_TRUE(parsed.contract.enums.at(2).is_flags);
  EXPECT_EQ(parsed.contract.enums.at(3).underlying, Scalar::uint8);
  EXPECT_EQ(parsed.contract.enums.at(4).enumerators.at(0).value, -1);
}

TEST(Types, EnumsThatCannotTravel) {
  const Parsed parsed(
      "enum class Later : int; class [[rpc::interface]] X { enum E { a }; public:"
      " virtual void m(Later) = 0; virtual void n(E) = 0; };");
  EXPECT_EQ(std::get<Unsupported>(parsed.method("m").parameters.at(0).type.form).reason,
            "its enumerators are not known here");
  EXPECT_EQ(std::get<Unsupported>(parsed.method("n").parameters.at(0).type.form).reason,
            "generated code cannot reach it");
}

/// "long -> std::int64_t at «long»": what depends on the platform in the parameter's type.
std::string platform(const std::string& parameter, const std::string& declarations = "") {
  const Parsed parsed(declarations + " struct [[rpc::interface]] X { virtual void m(" + parameter + ") = 0; };");
  std::string text;
  for (const PlatformType& each : parsed.method("m").parameters.at(0).platform_types)
    text += (text.empty() ? "" : "; ") + each.spelling + " -> " + each.fixed + " at " + parsed.text(each.where);
  return text;
}

TEST(PlatformTypes, AreFoundAsWritten) {
  EXPECT_EQ(platform("const «long»&"), "long -> std::int64_t at «long»");
  EXPECT_EQ(platform("«unsigned long int» a"), "unsigned long int -> std::uint64_t at «unsigned long int»");
  EXPECT_EQ(platform("«wchar_t» a"), "wchar_t -> char32_t at «wchar_t»");
  EXPECT_EQ(platform("int, long long, unsigned long long, double, char32_t"), "");
}
TEST(PlatformTypes, AreFoundInTemplateArguments) {
  EXPECT_EQ(platform("P<int, P<const «long», int>>", "template <class T, class U> struct P { T t; U u; };"),
            "long -> std::int64_t at «long»");
}
TEST(PlatformTypes, AreFoundInAliasesOfTheUser) {
  EXPECT_EQ(platform("B", "using A = «long»; typedef A B;"), "long -> std::int64_t at «long»");
}
TEST(PlatformTypes, AreNamesOfTheSystem) {
  const std::string headers = "#include <vector>\n#include <cstdint>\n#include <ios>\n";
  EXPECT_EQ(platform("«std::size_t» a", headers), "std::size_t -> std::uint64_t at «std::size_t»");
  EXPECT_EQ(platform("std::vector<«size_t»> a", headers), "size_t -> std::uint64_t at «size_t»");
  EXPECT_EQ(platform("«std::streamsize» a", headers), "std::streamsize -> std::int64_t at «std::streamsize»");
  EXPECT_EQ(platform("«std::vector<int>::size_type»", headers),
            "std::vector<int>::size_type -> std::uint64_t at «std::vector<int>::size_type»");
  EXPECT_EQ(platform("std::int64_t a", headers), "");
  EXPECT_EQ(platform("std::vector<uint64_t> a", headers), "");
}
TEST(PlatformTypes, BringTheHeaderOfWhatReplacesThem) {
  const Parsed parsed("#pragma once\nstruct [[rpc::interface]] X { virtual void m(long) = 0; };");
  const PlatformType& found = parsed.method("m").parameters.at(0).platform_types.at(0);
  ASSERT_EQ(found.fix.size(), 2U);
  EXPECT_EQ(found.fix[1].text, "#include <cstdint>\n");
  EXPECT_EQ(found.fix[1].where.begin, 13U);
}
TEST(PlatformTypes, HaveNoFixInAMacro) {
  const Parsed parsed("#define LONG long\nstruct [[rpc::interface]] X { virtual void m(LONG) = 0; };");
  EXPECT_TRUE(parsed.method("m").parameters.at(0).platform_types.at(0).fix.empty());
}

}  // namespace
}  // namespace farcall::test
