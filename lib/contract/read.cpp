#include "contract/read.h"

#include "contract/json.h"
#include "contract/node.h"
#include "model/attributes.h"

namespace farcall {
namespace {

class FrozenReader {
 public:
  Frozen read(const Node& file) {
    const std::int64_t format = file.at("format").integer();
    if (format > contract_format)
      throw Malformed("it was written by a newer Farcall (format " + std::to_string(format) + ", this one knows " +
                      std::to_string(contract_format) + "): update farcall");
    if (format < 1) file.at("format").fail("is no format of a frozen contract");
    file.only({"format", "header", "interfaces", "records", "enums", "accepted"});
    (void)file.at("header").text();
    Frozen frozen;
    NodeScope interfaces;
    NodeScope records;
    NodeScope enums;
    for (const Node& each : file.at("interfaces").elements()) frozen.interfaces.push_back(interface(each, interfaces));
    for (const Node& each : file.at("records").elements()) frozen.records.push_back(record(each, records));
    for (const Node& each : file.at("enums").elements()) frozen.enums.push_back(enumeration(each, enums));
    if (const auto accepted = file.find("accepted")) {
      for (const Node& each : accepted->elements()) frozen.accepted.push_back(each.text());
    }
    for (const auto& [name, node] : records_) {
      if (find_named(frozen.records, name) == nullptr) node.fail("names a record that is not in the file");
    }
    for (const auto& [name, node] : enums_) {
      if (find_named(frozen.enums, name) == nullptr) node.fail("names an enum that is not in the file");
    }
    return frozen;
  }

 private:
  static std::vector<Tombstone> removed(const Node& node, NodeScope& scope) {
    std::vector<Tombstone> made;
    const std::optional<Node> list = node.find("removed");
    if (!list) return made;
    for (const Node& each : list->elements()) {
      each.only({"name", "number"});
      made.push_back({each.at("name").name(), scope.number(each)});
    }
    return made;
  }

  static std::vector<FrozenAttribute> attributes(const Node& node) {
    std::vector<FrozenAttribute> made;
    const std::optional<Node> found = node.find("attributes");
    if (!found) return made;
    for (const AttributeSpec& spec : attribute_table()) {
      const std::optional<Node> value = found->find(std::string(spec.name));
      if (!value) continue;
      made.push_back({spec.kind, {}});
      if (value->is_text())
        made.back().argument = value->text();
      else if (spec.argument == ArgumentShape::level)
        made.back().argument = value->integer();
    }
    for (const auto& [name, value] : found->object()) {
      if (find_attribute(name) == nullptr) found->fail("has '" + name + "', which is no attribute");
    }
    return made;
  }

  static std::string doc(const Node& node) {
    const std::optional<Node> found = node.find("doc");
    return found ? found->text() : std::string();
  }

  FrozenInterface interface(const Node& node, NodeScope& scope) {
    node.only({"name", "cpp_name", "bases", "methods", "removed", "attributes", "doc"});
    FrozenInterface made{.name = scope.name(node), .cpp_name = node.at("cpp_name").name()};
    if (const auto bases = node.find("bases")) {
      for (const Node& each : bases->elements()) made.bases.push_back(each.name());
    }
    NodeScope methods;
    for (const Node& each : node.at("methods").elements()) made.methods.push_back(method(each, methods));
    made.removed = removed(node, methods);
    made.attributes = attributes(node);
    made.doc = doc(node);
    return made;
  }

  FrozenMethod method(const Node& node, NodeScope& scope) {
    node.only({"name", "number", "cpp_name", "mode", "timeout_ns", "idempotent", "virtual", "const", "noexcept",
               "result", "handle", "parameters", "removed", "attributes", "doc"});
    FrozenMethod made{.name = scope.name(node), .number = scope.number(node), .cpp_name = node.at("cpp_name").name()};
    made.mode = node.at("mode").mode();
    if (const auto timeout = node.find("timeout_ns")) made.timeout = std::chrono::nanoseconds(timeout->integer());
    made.idempotent = node.flag("idempotent");
    made.virtuality =
        node.at("virtual").word<Virtual>({{"no", Virtual::no}, {"yes", Virtual::yes}, {"pure", Virtual::pure}});
    made.is_const = node.flag("const");
    made.is_noexcept = node.flag("noexcept");
    node.at("result").only({"type", "cpp_type"});
    made.result = spelt_type(node.at("result"));
    if (const auto found = node.find("handle")) made.handle = handle(*found);
    NodeScope parameters;
    for (const Node& each : node.at("parameters").elements()) made.parameters.push_back(parameter(each, parameters));
    made.removed = removed(node, parameters);
    made.attributes = attributes(node);
    made.doc = doc(node);
    return made;
  }

  static Passing passing(const Node& node) {
    return node.at("passing").word<Passing>({{"value", Passing::value},
                                             {"const_reference", Passing::const_reference},
                                             {"reference", Passing::reference},
                                             {"rvalue_reference", Passing::rvalue_reference}});
  }

  static FrozenHandle handle(const Node& node) {
    node.only({"name", "cpp_type", "passing", "position"});
    return {.name = node.at("name").text(),
            .cpp_type = node.at("cpp_type").name(),
            .passing = passing(node),
            .position = node.at("position").number() - 1};
  }

  FrozenParameter parameter(const Node& node, NodeScope& scope) {
    node.only({"name", "number", "type", "cpp_type", "passing", "direction", "default", "attributes"});
    FrozenParameter made{.name = scope.name(node), .number = scope.number(node), .type = spelt_type(node)};
    made.passing = passing(node);
    made.direction =
        node.at("direction").word<Direction>({{"in", {true, false}}, {"out", {false, true}}, {"inout", {true, true}}});
    if (const auto value = node.find("default")) {
      made.has_default = true;
      if (!value->is_null()) made.default_argument = value->name();
    }
    made.attributes = attributes(node);
    return made;
  }

  FrozenField field(const Node& node, NodeScope& scope) {
    node.only({"name", "number", "cpp_name", "type", "cpp_type", "bits", "attributes"});
    FrozenField made{.name = scope.name(node), .number = scope.number(node), .cpp_name = node.at("cpp_name").name()};
    made.type = spelt_type(node);
    if (const auto bits = node.find("bits")) made.bit_width = bits->number();
    made.attributes = attributes(node);
    return made;
  }

  FrozenRecord record(const Node& node, NodeScope& scope) {
    node.only({"name", "codec", "bases", "fields", "removed"});
    FrozenRecord made{.name = scope.name(node)};
    if (const auto version = node.find("codec")) made.codec = UserCodec{version->version()};
    NodeScope fields;
    if (const auto bases = node.find("bases")) {
      for (const Node& each : bases->elements()) made.bases.push_back(field(each, fields));
    }
    for (const Node& each : node.at("fields").elements()) made.fields.push_back(field(each, fields));
    made.removed = removed(node, fields);
    return made;
  }

  static Enum enumeration(const Node& node, NodeScope& scope) {
    node.only({"name", "underlying", "scoped", "flags", "values"});
    Enum made{.name = scope.name(node), .underlying = node.at("underlying").kind<Scalar>()};
    made.scoped = node.at("scoped").flag();
    made.is_flags = node.at("flags").flag();
    NodeScope names;
    for (const Node& each : node.at("values").elements()) {
      each.only({"name", "value"});
      made.enumerators.push_back({names.name(each), each.at("value").integer()});
    }
    return made;
  }

  Type spelt_type(const Node& node) { return {form(node.at("type")), node.at("cpp_type").name()}; }

  Box box(const Node& node) { return Box(Type{form(node), ""}); }

  std::vector<Box> boxes(const Node& node) {
    std::vector<Box> made;
    for (const Node& each : node.elements()) made.push_back(box(each));
    return made;
  }

  std::vector<Node> two(const Node& node) {
    std::vector<Node> found = node.elements();
    if (found.size() != 2) node.fail("has not two elements");
    return found;
  }

  DurationOf ticks(const Node& node, const std::string& key) {
    const std::vector<Node> ratio = two(node.at("ratio"));
    for (const Node& each : ratio) {
      if (each.integer() < 1) each.fail("is no part of a fraction above zero");
    }
    return {node.at(key).kind<Scalar>(), ratio[0].integer(), ratio[1].integer()};
  }

  TypeForm form(const Node& node) {
    if (node.is_text()) return simple_form(node);
    if (node.object().empty()) node.fail("is empty");
    for (const auto& [key, value] : node.object()) {
      if (std::optional<TypeForm> made = form_of_key(node, key)) return *made;
    }
    node.fail("is no type this version knows");
  }

  static TypeForm simple_form(const Node& node) {
    const std::string name = node.text();
    if (name == "void") return Void{};
    if (name == "text") return Text{};
    if (name == "text_view") return Text{.view = true};
    if (name == "monostate") return Monostate{};
    if (name == "path") return Path{};
    if (name == "error_code") return ErrorCode{};
    return node.kind<Scalar>();
  }

  std::optional<TypeForm> form_of_key(const Node& node, const std::string& name) {
    const Node value = node.at(name);
    if (name == "record") {
      records_.emplace_back(value.name(), value);
      return RecordRef{value.name()};
    }
    if (name == "enum") {
      enums_.emplace_back(value.name(), value);
      return EnumRef{value.name()};
    }
    if (name == "shared_ptr") return SharedOf{box(value)};
    if (name == "bitset") return BitsetOf{static_cast<std::uint64_t>(value.integer())};
    if (const auto optional = kind_called<OptionalKind>(name)) return OptionalOf{box(value), *optional};
    if (const auto variant = kind_called<VariantKind>(name)) return VariantOf{boxes(value), *variant};
    if (const auto adaptor = kind_called<AdaptorKind>(name)) return AdaptorOf{*adaptor, box(value)};
    if (name == "pair") return PairOf{box(two(value)[0]), box(two(value)[1])};
    if (name == "tuple") return TupleOf{boxes(value)};
    if (name == "complex") return ComplexOf{value.kind<Scalar>()};
    if (name == "duration") return ticks(node, name);
    if (name == "time_point") return TimePointOf{node.at("clock").name(), ticks(node, name)};
    if (const auto map = kind_called<MapKind>(name)) return MapOf{*map, box(two(value)[0]), box(two(value)[1])};
    const auto sequence = kind_called<SequenceKind>(name);
    if (!sequence) return std::nullopt;
    SequenceOf made{*sequence, box(value)};
    if (const auto size = node.find("size")) made.extent = static_cast<std::uint64_t>(size->integer());
    if (is_array(made.kind) && made.extent == 0) node.fail("has no 'size'");
    return made;
  }

  std::vector<std::pair<std::string, Node>> records_;  // what types refer to
  std::vector<std::pair<std::string, Node>> enums_;
};

}  // namespace

ReadFrozen read_frozen(const std::string& text) {
  const ParsedJson parsed = parse_json(text);
  if (!parsed.problem.empty()) return {.problem = parsed.problem};
  try {
    return {.frozen = FrozenReader().read(Node(parsed.value, ""))};
  } catch (const Malformed& problem) {
    return {.problem = problem.what()};
  }
}

}  // namespace farcall
