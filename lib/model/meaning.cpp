#include "model/meaning.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "model/attributes.h"

namespace farcall {
namespace {

struct ModeWords {
  Mode mode;
  std::string_view name;
  std::string_view description;
  AttributeKind attribute;
};

constexpr std::array modes = {
    ModeWords{Mode::call, "call", "an ordinary call", AttributeKind::unknown},
    ModeWords{Mode::async, "async", "async", AttributeKind::async},
    ModeWords{Mode::maybe, "maybe", "maybe", AttributeKind::maybe},
    ModeWords{Mode::message, "message", "a message", AttributeKind::message},
};

const ModeWords& words_of(Mode mode) { return modes[static_cast<std::size_t>(mode)]; }
static_assert(std::ranges::is_sorted(modes, {}, &ModeWords::mode) && modes.size() == 4, "one row for each, in order");

template <class Definition>
const Definition& definition(const std::vector<Definition>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &Definition::name);
  if (found == all.end()) throw std::logic_error("the contract refers to '" + name + "' and does not hold it");
  return *found;
}

std::optional<std::chrono::nanoseconds> timeout_in(const std::vector<Attribute>& attributes) {
  const std::optional<std::string> text = string_argument(attributes, AttributeKind::timeout);
  return text ? parse_timeout(*text).value : std::nullopt;
}

}  // namespace

const Attribute* find(const std::vector<Attribute>& attributes, AttributeKind kind) {
  const auto found = std::ranges::find(attributes, kind, &Attribute::kind);
  return found == attributes.end() ? nullptr : &*found;
}

std::optional<std::string> string_argument(const std::vector<Attribute>& attributes, AttributeKind kind) {
  const Attribute* attribute = find(attributes, kind);
  if (attribute == nullptr || attribute->arguments.empty()) return std::nullopt;
  const std::string* text = std::get_if<std::string>(&attribute->arguments.front().value);
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::string_view name_of(Mode mode) { return words_of(mode).name; }

std::optional<Mode> mode_called(std::string_view name) {
  const auto found = std::ranges::find(modes, name, &ModeWords::name);
  return found != modes.end() ? std::optional(found->mode) : std::nullopt;
}

std::string_view describe(Mode mode) { return words_of(mode).description; }

AttributeKind attribute_of(Mode mode) { return words_of(mode).attribute; }

bool gives_mode(AttributeKind kind) {
  return kind != AttributeKind::unknown && std::ranges::find(modes, kind, &ModeWords::attribute) != modes.end();
}

Mode mode_of(const Interface& interface, const Method& method) {
  if (has(method.attributes, AttributeKind::maybe)) return Mode::maybe;
  if (has(method.attributes, AttributeKind::message)) return Mode::message;
  if (method.handle) return Mode::call;
  if (has(method.attributes, AttributeKind::async) || has(interface.attributes, AttributeKind::async))
    return Mode::async;
  return Mode::call;
}

bool is_remote(const Method& method) {
  return method.name != "operator=" && !has(method.attributes, AttributeKind::local);
}

std::string wire_name(const Method& method) {
  return string_argument(method.attributes, AttributeKind::name).value_or(method.name);
}

std::string wire_name(const Field& field) {
  return string_argument(field.attributes, AttributeKind::name).value_or(field.name);
}

std::string wire_name(const Parameter& parameter, std::size_t index) {
  if (auto name = string_argument(parameter.attributes, AttributeKind::name)) return *name;
  return parameter.name.empty() ? "argument" + std::to_string(index + 1) : parameter.name;
}

std::string wire_name(const Interface& interface) {
  if (auto name = string_argument(interface.attributes, AttributeKind::name)) return *name;
  return string_argument(interface.attributes, AttributeKind::interface).value_or(interface.qualified_name);
}

std::optional<std::chrono::nanoseconds> timeout_of(const Interface& interface, const Method& method) {
  if (auto own = timeout_in(method.attributes)) return own;
  return timeout_in(interface.attributes);
}

int priority_of(const Method& method) {
  const Attribute* attribute = find(method.attributes, AttributeKind::priority);
  if (attribute == nullptr || attribute->arguments.empty()) return 0;
  const auto* level = std::get_if<std::int64_t>(&attribute->arguments.front().value);
  return level == nullptr ? 0 : static_cast<int>(*level);
}

std::optional<std::chrono::nanoseconds> time_to_live_of(const Method& method) {
  const std::optional<std::string> text = string_argument(method.attributes, AttributeKind::time_to_live);
  return text ? parse_duration(*text).value : std::nullopt;
}

Direction direction_of(const Parameter& parameter) {
  if (parameter.passing != Passing::reference) return {};
  const bool in = has(parameter.attributes, AttributeKind::in);
  const bool out = has(parameter.attributes, AttributeKind::out);
  if (in == out) return {.in = true, .out = true};
  return {.in = in, .out = out};
}

bool lies_as_in_memory(const Contract& contract, const Type& type) {
  return std::visit(overloaded{
                        [](const Scalar& scalar) { return scalar != Scalar::boolean; },
                        [&](const RecordRef& ref) { return find_record(contract, ref.name).flat_size.has_value(); },
                        [](const ComplexOf&) { return true; },
                        [](const DurationOf&) { return true; },
                        [](const TimePointOf&) { return true; },
                        [&](const SequenceOf& sequence) {
                          return sequence.kind == SequenceKind::array && sequence.extent != 0 &&
                                 lies_as_in_memory(contract, *sequence.element);
                        },
                        [](const auto&) { return false; },
                    },
                    type.form);
}

const Record& find_record(const Contract& contract, const std::string& name) {
  return definition(contract.records, name);
}

const Enum& find_enum(const Contract& contract, const std::string& name) { return definition(contract.enums, name); }

}  // namespace farcall
