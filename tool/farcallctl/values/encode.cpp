#include "values/encode.h"

#include <algorithm>
#include <set>

#include "model/tagged.h"
#include "values/scalar.h"
#include "values/suggest.h"
#include "values/text.h"
#include "values/time.h"
#include "values/types.h"

namespace farcall::ctl {
namespace {

using nlohmann::json;

class Writer {
 public:
  explicit Writer(const Frozen& contract) : types_(contract) {}

  std::string arguments(const FrozenMethod& method, const json& given) {
    Message out;
    if (given.is_array())
      check_count(method, given);
    else if (given.is_object())
      check_names(method, given);
    else if (!given.is_null())
      place_.expected("an object or an array of arguments", given);
    std::size_t index = 0;
    for (const FrozenParameter& each : method.parameters) {
      if (!each.direction.in) continue;
      const json* value = argument(each, given, index++);
      if (value == nullptr) {
        check_may_be_missing(each);
        continue;
      }
      const Place::Step step = place_.field(each.name);
      field(out, each.number, each.type, *value);
    }
    return out.text();
  }

 private:
  /// A value where protobuf may have several or none.
  void field(Message& out, std::uint32_t number, const Type& type, const json& value) {
    const Type& form = carried(type);
    const auto* sequence = std::get_if<SequenceOf>(&form.form);
    if (sequence != nullptr && !is_bytes(*sequence)) return list(out, number, *sequence, value);
    if (const auto* map = std::get_if<MapOf>(&form.form)) return entries(out, number, *map, value);
    if (const auto* optional = std::get_if<OptionalOf>(&form.form)) return maybe(out, number, *optional->value, value);
    one(out, number, form, value);
  }

  /// A value where protobuf has one.
  void one(Message& out, std::uint32_t number, const Type& type, const json& value) {
    if (!is_single(type)) {
      Message wrapped;
      field(wrapped, 1, type, value);
      return out.bytes(number, wrapped.text());
    }
    const Type& form = carried(type);
    if (is_packed(form)) return out.number(number, number_of(form, value));
    out.bytes(number, bytes_of(form, value));
  }

  Number number_of(const Type& type, const json& value) {
    if (const auto* scalar = std::get_if<Scalar>(&type.form)) return scalar_from(*scalar, value, place_);
    if (const auto* duration = std::get_if<DurationOf>(&type.form)) return duration_from(*duration, value, place_);
    if (const auto* time = std::get_if<TimePointOf>(&type.form)) return time_from(*time, value, place_);
    return enum_from(types_.enumeration(std::get<EnumRef>(type.form)), value, place_);
  }

  std::string bytes_of(const Type& type, const json& value) {
    return std::visit(overloaded{
                          [&](const Text&) { return text(value); },
                          [&](const Path&) { return text(value); },
                          [&](const SequenceOf& sequence) { return bytes(sequence, value); },
                          [&](const RecordRef& record) { return this->record(types_.record(record), value); },
                          [&](const PairOf&) { return tuple(parts_of(type), value); },
                          [&](const TupleOf&) { return tuple(parts_of(type), value); },
                          [&](const VariantOf& variant) { return this->variant(variant, value); },
                          [&](const SharedOf& shared) { return this->shared(*shared.object, value); },
                          [&](const BitsetOf& bitset) { return bits(bitset.size, value); },
                          [&](const ComplexOf& complex) { return this->complex(complex.part, value); },
                          [&](const ErrorCode&) { return error_code(value); },
                          [&](const Monostate&) {
                            if (!value.is_null()) place_.expected("null", value);
                            return std::string();
                          },
                          [&](const auto&) -> std::string { place_.fail("values of this type cannot be written"); },
                      },
                      type.form);
  }

  void list(Message& out, std::uint32_t number, const SequenceOf& sequence, const json& value) {
    const json units = is_string(sequence) && value.is_string() ? units_of(sequence, value.get<std::string>()) : value;
    check_array(units);
    if (has_fixed_size(sequence) && units.size() != sequence.extent)
      place_.fail("expected " + std::to_string(sequence.extent) + " elements, not " + std::to_string(units.size()));
    Message packed;
    std::size_t index = 0;
    for (const json& each : units) {
      const Place::Step step = place_.element(index++);
      if (is_packed(*sequence.element))
        packed.packed(number_of(carried(*sequence.element), each));
      else
        one(out, number, *sequence.element, each);
    }
    if (!packed.text().empty()) out.bytes(number, packed.text());
  }

  static json units_of(const SequenceOf& sequence, const std::string& text) {
    json units = json::array();
    if (sequence.element->form == TypeForm(Scalar::char16)) {
      for (const char16_t unit : to_utf16(text)) units.push_back(std::uint32_t{unit});
    } else {
      for (const char32_t unit : to_utf32(text)) units.push_back(std::uint32_t{unit});
    }
    return units;
  }

  void entries(Message& out, std::uint32_t number, const MapOf& map, const json& value) {
    if (value.is_object() && is_key(*map.key)) {
      for (const auto& [key, mapped] : value.get_ref<const json::object_t&>()) {
        const Place::Step step = place_.field(key);
        entry(out, number, map, key_of(*map.key, key), mapped);
      }
      return;
    }
    if (!value.is_array())
      place_.expected(is_key(*map.key) ? "an object" : "an array of pairs of key and value", value);
    std::size_t index = 0;
    for (const json& each : value) {
      const Place::Step step = place_.element(index++);
      if (!each.is_array() || each.size() != 2) place_.expected("an array of a key and a value", each);
      entry(out, number, map, each[0], each[1]);
    }
  }

  void entry(Message& out, std::uint32_t number, const MapOf& map, const json& key, const json& value) {
    Message made;
    one(made, 1, *map.key, key);
    one(made, 2, *map.value, value);
    out.bytes(number, made.text());
  }

  /// A key of an object as the value that it spells.
  static json key_of(const Type& type, const std::string& key) {
    const bool is_text = std::holds_alternative<Text>(type.form) || std::holds_alternative<Path>(type.form);
    const json parsed = is_text ? json() : json::parse(key, nullptr, false);
    return parsed.is_number_integer() || parsed.is_boolean() ? parsed : json(key);
  }

  void maybe(Message& out, std::uint32_t number, const Type& type, const json& value) {
    if (value.is_null()) return;
    if (!has_null(type)) return one(out, number, type, value);
    if (!value.is_array() || value.size() != 1) place_.expected("null, or an array of one value", value);
    one(out, number, type, value[0]);
  }

  std::string text(const json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object() || value.size() != 1 || !value.contains("base64")) place_.expected("a string", value);
    return decoded(value["base64"]);
  }

  std::string decoded(const json& value) {
    if (!value.is_string()) place_.expected("a string in base64", value);
    std::optional<std::string> bytes = from_base64(value.get<std::string>());
    if (!bytes) place_.fail("the string is no base64");
    return *bytes;
  }

  std::string bytes(const SequenceOf& sequence, const json& value) {
    if (is_string(sequence) && !value.is_array()) return text(value);
    std::string made;
    if (value.is_array()) {
      std::size_t index = 0;
      for (const json& each : value) {
        const Place::Step step = place_.element(index++);
        made += static_cast<char>(scalar_from(Scalar::uint8, each, place_).bits);
      }
    } else {
      made = decoded(value);
    }
    if (has_fixed_size(sequence) && made.size() != sequence.extent)
      place_.fail("expected " + std::to_string(sequence.extent) + " bytes, not " + std::to_string(made.size()));
    return made;
  }

  std::string record(const FrozenRecord& record, const json& value) {
    if (record.codec) return coded(*record.codec, value);
    if (!value.is_object()) place_.expected("an object", value);
    std::vector<const FrozenField*> fields;
    for (const FrozenField& each : record.bases) fields.push_back(&each);
    for (const FrozenField& each : record.fields) fields.push_back(&each);
    std::vector<std::string> names;
    for (const FrozenField* each : fields) names.push_back(each->name);
    check_keys(value, names, record.name + " has no field");
    std::ranges::sort(fields, {}, &FrozenField::number);
    Message out;
    for (const FrozenField* each : fields) {
      const auto found = value.find(each->name);
      if (found == value.end()) continue;
      const Place::Step step = place_.field(each->name);
      field(out, each->number, each->type, *found);
    }
    return out.text();
  }

  std::string coded(const UserCodec& codec, const json& value) {
    Message out;
    out.number(1, {codec.version, Wire::varint});
    out.bytes(2, decoded(value));
    if (objects_ != 0) out.number(3, {objects_, Wire::varint});
    return out.text();
  }

  std::string tuple(const std::vector<const Type*>& types, const json& value) {
    check_array(value);
    if (value.size() != types.size())
      place_.fail("expected " + std::to_string(types.size()) + " elements, not " + std::to_string(value.size()));
    Message out;
    for (std::size_t i = 0; i < types.size(); ++i) {
      const Place::Step step = place_.element(i);
      field(out, static_cast<std::uint32_t>(i + 1), *types[i], value[i]);
    }
    return out.text();
  }

  std::string variant(const VariantOf& variant, const json& value) {
    const std::vector<std::string> names = alternatives(variant);
    if (!value.is_object() || value.size() != 1)
      place_.expected("an object with one of the keys " + joined(names), value);
    const std::string& key = value.begin().key();
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (key != names[i] && key != std::to_string(i)) continue;
      const Place::Step step = place_.field(key);
      Message out;
      one(out, static_cast<std::uint32_t>(i + 1), *variant.alternatives[i], value.begin().value());
      return out.text();
    }
    place_.fail("there is no alternative '" + key + "'" + instead_of(key, names));
  }

  /// An object gets its number when it is complete.
  std::string shared(const Type& type, const json& value) {
    Message out;
    if (value.is_null()) return out.text();
    const bool labelled = value.is_object() && value.contains(shared_key);
    const bool is_new = !labelled || value.contains("value");
    if (!is_new) {
      const auto known = shared_.find(value[shared_key].dump());
      if (known == shared_.end()) place_.fail("no object " + value[shared_key].dump() + " comes before");
      if (known->second.type != describe(type)) place_.fail("the object is of another type");
      out.number(2, {known->second.number, Wire::varint});
      return out.text();
    }
    one(out, 1, type, labelled ? value["value"] : value);
    const std::uint64_t number = objects_++;
    out.number(2, {number, Wire::varint});
    if (labelled && !shared_.try_emplace(value[shared_key].dump(), Shared{number, describe(type)}).second)
      place_.fail("the object " + value[shared_key].dump() + " is there twice");
    return out.text();
  }

  std::string bits(std::uint64_t size, const json& value) {
    const std::string what = "a string of " + std::to_string(size) + " digits 0 and 1";
    if (!value.is_string()) place_.expected(what, value);
    const std::string digits = value.get<std::string>();
    if (digits.size() != size || digits.find_first_not_of("01") != std::string::npos) place_.fail("expected " + what);
    std::string made(size / 8 + (size % 8 != 0 ? 1 : 0), '\0');
    for (std::size_t i = 0; i < digits.size(); ++i) {
      if (digits[digits.size() - 1 - i] == '1') made[i / 8] = static_cast<char>(made[i / 8] | 1 << i % 8);
    }
    return made;
  }

  std::string complex(Scalar part, const json& value) {
    if (!value.is_array() || value.size() != 2) place_.expected("an array of real and imaginary part", value);
    Message out;
    for (std::size_t i = 0; i < 2; ++i) {
      const Place::Step step = place_.element(i);
      out.number(static_cast<std::uint32_t>(i + 1), scalar_from(part, value[i], place_));
    }
    return out.text();
  }

  std::string error_code(const json& value) {
    if (!value.is_object()) place_.expected("an object with category and value", value);
    check_keys(value, {"category", "value", "message"}, "an error code has no");
    Message out;
    const auto member = [&](const char* name, std::uint32_t number, const Type& type, bool needed) {
      const Place::Step step = place_.field(name);
      if (const auto found = value.find(name); found != value.end())
        one(out, number, type, *found);
      else if (needed)
        place_.fail("is missing");
    };
    member("value", 1, {Scalar::int32, ""}, true);
    member("category", 2, {Text{}, ""}, true);
    member("message", 3, {Text{}, ""}, false);
    return out.text();
  }

  // What was given for the parameters.

  static const json* argument(const FrozenParameter& parameter, const json& given, std::size_t index) {
    if (given.is_array()) return index < given.size() ? &given[index] : nullptr;
    if (!given.is_object()) return nullptr;
    const auto found = given.find(parameter.name);
    return found != given.end() ? &*found : nullptr;
  }

  void check_may_be_missing(const FrozenParameter& parameter) const {
    if (!parameter.default_argument.empty() || std::holds_alternative<OptionalOf>(parameter.type.form)) return;
    place_.fail("the parameter '" + parameter.name + "' is missing" +
                (parameter.has_default ? "; its default argument is known to those who have the header only" : ""));
  }

  static std::vector<std::string> names_in(const FrozenMethod& method) {
    std::vector<std::string> names;
    for (const FrozenParameter& each : method.parameters) {
      if (each.direction.in) names.push_back(each.name);
    }
    return names;
  }

  void check_count(const FrozenMethod& method, const json& given) const {
    const std::size_t most = names_in(method).size();
    if (given.size() > most)
      place_.fail(method.name + " takes " + std::to_string(most) + " arguments, not " + std::to_string(given.size()));
  }

  void check_names(const FrozenMethod& method, const json& given) const {
    check_keys(given, names_in(method), method.name + " has no parameter");
  }

  void check_keys(const json& object, const std::vector<std::string>& names, const std::string& what) const {
    const std::set<std::string> known(names.begin(), names.end());
    for (const auto& [key, value] : object.get_ref<const json::object_t&>()) {
      if (!known.contains(key)) place_.fail(what + " '" + key + "'" + instead_of(key, names));
    }
  }

  void check_array(const json& value) const {
    if (!value.is_array()) place_.expected("an array", value);
  }

  static std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& each : names) text += (text.empty() ? "\"" : ", \"") + each + "\"";
    return text;
  }

  struct Shared {
    std::uint64_t number;
    std::string type;
  };

  Types types_;
  Place place_;
  std::map<std::string, Shared> shared_;  // by their labels
  std::uint64_t objects_ = 0;
};

}  // namespace

std::string encode_arguments(const Frozen& contract, const FrozenMethod& method, const json& arguments) {
  return Writer(contract).arguments(method, arguments);
}

}  // namespace farcall::ctl
