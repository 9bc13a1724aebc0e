#include <set>

#include "emit/artefacts.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// Collects what of a contract one interface needs.
class Part {
 public:
  explicit Part(const Frozen& whole) : whole_(whole) {}

  Frozen of(const std::string& interface) {
    Frozen part{.interfaces = {*find_named(whole_.interfaces, interface)}};
    FrozenInterface& kept = part.interfaces.front();
    kept.doc.clear();
    for (FrozenMethod& method : kept.methods) {
      method.doc.clear();
      add(method.result);
      for (const FrozenParameter& parameter : method.parameters) add(parameter.type);
    }
    for (const FrozenRecord& record : whole_.records) {
      if (records_.contains(record.name)) part.records.push_back(record);
    }
    for (const Enum& each : whole_.enums) {
      if (enums_.contains(each.name)) part.enums.push_back(each);
    }
    return part;
  }

 private:
  void add(const Type& type) {
    if (const auto* record = std::get_if<RecordRef>(&type.form)) add_record(record->name);
    if (const auto* enumeration = std::get_if<EnumRef>(&type.form)) enums_.insert(enumeration->name);
    for (const Type* part : parts_of(type)) add(*part);
  }

  void add_record(const std::string& name) {
    if (!records_.insert(name).second) return;
    const FrozenRecord& record = *find_named(whole_.records, name);
    for (const FrozenField& base : record.bases) add(base.type);
    for (const FrozenField& field : record.fields) add(field.type);
  }

  const Frozen& whole_;
  std::set<std::string> records_;
  std::set<std::string> enums_;
};

/// What a raw string of this text can end with.
std::string delimiter_for(const std::string& text) {
  std::string delimiter = "json";
  while (text.find(")" + delimiter + "\"") != std::string::npos) delimiter += '_';
  return delimiter;
}

/// Compilers need not take longer strings, and clang warns of them; g++ has no limit.
constexpr std::size_t promised_length = 65535;

}  // namespace

std::string description(const Plan& plan, const InterfacePlan& interface) {
  const std::string text = contract_json(plan.header, Part(plan.frozen).of(interface.wire_name)).compact();
  Writer w;
  w.emit({{"struct", interface.marshalling},
          {"long", text.size() > promised_length ? "#pragma GCC diagnostic ignored \"-Woverlength-strings\"" : ""},
          {"delimiter", delimiter_for(text)},
          {"text", text}},
         R"cc(
    // What a server that describes itself says of the interface: the contract, without comments.
    $long$
    constexpr char $struct$::description[] = R"$delimiter$($text$)$delimiter$";
  )cc");
  return w.take();
}

}  // namespace farcall
