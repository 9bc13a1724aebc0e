#include "declare.h"

#include <algorithm>
#include <set>
#include <vector>

#include "model/kinds.h"

namespace farcall::ctl {
namespace {

/// Lines with a comment each, which stand below each other.
class Lines {
 public:
  void add(std::string text, std::string comment = "") { lines_.push_back({std::move(text), std::move(comment)}); }

  [[nodiscard]] std::string text() const {
    constexpr std::size_t farthest = 90;
    std::size_t column = 0;
    for (const Line& each : lines_) {
      if (!each.comment.empty() && each.text.size() < farthest) column = std::max(column, each.text.size());
    }
    std::string made;
    for (const Line& each : lines_) {
      made += each.text;
      if (!each.comment.empty())
        made += std::string(std::max(column, each.text.size()) - each.text.size(), ' ') + "  // " + each.comment;
      made += "\n";
    }
    return made;
  }

 private:
  struct Line {
    std::string text;
    std::string comment;
  };
  std::vector<Line> lines_;
};

std::string duration(std::chrono::nanoseconds time) {
  if (time.count() < 0) return "none";
  constexpr std::pair<std::int64_t, const char*> units[] = {
      {60'000'000'000, "min"}, {1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}};
  for (const auto& [size, name] : units) {
    if (time.count() % size == 0) return std::to_string(time.count() / size) + name;
  }
  return std::to_string(time.count()) + "ns";
}

std::string attributes(const FrozenMethod& method) {
  std::vector<std::string> found;
  if (method.mode == Mode::async) found.emplace_back("rpc::async");
  if (method.mode == Mode::maybe) found.emplace_back("rpc::maybe");
  if (method.mode == Mode::message) found.emplace_back("rpc::message");
  if (method.idempotent && method.mode != Mode::maybe) found.emplace_back("rpc::idempotent");
  if (method.timeout) found.push_back("rpc::timeout(\"" + duration(*method.timeout) + "\")");
  if (method.name != method.cpp_name) found.push_back("rpc::name(\"" + method.name + "\")");
  std::string text;
  for (const std::string& each : found) text += (text.empty() ? "[[" : ", ") + each;
  return text.empty() ? "" : text + "]] ";
}

std::string parameter(const FrozenParameter& parameter) {
  std::string text;
  if (!parameter.direction.in) text += "[[rpc::out]] ";
  if (parameter.passing == Passing::const_reference) text += "const ";
  if (parameter.passing == Passing::reference && !parameter.direction.out) text += "[[rpc::in]] ";
  text += parameter.type.spelling;
  if (parameter.passing == Passing::rvalue_reference) text += "&&";
  if (parameter.passing == Passing::reference || parameter.passing == Passing::const_reference) text += "&";
  text += " " + parameter.name;
  if (!parameter.has_default) return text;
  return text + " = " + (parameter.default_argument.empty() ? "…" : parameter.default_argument);
}

/// "2", or "2; days 3, sensor 1" where the parameters' numbers are not in their order.
std::string numbers(const FrozenMethod& method) {
  std::string all;
  bool in_order = true;
  for (std::size_t i = 0; i < method.parameters.size(); ++i) {
    const FrozenParameter& each = method.parameters[i];
    in_order &= each.number == i + 1;
    all += (i == 0 ? "; " : ", ") + each.name + " " + std::to_string(each.number);
  }
  return std::to_string(method.number) + (in_order ? "" : all);
}

void declare_interface(Lines& lines, const FrozenInterface& interface, const FrozenMethod* only) {
  const std::string name = interface.name == interface.cpp_name ? "" : "(\"" + interface.name + "\")";
  lines.add("class [[rpc::interface" + name + "]] " + interface.cpp_name + " {");
  for (const FrozenMethod& each : interface.methods) {
    if (only != nullptr && &each != only) continue;
    std::string text = "  " + attributes(each) + each.result.spelling + " " + each.cpp_name + "(";
    for (const FrozenParameter& one : each.parameters) text += (text.ends_with('(') ? "" : ", ") + parameter(one);
    lines.add(text + ")" + (each.is_const ? " const" : "") + ";", numbers(each));
  }
  lines.add("};");
}

void declare_record(Lines& lines, const FrozenRecord& record) {
  if (record.codec)
    return lines.add("struct " + record.name + ";",
                     "bytes of its own codec, version " + std::to_string(record.codec->version));
  std::string head = "struct " + record.name;
  std::string based;
  for (const FrozenField& each : record.bases) {
    head += (&each == &record.bases.front() ? " : " : ", ") + each.name;
    based += (based.empty() ? "" : ", ") + each.name + " " + std::to_string(each.number);
  }
  lines.add(head + " {", based);
  for (const FrozenField& each : record.fields) {
    const std::string name = each.name == each.cpp_name ? "" : "[[rpc::name(\"" + each.name + "\")]] ";
    const std::string bits = each.bit_width == 0 ? "" : " : " + std::to_string(each.bit_width);
    lines.add("  " + name + each.type.spelling + " " + each.cpp_name + bits + ";", std::to_string(each.number));
  }
  lines.add("};");
}

/// Of what an enum may lie in.
std::string spelling(Scalar scalar) {
  std::string name(name_of(scalar));
  if (name == "bool") return name;
  return (name.find("int") == std::string::npos ? "" : "std::") + name + "_t";
}

void declare_enum(Lines& lines, const Enum& definition) {
  const std::string head = (definition.scoped ? "enum class " : "enum ") + definition.name;
  lines.add(head + " : " + spelling(definition.underlying) + " {", definition.is_flags ? "flags" : "");
  for (const Enumerator& each : definition.enumerators) {
    const std::string value = definition.underlying == Scalar::uint64
                                  ? std::to_string(static_cast<std::uint64_t>(each.value))
                                  : std::to_string(each.value);
    lines.add("  " + each.name + " = " + value + ",");
  }
  lines.add("};");
}

/// The names of the records and enums that types refer to.
class Referred {
 public:
  explicit Referred(const Frozen& contract) : contract_(contract) {}

  void add(const Type& type) {
    if (const auto* enumeration = std::get_if<EnumRef>(&type.form)) names.insert(enumeration->name);
    if (const auto* record = std::get_if<RecordRef>(&type.form); record != nullptr && names.insert(record->name).second)
      todo_.push_back(find_named(contract_.records, record->name));
    for (const Type* part : parts_of(type)) add(*part);
  }

  /// Not by recursion: a chain of records may be as long as it likes.
  void finish() {
    while (!todo_.empty()) {
      const FrozenRecord& record = *todo_.back();
      todo_.pop_back();
      for (const FrozenField& each : record.bases) add(each.type);
      for (const FrozenField& each : record.fields) add(each.type);
    }
  }

  std::set<std::string> names;

 private:
  const Frozen& contract_;
  std::vector<const FrozenRecord*> todo_;
};

}  // namespace

std::string declare(const Frozen& contract, const FrozenMethod* only) {
  const FrozenInterface& interface = contract.interfaces.front();
  Referred referred(contract);
  for (const FrozenMethod& each : interface.methods) {
    if (only != nullptr && &each != only) continue;
    referred.add(each.result);
    for (const FrozenParameter& one : each.parameters) referred.add(one.type);
  }
  referred.finish();
  std::string text;
  const auto part = [&](auto declare_it, const auto&... what) {
    Lines lines;
    declare_it(lines, what...);
    text += (text.empty() ? "" : "\n") + lines.text();
  };
  part(declare_interface, interface, only);
  for (const FrozenRecord& each : contract.records) {
    if (referred.names.contains(each.name)) part(declare_record, each);
  }
  for (const Enum& each : contract.enums) {
    if (referred.names.contains(each.name)) part(declare_enum, each);
  }
  return text;
}

}  // namespace farcall::ctl
