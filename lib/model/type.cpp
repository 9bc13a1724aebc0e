#include "model/type.h"

#include <utility>

#include "model/kinds.h"

namespace farcall {

Box::Box(Type type) : type_(std::make_unique<Type>(std::move(type))) {}
Box::Box(const Box& other) : type_(std::make_unique<Type>(*other.type_)) {}
Box::Box(Box&& other) noexcept = default;
Box& Box::operator=(Box other) noexcept {
  type_ = std::move(other.type_);
  return *this;
}
Box::~Box() = default;
bool Box::operator==(const Box& other) const { return *type_ == *other.type_; }

namespace {

std::string describe_ticks(const DurationOf& duration) {
  return std::string(name_of(duration.count)) + ", " + std::to_string(duration.num) + "/" +
         std::to_string(duration.den);
}

std::string describe_array(const std::string& element, std::uint64_t extent) {
  return "array<" + element + ", " + std::to_string(extent) + ">";
}

std::string describe_sequence(const SequenceOf& sequence) {
  const std::string element = describe(*sequence.element);
  switch (sequence.kind) {
    case SequenceKind::vector:
    case SequenceKind::deque:
    case SequenceKind::list:
    case SequenceKind::forward_list:
    case SequenceKind::basic_string:
    case SequenceKind::basic_string_view: return "list<" + element + ">";
    case SequenceKind::array:
    case SequenceKind::c_array: return describe_array(element, sequence.extent);
    case SequenceKind::span:
    case SequenceKind::writable_span:
      return sequence.extent == 0 ? "list<" + element + ">" : describe_array(element, sequence.extent);
    case SequenceKind::set:
    case SequenceKind::unordered_set: return "set<" + element + ">";
    case SequenceKind::multiset:
    case SequenceKind::unordered_multiset: return "multiset<" + element + ">";
  }
  return {};
}

std::string describe_map(const MapOf& map) {
  const bool multi = map.kind == MapKind::multimap || map.kind == MapKind::unordered_multimap;
  return (multi ? "multimap<" : "map<") + describe(*map.key) + ", " + describe(*map.value) + ">";
}

std::string describe_all(const std::string& name, const std::vector<Box>& parts) {
  std::string text = name + "<";
  for (const Box& part : parts) text += (text.ends_with('<') ? "" : ", ") + describe(*part);
  return text + ">";
}

}  // namespace

std::vector<const Type*> parts_of(const Type& type) {
  using Parts = std::vector<const Type*>;
  const auto all = [](const std::vector<Box>& boxes) {
    Parts parts;
    for (const Box& box : boxes) parts.push_back(&*box);
    return parts;
  };
  return std::visit(overloaded{
                        [](const SequenceOf& sequence) { return Parts{&*sequence.element}; },
                        [](const MapOf& map) { return Parts{&*map.key, &*map.value}; },
                        [](const OptionalOf& optional) { return Parts{&*optional.value}; },
                        [](const SharedOf& shared) { return Parts{&*shared.object}; },
                        [](const AdaptorOf& adaptor) { return Parts{&*adaptor.container}; },
                        [](const PairOf& pair) { return Parts{&*pair.first, &*pair.second}; },
                        [&](const TupleOf& tuple) { return all(tuple.elements); },
                        [&](const VariantOf& variant) { return all(variant.alternatives); },
                        [](const auto&) { return Parts{}; },
                    },
                    type.form);
}

bool is_view(const Type& type) {
  if (const auto* text = std::get_if<Text>(&type.form)) return text->view;
  const auto* sequence = std::get_if<SequenceOf>(&type.form);
  return sequence != nullptr && (sequence->kind == SequenceKind::basic_string_view ||
                                 sequence->kind == SequenceKind::span || sequence->kind == SequenceKind::writable_span);
}

std::string describe(const Type& type) {
  return std::visit(
      overloaded{
          [](const Void&) { return std::string("void"); },
          [](const Scalar& scalar) { return std::string(name_of(scalar)); },
          [](const EnumRef& reference) { return "enum " + reference.name; },
          [](const RecordRef& reference) { return "record " + reference.name; },
          [](const Text&) { return std::string("text"); },
          [](const SequenceOf& sequence) { return describe_sequence(sequence); },
          [](const MapOf& map) { return describe_map(map); },
          [](const OptionalOf& optional) { return "optional<" + describe(*optional.value) + ">"; },
          [](const SharedOf& shared) { return "shared<" + describe(*shared.object) + ">"; },
          [](const AdaptorOf& adaptor) { return describe(*adaptor.container); },
          [](const BitsetOf& bitset) { return "bitset<" + std::to_string(bitset.size) + ">"; },
          [](const PairOf& pair) { return "pair<" + describe(*pair.first) + ", " + describe(*pair.second) + ">"; },
          [](const TupleOf& tuple) { return describe_all("tuple", tuple.elements); },
          [](const VariantOf& variant) { return describe_all("variant", variant.alternatives); },
          [](const Monostate&) { return std::string("monostate"); },
          [](const ComplexOf& complex) { return "complex<" + std::string(name_of(complex.part)) + ">"; },
          [](const DurationOf& duration) { return "duration<" + describe_ticks(duration) + ">"; },
          [](const TimePointOf& point) {
            return "time<" + point.clock + ", " + describe_ticks(point.since_epoch) + ">";
          },
          [](const Path&) { return std::string("text"); },
          [](const ErrorCode&) { return std::string("error_code"); },
          [](const Unsupported& unsupported) {
            return "unsupported: " + unsupported.reason + " (" + unsupported.way_out + ")";
          },
      },
      type.form);
}

}  // namespace farcall
