// What stands in an attribute's parentheses: too much, too little, or something it cannot take.
#include <cctype>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

std::string_view expectation(ArgumentShape shape) {
  switch (shape) {
    case ArgumentShape::none: return "no argument";
    case ArgumentShape::optional_string:
    case ArgumentShape::string: return "a string";
    case ArgumentShape::level: return "an integer from 0 to 7";
    case ArgumentShape::duration: return "a duration in a string";
    case ArgumentShape::timeout: return "a duration or \"none\" in a string";
    case ArgumentShape::uuid: return "a UUID in a string";
  }
  return "";
}

bool is_letter(char c) { return c == '_' || std::isalpha(static_cast<unsigned char>(c)) != 0; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// Why `name` is not an identifier, or nothing.
std::string problem_of_identifier(std::string_view name) {
  if (name.empty()) return "it has an empty part";
  if (is_digit(name.front())) return "a part of it starts with a digit";
  for (const char c : name)
    if (!is_letter(c) && !is_digit(c)) return std::string("it contains '") + c + "'";
  return {};
}

/// An interface's name can have parts, joined by '.' or '::'; other names are one identifier.
std::string problem_of_name(std::string_view name, Place place) {
  if (name.empty()) return "it is empty";
  if (place != Place::on_class) return problem_of_identifier(name);
  while (true) {
    const std::size_t end = std::min(name.find('.'), name.find("::"));
    std::string problem = problem_of_identifier(name.substr(0, end));
    if (!problem.empty() || end == std::string_view::npos) return problem;
    name.remove_prefix(end + (name[end] == '.' ? 1 : 2));
  }
}

class ArgumentCheck {
 public:
  ArgumentCheck(const Attribute& attribute, Place place, Findings& findings)
      : attribute_(attribute), place_(place), spec_(attribute_spec(attribute.kind)), findings_(findings) {}

  void run() {
    const std::size_t count = attribute_.arguments.size();
    if (count == 0) return count_too_small();
    if (!spec_.takes_argument() || count > 1) return count_too_large();
    if (spec_.argument == ArgumentShape::level) return level();
    const auto* text = std::get_if<std::string>(&argument().value);
    if (text == nullptr) return wrong_kind();
    string(*text);
  }

 private:
  const AttributeArgument& argument() const { return attribute_.arguments.front(); }
  std::string name() const { return std::string(spec_.name); }
  std::string example() const { return std::string(spec_.example); }

  void count_too_small() {
    if (spec_.takes_argument() && spec_.argument != ArgumentShape::optional_string)
      findings_.add(Rule::missing_argument, attribute_.where, {name(), example()});
  }

  void count_too_large() {
    if (!spec_.takes_argument()) {
      findings_.add(Rule::extra_argument, attribute_.where, {name(), "no argument", example()})
          .cut_arguments(attribute_);
      return;
    }
    SourceRef rest = after(argument().where);
    rest.end = attribute_.arguments.back().where.end;
    findings_.add(Rule::extra_argument, attribute_.where, {name(), "one argument", example()})
        .fix("keep the first argument only", {{rest, ""}});
  }

  void wrong_kind() {
    findings_.add(Rule::wrong_argument, argument().where,
                  {name(), std::string(expectation(spec_.argument)), argument().spelling, example()});
  }

  void level() {
    const auto* number = std::get_if<std::int64_t>(&argument().value);
    if (number == nullptr || *number < 0 || *number > 7) wrong_kind();
  }

  void string(const std::string& text) {
    switch (spec_.argument) {
      case ArgumentShape::none:
      case ArgumentShape::level: return;
      case ArgumentShape::optional_string:
      case ArgumentShape::string: return wire_name(text);
      case ArgumentShape::duration: return duration(text, parse_duration(text).problem);
      case ArgumentShape::timeout: return duration(text, parse_timeout(text).problem);
      case ArgumentShape::uuid: return uuid(text, parse_uuid(text).problem);
    }
  }

  void wire_name(const std::string& text) {
    const std::string problem = problem_of_name(text, place_);
    if (problem.empty()) return;
    const std::string way_out = place_ == Place::on_class
                                    ? "write names of letters, digits and '_', joined by '.': \"acme.Thermostat\""
                                    : "use letters, digits and '_'; do not start with a digit";
    findings_.add(Rule::bad_wire_name, argument().where, {text, problem, way_out});
  }

  void duration(const std::string& text, const std::string& problem) {
    if (!problem.empty()) findings_.add(Rule::bad_duration, argument().where, {text, name(), problem, example()});
  }

  void uuid(const std::string& text, const std::string& problem) {
    if (problem.empty()) return;
    const std::string other = suggest_uuid(text + std::to_string(argument().where.begin));
    findings_.add(Rule::bad_uuid, argument().where, {text, problem})
        .fix("take \"" + other + "\"", {{argument().where, '"' + other + '"'}});
  }

  const Attribute& attribute_;
  Place place_;
  const AttributeSpec& spec_;
  Findings& findings_;
};

/// rpc::interface("…") and rpc::name("…") on one class say the same thing twice.
void check_two_names(const Interface& interface, Findings& findings) {
  const Attribute* own = find(interface.attributes, AttributeKind::interface);
  const Attribute* name = find(interface.attributes, AttributeKind::name);
  if (own == nullptr || name == nullptr || own->arguments.empty()) return;
  findings.add(Rule::two_wire_names, name->where, {interface.name})
      .note("the other is here", own->where)
      .remove(*name)
      .cut_arguments(*own);
}

}  // namespace

void check_arguments(const Contract& contract, Findings& findings) {
  for_each_place(contract, [&](const std::vector<Attribute>& attributes, Place place) {
    for (const Attribute& attribute : attributes)
      if (is_allowed(attribute, place)) ArgumentCheck(attribute, place, findings).run();
  });
  for (const Interface& interface : contract.interfaces) check_two_names(interface, findings);
}

}  // namespace farcall
