// What counts as a breaking change, on the wire and in the source.
#include "compat/compare.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"
#include "plan/numbers.h"

namespace farcall {
namespace {

using namespace testing;

/// "breaking: field 'a' of 'home::Reading': 'int' became 'double'", a line for each change at that level.
std::string changes(const Contract& before, const Contract& after, CompatLevel level = CompatLevel::wire) {
  const Frozen old_version = freeze(before, nullptr);
  std::string text;
  for (const Change& each : compare(old_version, freeze(after, &old_version))) {
    if (each.level != level) continue;
    text += (each.breaking ? "breaking: " : "compatible: ") + each.text + "\n";
    EXPECT_EQ(each.breaking, !each.way_out.empty()) << each.text;
    EXPECT_NE(each.reason, "");
  }
  return text;
}

/// How a field fares whose type changes: "", "compatible" or "breaking".
std::string verdict(const Type& before, const Type& after, std::vector<Record> records = {},
                    std::vector<Enum> enums = {}) {
  const auto with = [&](const Type& type) {
    std::vector<Record> all = records;
    all.push_back(record("home::Reading", {field("a", type)}));
    return with_methods({method("last", of_record("home::Reading"))}, all, enums);
  };
  const std::string text = changes(with(before), with(after));
  return text.substr(0, text.find(':'));
}

Type of(Scalar scalar) { return type(scalar, "scalar"); }
Type of(SequenceKind kind, const Type& element, std::uint64_t extent = 0) {
  return type(SequenceOf{kind, Box(element), extent}, "sequence");
}
Type of(MapKind kind) { return type(MapOf{kind, Box(of_int()), Box(of_text())}, "map"); }
Type milliseconds(Scalar count) { return type(DurationOf{count, 1, 1000}, "milliseconds"); }

TEST(Compat, TheSameIsNoChange) {
  EXPECT_EQ(changes(thermostat(), thermostat()), "");
  EXPECT_EQ(changes(thermostat(), thermostat(), CompatLevel::source), "");
}

TEST(Compat, IdentitiesStay) {
  const auto identified = [](const std::string& own, const std::string& twins) {
    Contract made = thermostat();
    made.interfaces[0].methods.pop_back();  // a maybe call, which no twin has
    std::vector<Attribute>& attributes = made.interfaces[0].attributes;
    if (!own.empty()) attributes.push_back(attribute(AttributeKind::uuid, "uuid", own));
    if (!twins.empty()) attributes.push_back(attribute(AttributeKind::async_uuid, "async_uuid", twins));
    return made;
  };
  const std::string one = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  const std::string two = "6ba7b811-9dad-11d1-80b4-00c04fd430c8";
  const std::string three = "6ba7b812-9dad-11d1-80b4-00c04fd430c8";
  const auto in_source = [](const Contract& before, const Contract& after) {
    EXPECT_EQ(changes(before, after), "") << "nothing of it travels";
    return changes(before, after, CompatLevel::source);
  };
  EXPECT_EQ(in_source(identified(one, two), identified("6BA7B810-9DAD-11d1-80b4-00c04fd430c8", two)), "");
  EXPECT_EQ(in_source(identified("", ""), identified(one, two)),
            "compatible: the UUID of 'home::Thermostat' is new\n"
            "compatible: the asynchronous twin of 'home::Thermostat' is new\n");
  EXPECT_EQ(in_source(identified(one, two), identified(one, three)),
            "breaking: the asynchronous twin of 'home::Thermostat' has another UUID\n");
  EXPECT_EQ(in_source(identified(one, two), identified(three, "")),
            "breaking: the UUID of 'home::Thermostat' changed\n"
            "breaking: the asynchronous twin of 'home::Thermostat' is gone\n");
}

TEST(Compat, IntegersMayGrowWithinTheirKind) {
  EXPECT_EQ(verdict(of(Scalar::int32), of(Scalar::int64)), "compatible");
  EXPECT_EQ(verdict(of(Scalar::uint8), of(Scalar::uint32)), "compatible");
  EXPECT_EQ(verdict(of(Scalar::byte), of(Scalar::uint8)), "compatible");
  EXPECT_EQ(verdict(of(Scalar::int64), of(Scalar::int32)), "breaking");
  EXPECT_EQ(verdict(of(Scalar::int32), of(Scalar::uint32)), "breaking");
  EXPECT_EQ(verdict(of(Scalar::int32), of_bool()), "breaking");
  EXPECT_EQ(verdict(of(Scalar::float32), of(Scalar::float64)), "breaking");
  EXPECT_EQ(verdict(of_int(), of_text()), "breaking");
}

TEST(Compat, AnOptionalMayComeButNotGo) {
  EXPECT_EQ(verdict(of_int(), of_optional(of_int())), "compatible");
  EXPECT_EQ(verdict(of_int(), of_optional(of(Scalar::int64))), "compatible");
  EXPECT_EQ(verdict(of_int(), of_optional(of_text())), "breaking");
  EXPECT_EQ(verdict(of_optional(of_int()), of_int()), "breaking");
  EXPECT_EQ(verdict(of_vector(of_int()), of_optional(of_vector(of_int()))), "breaking");
  EXPECT_EQ(verdict(of_vector(of_int()), of_vector(of_optional(of_int()))), "breaking");
  EXPECT_EQ(verdict(of_optional(of_int()), of_optional(of(Scalar::int64))), "compatible");
}

TEST(Compat, ContainersOfAFamilyTravelInTheSameWay) {
  using enum SequenceKind;
  EXPECT_EQ(verdict(of(vector, of_int()), of(deque, of_int())), "compatible");
  EXPECT_EQ(verdict(of(set, of_int()), of(unordered_set, of_int())), "compatible");
  EXPECT_EQ(verdict(of(set, of_int()), of(vector, of_int())), "compatible");
  EXPECT_EQ(verdict(of(vector, of_int()), of(set, of_int())), "breaking");
  EXPECT_EQ(verdict(of(array, of_int(), 3), of(vector, of_int())), "compatible");
  EXPECT_EQ(verdict(of(vector, of_int()), of(array, of_int(), 3)), "breaking");
  EXPECT_EQ(verdict(of(array, of_int(), 3), of(array, of_int(), 4)), "breaking");
  EXPECT_EQ(verdict(of(vector, of(Scalar::uint8)), of_text()), "compatible");
  EXPECT_EQ(verdict(of(vector, of(Scalar::uint8)), of(vector, of(Scalar::uint16))), "breaking");
  EXPECT_EQ(verdict(of(vector, of(Scalar::int16)), of(vector, of(Scalar::int32))), "compatible");
  EXPECT_EQ(verdict(of(MapKind::map), of(MapKind::multimap)), "compatible");
  EXPECT_EQ(verdict(of(MapKind::multimap), of(MapKind::unordered_map)), "breaking");
}

TEST(Compat, ViewsAndArraysTravelAsWhatTheyAre) {
  using enum SequenceKind;
  EXPECT_EQ(verdict(of(c_array, of_int(), 3), of(array, of_int(), 3)), "compatible");
  EXPECT_EQ(verdict(of(c_array, of_int(), 3), of(c_array, of_int(), 4)), "breaking");
  EXPECT_EQ(verdict(of(vector, of_int()), of(span, of_int())), "compatible");
  EXPECT_EQ(verdict(of(vector, of_int()), of(span, of_int(), 3)), "breaking");
  EXPECT_EQ(verdict(of(span, of_int(), 3), of(array, of_int(), 3)), "compatible");
  EXPECT_EQ(verdict(of_text(), type(Text{.view = true}, "std::string_view")), "");
}

TEST(Compat, BitsMayGrow) {
  const auto bits = [](std::uint32_t before, std::uint32_t after) {
    const auto with = [](std::uint32_t width) {
      Field made = field("a", of_int());
      made.bit_width = width;
      return with_methods({method("last", of_record("home::Reading"))}, {record("home::Reading", {made})});
    };
    return changes(with(before), with(after));
  };
  EXPECT_EQ(bits(3, 3), "");
  EXPECT_EQ(bits(3, 5), "compatible: field 'a' of 'home::Reading': 3 bits became 5 bits\n");
  EXPECT_EQ(bits(3, 0), "compatible: field 'a' of 'home::Reading': 3 bits became its whole type\n");
  EXPECT_EQ(bits(0, 3), "breaking: field 'a' of 'home::Reading': its whole type became 3 bits\n");
}

TEST(Compat, ACodecStaysAsItIs) {
  const auto with = [](std::optional<std::uint32_t> version) {
    Record made = record("home::Reading", {});
    if (version) made.codec = UserCodec{*version};
    return with_methods({method("last", of_record("home::Reading"))}, {made});
  };
  EXPECT_EQ(changes(with(1), with(1)), "");
  EXPECT_EQ(changes(with(1), with(2)), "breaking: the codec of 'home::Reading' changed\n");
  EXPECT_EQ(changes(with({}), with(2)), "breaking: 'home::Reading' has a codec now\n");
  EXPECT_EQ(changes(with(2), with({})), "breaking: 'home::Reading' has no codec any more\n");
}

TEST(Compat, ProductsAndSumsGrowAtTheEnd) {
  EXPECT_EQ(verdict(of_pair(of_int(), of_text()), of_tuple({Box(of_int()), Box(of_text())})), "compatible");
  EXPECT_EQ(verdict(of_tuple({Box(of_int())}), of_tuple({Box(of_int()), Box(of_text())})), "compatible");
  EXPECT_EQ(verdict(of_variant({Box(of_int())}), of_variant({Box(of_int()), Box(of_text())})), "compatible");
  EXPECT_EQ(verdict(of_variant({Box(of_int()), Box(of_text())}), of_variant({Box(of_int())})), "breaking");
  EXPECT_EQ(verdict(of_variant({Box(of_int()), Box(of_text())}), of_variant({Box(of_text()), Box(of_int())})),
            "breaking");
}

TEST(Compat, TimesKeepTheirUnitAndTheirClock) {
  EXPECT_EQ(verdict(milliseconds(Scalar::int32), milliseconds(Scalar::int64)), "compatible");
  EXPECT_EQ(verdict(milliseconds(Scalar::int64), type(DurationOf{Scalar::int64, 1, 1}, "seconds")), "breaking");
  EXPECT_EQ(verdict(milliseconds(Scalar::int64), milliseconds(Scalar::float64)), "breaking");
  const Type system = type(TimePointOf{"std::chrono::system_clock", {Scalar::int64, 1, 1000}}, "time");
  const Type steady = type(TimePointOf{"std::chrono::steady_clock", {Scalar::int64, 1, 1000}}, "time");
  EXPECT_EQ(verdict(system, steady), "breaking");
}

TEST(Compat, NamesOfTypesDoNotTravel) {
  const std::vector<Record> records = {
      record("home::A", {field("x", of_int())}), record("home::B", {field("x", of_int())}),
      record("home::C", {field("x", of_text())}), record("home::D", {field("y", of_int())})};
  EXPECT_EQ(verdict(of_record("home::A"), of_record("home::B"), records), "compatible");
  EXPECT_EQ(verdict(of_record("home::A"), of_record("home::C"), records), "breaking");
  EXPECT_EQ(verdict(of_record("home::A"), of_record("home::D"), records), "breaking");
  EXPECT_EQ(verdict(of_vector(of_record("home::A")), of_vector(of_record("home::B")), records), "compatible");
}

TEST(Compat, FieldsComeAndGo) {
  const auto with = [](std::vector<Field> fields) {
    return with_methods({method("last", of_record("home::Reading"))}, {record("home::Reading", std::move(fields))});
  };
  const Contract before = with({field("a", of_int()), field("b", of_int())});
  const Contract after = with({field("c", of_int()), field("a", of_int())});
  EXPECT_EQ(changes(before, after),
            "compatible: field 'c' of 'home::Reading' is new\ncompatible: field 'b' of 'home::Reading' is gone\n");
  EXPECT_EQ(changes(before, with({field("b", of_int()), field("a", of_int())})), "");
  EXPECT_EQ(changes(before, with({field("b", of_int()), field("a", of_int())}), CompatLevel::source),
            "breaking: the fields of 'home::Reading' have another order\n");
}

TEST(Compat, ARemovedNameStaysTaken) {
  const auto with = [](std::vector<Method> methods) { return with_methods(std::move(methods)); };
  const Frozen first = freeze(with({method("a", of_void()), method("b", of_void())}), nullptr);
  const Frozen second = freeze(with({method("a", of_void())}), &first);
  const Frozen third = freeze(with({method("a", of_void()), method("b", of_int())}), &second);
  const std::vector<Change> found = compare(second, third);
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(found[0].breaking);
  EXPECT_EQ(found[0].text, "method 'b' has the name of one that was removed");
}

TEST(Compat, WithoutAFrozenContractNumbersMove) {
  const auto with = [](std::vector<Field> fields) {
    return freeze(
        with_methods({method("last", of_record("home::Reading"))}, {record("home::Reading", std::move(fields))}),
        nullptr);
  };
  const std::vector<Change> found =
      compare(with({field("a", of_int()), field("b", of_int())}), with({field("c", of_int()), field("b", of_int())}));
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(found[0].breaking);
  EXPECT_EQ(found[0].text, "field 'c' of 'home::Reading' has the number 1, which was that of 'a'");
}

TEST(Compat, MethodsCanBeAddedButNotRemoved) {
  const Contract one = with_methods({method("a", of_void())});
  const Contract two = with_methods({method("a", of_void()), method("b", of_void())});
  EXPECT_EQ(changes(one, two), "compatible: method 'b' is new\n");
  EXPECT_EQ(changes(two, one), "breaking: method 'b' of 'home::Thermostat' is gone\n");
  EXPECT_EQ(changes(one, two, CompatLevel::source), "breaking: method 'b' is new\n");
}

TEST(Compat, ParametersNeedAValueForOldEnds) {
  Parameter defaulted = parameter("days", of_int());
  defaulted.default_argument = "7";
  Parameter local = parameter("days", of_int());
  local.default_argument = "limit()";
  const auto with = [](std::vector<Parameter> parameters) {
    return with_methods({method("a", of_void(), std::move(parameters))});
  };
  EXPECT_EQ(changes(with({}), with({defaulted})), "compatible: parameter 'days' of 'a' is new\n");
  EXPECT_EQ(changes(with({defaulted}), with({})), "compatible: parameter 'days' of 'a' is gone\n");
  EXPECT_EQ(changes(with({}), with({local})), "breaking: parameter 'days' of 'a' is new\n");
  EXPECT_EQ(changes(with({}), with({parameter("days", of_int())})), "breaking: parameter 'days' of 'a' is new\n");
  EXPECT_EQ(changes(with({}), with({parameter("days", of_optional(of_int()))})),
            "compatible: parameter 'days' of 'a' is new\n");
  EXPECT_EQ(changes(with({parameter("days", of_int())}), with({})), "breaking: parameter 'days' of 'a' is gone\n");
  EXPECT_EQ(changes(with({}), with({directed("days", of_int(), AttributeKind::out)})),
            "breaking: parameter 'days' of 'a' is new\n");
  EXPECT_EQ(changes(with({parameter("days", of_int())}), with({parameter("days", of_int(), Passing::reference)})),
            "breaking: parameter 'days' of 'a' travels in another direction\n");
  EXPECT_EQ(changes(with({}), with({defaulted}), CompatLevel::source), "breaking: the parameters of 'a' changed\n");
}

TEST(Compat, ResultsAreNotMadeUp) {
  const auto with = [](const Type& result) { return with_methods({method("a", result)}); };
  EXPECT_EQ(changes(with(of_void()), with(of_int())), "breaking: the result of 'a' is new\n");
  EXPECT_EQ(changes(with(of_int()), with(of_void())), "breaking: the result of 'a' is gone\n");
  EXPECT_EQ(changes(with(of_void()), with(of_optional(of_int()))), "compatible: the result of 'a' is new\n");
  EXPECT_EQ(changes(with(of_int()), with(of_double())), "breaking: the result of 'a': 'int' became 'double'\n");
}

TEST(Compat, ModesAreTheCallersChoice) {
  const auto with = [](std::vector<Attribute> attributes) {
    return with_methods({method("a", of_void(), {}, std::move(attributes))});
  };
  EXPECT_EQ(changes(with({}), with({async()})), "compatible: 'a': an ordinary call became async\n");
  EXPECT_EQ(changes(with({maybe()}), with({})), "compatible: 'a': maybe became an ordinary call\n");
  EXPECT_EQ(changes(with({}), with({async()}), CompatLevel::source), "breaking: 'a' became async\n");
  EXPECT_EQ(changes(with({attribute(AttributeKind::message, "message")}), with({})),
            "breaking: 'a': a message became an ordinary call\n");
  EXPECT_EQ(changes(with({}), with({attribute(AttributeKind::timeout, "timeout", "2s")})),
            "compatible: the default deadline of 'a' changed\n");
  EXPECT_EQ(changes(with({}), with({attribute(AttributeKind::idempotent, "idempotent")})),
            "compatible: 'a' became idempotent\n");
}

TEST(Compat, AHandleIsAMatterOfTheSource) {
  const auto sum = [](std::optional<Handle> handle) {
    Method made = method("sum", of_int(), {parameter("a", of_int())});
    made.virtuality = Virtual::pure;
    made.result_spelling = handle ? "void" : "int";
    made.handle = std::move(handle);
    return with_methods({made});
  };
  EXPECT_EQ(changes(sum({}), sum(handle(1))), "");
  EXPECT_EQ(changes(sum(handle(1)), sum({})), "");
  const auto in_source = [&](std::optional<Handle> before, std::optional<Handle> after) {
    return changes(sum(std::move(before)), sum(std::move(after)), CompatLevel::source);
  };
  EXPECT_EQ(in_source(handle(1), handle(1)), "");
  EXPECT_EQ(in_source({}, handle(1)), "breaking: the completion handle of 'sum' is new\n");
  EXPECT_EQ(in_source(handle(1), {}), "breaking: the completion handle of 'sum' is gone\n");
  EXPECT_EQ(in_source(handle(1), handle(0)), "breaking: the completion handle of 'sum' changed\n");
  EXPECT_EQ(in_source(handle(1), handle(1, Passing::rvalue_reference)),
            "breaking: the completion handle of 'sum' changed\n");
}

TEST(Compat, EnumeratorsKeepTheirValues) {
  const auto with = [](std::vector<Enumerator> enumerators, bool is_flags = false) {
    const Enum kind{
        .name = "home::Kind", .underlying = Scalar::int32, .is_flags = is_flags, .enumerators = std::move(enumerators)};
    return with_methods({method("a", of_enum("home::Kind"))}, {}, {kind});
  };
  EXPECT_EQ(changes(with({{"x", 0}}), with({{"x", 0}, {"y", 1}})),
            "compatible: enumerator 'y' of 'home::Kind' is new\n");
  EXPECT_EQ(changes(with({{"x", 0}, {"y", 1}}), with({{"x", 0}})),
            "breaking: enumerator 'y' of 'home::Kind' is gone\n");
  EXPECT_EQ(changes(with({{"x", 0}, {"y", 1}}), with({{"x", 0}, {"y", 2}})),
            "breaking: enumerator 'y' of 'home::Kind': 1 became 2\n");
  EXPECT_EQ(changes(with({{"x", 1}}), with({{"x", 1}}, true)), "compatible: 'home::Kind' became a flags enum\n");
  EXPECT_EQ(changes(with({{"x", 1}}, true), with({{"x", 1}})), "breaking: 'home::Kind' is no flags enum any more\n");
  EXPECT_EQ(changes(with({{"x", 1}, {"y", 2}}, true), with({{"x", 1}}, true)),
            "breaking: the values of 'home::Kind' changed\n");
}

TEST(Compat, InterfacesKeepTheirNames) {
  Contract renamed = thermostat();
  renamed.interfaces[0].attributes = {attribute(AttributeKind::interface, "interface", "acme.Thermostat")};
  EXPECT_EQ(changes(thermostat(), renamed),
            "compatible: interface 'acme.Thermostat' is new\nbreaking: interface 'home::Thermostat' is gone\n");
}

TEST(Compat, CppNamesMatterInTheSourceOnly) {
  Method renamed = method("goal", of_double(), {}, {named("target")});
  const Contract before = with_methods({method("target", of_double())});
  EXPECT_EQ(changes(before, with_methods({renamed})), "");
  EXPECT_EQ(changes(before, with_methods({renamed}), CompatLevel::source),
            "breaking: 'target': 'target' became 'goal'\n");
}

}  // namespace
}  // namespace farcall
