#include "plan/fingerprint.h"

#include <iomanip>
#include <sstream>

#include "model/meaning.h"
#include "plan/records.h"

namespace farcall {
namespace {

/// "history(in text, in out float64) -> list<record home::Reading>"
std::string describe_method(const Method& method) {
  std::string text = wire_name(method) + "(";
  for (const Parameter& parameter : method.parameters) {
    if (!text.ends_with('(')) text += ", ";
    const Direction direction = direction_of(parameter);
    if (direction.in) text += "in ";
    if (direction.out) text += "out ";
    text += describe(parameter.type);
  }
  return text + ") -> " + describe(method.result);
}

void describe_fields(const Contract& contract, const Record& record, std::string& text) {
  for (const RecordRef& base : record.bases) describe_fields(contract, find_record(contract, base.name), text);
  for (const Field& field : record.fields) {
    text += "  " + wire_name(field) + ": " + describe(field.type);
    if (field.bit_width != 0) text += " : " + std::to_string(field.bit_width);
    text += "\n";
  }
}

std::string describe_record(const Contract& contract, const Record& record) {
  if (record.codec) return "codec " + record.name + " version " + std::to_string(record.codec->version) + "\n";
  std::string text = (record.flat_size ? "flat record " : "record ") + record.name + "\n";
  describe_fields(contract, record, text);
  return text;
}

std::string describe_enum(const Enum& definition) {
  std::string text = definition.is_flags ? "flags " : "enum ";
  text += definition.name + ": " + describe(Type{definition.underlying, ""}) + "\n";
  for (const Enumerator& enumerator : definition.enumerators) {
    text += "  " + enumerator.name + " = " + std::to_string(enumerator.value) + "\n";
  }
  return text;
}

}  // namespace

std::string describe_wire(const Contract& contract, const Interface& interface) {
  std::string text = "interface " + wire_name(interface) + "\n";
  std::vector<Type> types;
  for (const Method& method : interface.methods) {
    if (!is_remote(method)) continue;
    text += "  " + describe_method(method) + "\n";
    types.push_back(method.result);
    for (const Parameter& parameter : method.parameters) types.push_back(parameter.type);
  }
  const Reached reached = reach(contract, types);
  for (const std::string& name : reached.records) text += describe_record(contract, find_record(contract, name));
  for (const std::string& name : reached.enums) text += describe_enum(find_enum(contract, name));
  return text;
}

std::uint64_t fingerprint(const Contract& contract, const Interface& interface) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (char c : describe_wire(contract, interface)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

std::string spell_fingerprint(std::uint64_t fingerprint) {
  std::ostringstream text;
  text << "0x" << std::hex << std::setfill('0') << std::setw(16) << fingerprint;
  return text.str();
}

}  // namespace farcall
