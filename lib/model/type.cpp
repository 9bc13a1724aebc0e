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

std::string describe_sequence(const SequenceOf& sequence) {
  const std::string element = describe(*sequence.element);
  switch (sequence.kind) {
    case SequenceKind::vector:
    case SequenceKind::deque:
    case SequenceKind::list:
    case SequenceKind::forward_list:
    case SequenceKind::basic_string: return "list<" + element + ">";
    case SequenceKind::array: return "array<" + element + ", " + std::to_string(sequence.extent) + ">";
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
