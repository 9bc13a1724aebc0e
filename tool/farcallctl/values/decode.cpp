#include "values/decode.h"

#include <set>

#include "model/tagged.h"
#include "values/scalar.h"
#include "values/text.h"
#include "values/time.h"
#include "values/types.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;

/// Without looking for the key, of which there may be many.
void add(ordered_json& object, std::string key, ordered_json value) {
  object.get_ref<ordered_json::object_t&>().emplace_back(std::move(key), std::move(value));
}

/// All parts of a message that came in several ones.
class Joined {
 public:
  explicit Joined(const std::vector<Part>& parts) {
    if (parts.size() > 1) {
      for (const Part& each : parts) made_ += each.bytes;
    }
    whole_ = parts.size() > 1 ? std::string_view(made_) : parts.front().bytes;
  }
  Joined(const Joined&) = delete;
  Joined& operator=(const Joined&) = delete;
  [[nodiscard]] std::string_view text() const { return whole_; }

 private:
  std::string made_;
  std::string_view whole_;
};

class Reader {
 public:
  /// `shared` are the objects that are referred to once more.
  Reader(const Frozen& contract, const std::string& whole, std::set<std::uint64_t> shared)
      : types_(contract), place_(whole), shared_(std::move(shared)) {}

  ordered_json arguments(const FrozenMethod& method, std::string_view bytes) {
    const Fields fields = fields_of(bytes, place_);
    ordered_json made = ordered_json::object();
    for (const FrozenParameter& each : method.parameters) {
      if (!each.direction.in) continue;
      const Place::Step step = place_.field(each.name);
      if (Value value = field(fields, each.number, each.type)) add(made, each.name, std::move(*value));
    }
    return made;
  }

  ordered_json reply(const FrozenMethod& method, std::string_view bytes) {
    const Fields fields = fields_of(bytes, place_);
    const bool has_result = !std::holds_alternative<Void>(method.result.form);
    bool has_outputs = false;
    for (const FrozenParameter& each : method.parameters) has_outputs |= each.direction.out;
    if (!has_outputs) return has_result ? result(method, fields) : ordered_json();
    ordered_json made = ordered_json::object();
    if (has_result) add(made, result_key(method), result(method, fields));
    for (const FrozenParameter& each : method.parameters) {
      if (!each.direction.out) continue;
      const Place::Step step = place_.field(each.name);
      add(made, each.name, needed(field(fields, each.number + 1, each.type)));
    }
    return made;
  }

  /// Those that it came across.
  [[nodiscard]] const std::set<std::uint64_t>& references() const { return references_; }

 private:
  using Value = std::optional<ordered_json>;

  /// An output may be called so, too.
  static std::string result_key(const FrozenMethod& method) {
    return find_named(method.parameters, std::string("result")) == nullptr ? "result" : "(result)";
  }

  ordered_json result(const FrozenMethod& method, const Fields& fields) {
    return needed(field(fields, 1, method.result));
  }

  ordered_json needed(Value value) const {
    if (!value) place_.fail("the message does not have it");
    return std::move(*value);
  }

  /// A value where protobuf may have several or none. Nothing if it is not there and should be.
  Value field(const Fields& fields, std::uint32_t number, const Type& type) {
    static const std::vector<Part> none;
    const auto found = fields.find(number);
    const std::vector<Part>& parts = found == fields.end() ? none : found->second;
    const Type& form = carried(type);
    const auto* sequence = std::get_if<SequenceOf>(&form.form);
    if (sequence != nullptr && !is_bytes(*sequence)) return list(parts, *sequence);
    if (const auto* map = std::get_if<MapOf>(&form.form)) return entries(parts, *map);
    const auto* optional = std::get_if<OptionalOf>(&form.form);
    if (parts.empty()) return optional != nullptr ? Value(ordered_json()) : std::nullopt;
    if (optional == nullptr) return one(parts, form);
    ordered_json value = one(parts, *optional->value);
    return has_null(*optional->value) ? ordered_json::array({std::move(value)}) : std::move(value);
  }

  /// A value where protobuf has one: the last of several, or what they are together.
  ordered_json one(const std::vector<Part>& parts, const Type& type) {
    const Type& form = carried(type);
    if (is_single(type) && is_packed(form)) return number(form, parts.back());
    for (const Part& each : parts) {
      if (each.number.wire != Wire::length) wrong_type();
    }
    const bool is_message = !is_single(type) || !is_text(form);
    if (!is_message) return text(form, parts.back().bytes);
    const Joined joined(parts);
    if (is_single(type)) return message(form, joined.text());
    return needed(field(fields_of(joined.text(), place_), 1, type));
  }

  [[noreturn]] void wrong_type() const { place_.fail("the message has another type here"); }

  ordered_json number(const Type& type, const Part& part) {
    const Number& number = part.number;
    if (number.wire == Wire::length) wrong_type();
    if (const auto* scalar = std::get_if<Scalar>(&type.form)) return to_json(*scalar, number, place_);
    if (const auto* duration = std::get_if<DurationOf>(&type.form)) return to_json(*duration, number, place_);
    if (const auto* time = std::get_if<TimePointOf>(&type.form)) return to_json(*time, number, place_);
    if (number.wire != Wire::varint) wrong_type();
    return to_json(types_.enumeration(std::get<EnumRef>(type.form)), number);
  }

  static Wire wire_of_packed(const Type& type) {
    if (const auto* scalar = std::get_if<Scalar>(&type.form)) return wire_of(*scalar);
    if (const auto* duration = std::get_if<DurationOf>(&type.form)) return wire_of(duration->count);
    if (const auto* time = std::get_if<TimePointOf>(&type.form)) return wire_of(time->since_epoch.count);
    return Wire::varint;
  }

  ordered_json list(const std::vector<Part>& parts, const SequenceOf& sequence) {
    ordered_json made = ordered_json::array();
    const Type& element = *sequence.element;
    const auto next = [&](const Part& part) {
      const Place::Step step = place_.element(made.size());
      made.push_back(one({part}, element));
    };
    for (const Part& part : parts) {
      if (!is_packed(element) || part.number.wire != Wire::length) {
        next(part);
        continue;
      }
      for (const Number& each : unpack(part.bytes, wire_of_packed(carried(element)), place_)) next({each, {}});
    }
    return is_string(sequence) ? spelt(sequence, made) : made;
  }

  /// Units of UTF-16 or UTF-32 as text, if they are well-formed.
  static ordered_json spelt(const SequenceOf& sequence, const ordered_json& units) {
    std::u32string characters;
    for (const ordered_json& each : units) characters += static_cast<char32_t>(each.get<std::uint32_t>());
    const bool narrow = sequence.element->form == TypeForm(Scalar::char16);
    const std::optional<std::string> text =
        narrow ? from_utf16(std::u16string(characters.begin(), characters.end())) : from_utf32(characters);
    return text ? ordered_json(*text) : units;
  }

  ordered_json entries(const std::vector<Part>& parts, const MapOf& map) {
    std::vector<std::pair<ordered_json, ordered_json>> pairs;
    bool is_object = is_key(*map.key) && !is_multimap(map.kind);
    for (const Part& part : parts) {
      if (part.number.wire != Wire::length) wrong_type();
      const Place::Step step = place_.element(pairs.size());
      const Fields fields = fields_of(part.bytes, place_);
      const auto key = fields.find(1);
      const auto value = fields.find(2);
      if (key == fields.end() || value == fields.end()) place_.fail("the message has an entry without key or value");
      pairs.emplace_back(one(key->second, *map.key), one(value->second, *map.value));
      is_object &= !pairs.back().first.is_object();
    }
    ordered_json made = is_object ? ordered_json::object() : ordered_json::array();
    for (auto& [key, value] : pairs) {
      if (is_object)
        add(made, key.is_string() ? key.get<std::string>() : key.dump(), std::move(value));
      else
        made.push_back(ordered_json::array({std::move(key), std::move(value)}));
    }
    return made;
  }

  static bool is_text(const Type& type) {
    return std::holds_alternative<Text>(type.form) || std::holds_alternative<Path>(type.form) ||
           std::holds_alternative<SequenceOf>(type.form) || std::holds_alternative<BitsetOf>(type.form);
  }

  ordered_json text(const Type& type, std::string_view bytes) {
    if (const auto* bitset = std::get_if<BitsetOf>(&type.form)) return bits(bitset->size, bytes);
    const auto* sequence = std::get_if<SequenceOf>(&type.form);
    if (sequence != nullptr && !is_string(*sequence)) return to_base64(bytes);
    return is_utf8(bytes) ? ordered_json(std::string(bytes)) : ordered_json{{"base64", to_base64(bytes)}};
  }

  ordered_json bits(std::uint64_t size, std::string_view bytes) {
    if (bytes.size() != size / 8 + (size % 8 != 0 ? 1 : 0)) place_.fail("the message has another number of bits");
    std::string digits(size, '0');
    for (std::size_t i = 0; i < size; ++i) {
      if ((static_cast<unsigned char>(bytes[i / 8]) >> i % 8 & 1) != 0) digits[size - 1 - i] = '1';
    }
    return digits;
  }

  ordered_json message(const Type& type, std::string_view bytes) {
    const Fields fields = fields_of(bytes, place_);
    return std::visit(overloaded{
                          [&](const RecordRef& record) { return this->record(types_.record(record), fields); },
                          [&](const PairOf&) { return tuple(parts_of(type), fields); },
                          [&](const TupleOf&) { return tuple(parts_of(type), fields); },
                          [&](const VariantOf& variant) { return this->variant(variant, fields); },
                          [&](const SharedOf& shared) { return this->shared(*shared.object, fields); },
                          [&](const ComplexOf& complex) {
                            const Type part{complex.part, ""};
                            return tuple({&part, &part}, fields);
                          },
                          [&](const ErrorCode&) { return error_code(fields); },
                          [&](const Monostate&) { return ordered_json(); },
                          [&](const auto&) -> ordered_json { place_.fail("values of this type cannot be read"); },
                      },
                      type.form);
  }

  void add_field(ordered_json& object, const Fields& fields, const FrozenField& field) {
    const Place::Step step = place_.field(field.name);
    if (Value value = this->field(fields, field.number, field.type)) add(object, field.name, std::move(*value));
  }

  ordered_json record(const FrozenRecord& record, const Fields& fields) {
    if (record.codec) {
      const auto value = fields.find(2);
      if (value == fields.end() || value->second.back().number.wire != Wire::length) wrong_type();
      return to_base64(value->second.back().bytes);
    }
    ordered_json made = ordered_json::object();
    for (const FrozenField& each : record.bases) add_field(made, fields, each);
    for (const FrozenField& each : record.fields) add_field(made, fields, each);
    return made;
  }

  ordered_json tuple(const std::vector<const Type*>& types, const Fields& fields) {
    ordered_json made = ordered_json::array();
    for (std::size_t i = 0; i < types.size(); ++i) {
      const Place::Step step = place_.element(i);
      made.push_back(needed(field(fields, static_cast<std::uint32_t>(i + 1), *types[i])));
    }
    return made;
  }

  ordered_json variant(const VariantOf& variant, const Fields& fields) {
    const std::vector<std::string> names = alternatives(variant);
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = fields.find(static_cast<std::uint32_t>(i + 1));
      if (found == fields.end()) continue;
      const Place::Step step = place_.field(names[i]);
      ordered_json made = ordered_json::object();
      add(made, names[i], one(found->second, *variant.alternatives[i]));
      return made;
    }
    place_.fail("the message has no alternative that the contract knows");
  }

  /// An object that comes once more has a label, and so does one that would look like a label.
  ordered_json shared(const Type& type, const Fields& fields) {
    const auto object = fields.find(1);
    const auto reference = fields.find(2);
    if (object == fields.end() && reference == fields.end()) return {};
    if (reference == fields.end() || reference->second.back().number.wire != Wire::varint) wrong_type();
    const std::uint64_t number = reference->second.back().number.bits;
    if (object == fields.end()) {
      if (!objects_.contains(number)) place_.fail("the message refers to an object that it does not have");
      references_.insert(number);
      return {{shared_key, number}};
    }
    ordered_json value = one(object->second, type);
    objects_.insert(number);
    if (!shared_.contains(number) && !(value.is_object() && value.contains(shared_key))) return value;
    ordered_json made = {{shared_key, number}};
    add(made, "value", std::move(value));
    return made;
  }

  ordered_json error_code(const Fields& fields) {
    static const Type number{Scalar::int32, ""};
    static const Type text{Text{}, ""};
    ordered_json made = ordered_json::object();
    add(made, "category", needed(field(fields, 2, text)));
    add(made, "value", needed(field(fields, 1, number)));
    if (Value message = field(fields, 3, text)) add(made, "message", std::move(*message));
    return made;
  }

  Types types_;
  Place place_;
  std::set<std::uint64_t> shared_;
  std::set<std::uint64_t> objects_;  // complete ones
  std::set<std::uint64_t> references_;
};

/// Once more if objects occur again, which have a label at the first place then.
template <class Read>
ordered_json read_twice(const Frozen& contract, const std::string& whole, Read read) {
  Reader first(contract, whole, {});
  ordered_json made = read(first);
  if (first.references().empty()) return made;
  Reader second(contract, whole, first.references());
  return read(second);
}

}  // namespace

ordered_json decode_reply(const Frozen& contract, const FrozenMethod& method, std::string_view reply) {
  return read_twice(contract, "the reply", [&](Reader& reader) { return reader.reply(method, reply); });
}

ordered_json decode_arguments(const Frozen& contract, const FrozenMethod& method, std::string_view arguments) {
  return read_twice(contract, "the arguments", [&](Reader& reader) { return reader.arguments(method, arguments); });
}

}  // namespace farcall::ctl
