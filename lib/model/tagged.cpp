#include "model/tagged.h"

#include <algorithm>
#include <limits>

namespace farcall {

const Type& carried(const Type& type) {
  const auto* adaptor = std::get_if<AdaptorOf>(&type.form);
  return adaptor != nullptr ? carried(*adaptor->container) : type;
}

bool is_set(SequenceKind kind) { return kind == SequenceKind::set || kind == SequenceKind::unordered_set; }

bool is_multimap(MapKind kind) { return kind == MapKind::multimap || kind == MapKind::unordered_multimap; }

bool is_bytes(const SequenceOf& sequence) {
  const bool sorted = is_set(sequence.kind) || sequence.kind == SequenceKind::multiset ||
                      sequence.kind == SequenceKind::unordered_multiset;
  const auto* scalar = std::get_if<Scalar>(&sequence.element->form);
  return !sorted && scalar != nullptr &&
         (*scalar == Scalar::byte || *scalar == Scalar::uint8 || *scalar == Scalar::char8);
}

bool is_single(const Type& type) {
  return std::visit(overloaded{
                        [](const SequenceOf& sequence) { return is_bytes(sequence); },
                        [](const MapOf&) { return false; },
                        [](const OptionalOf&) { return false; },
                        [](const AdaptorOf& adaptor) { return is_single(*adaptor.container); },
                        [](const SharedOf&) { return true; },
                        [](const BitsetOf&) { return true; },
                        [](const Path&) { return true; },
                        [](const ErrorCode&) { return true; },
                        [](const Void&) { return true; },
                        [](const Scalar&) { return true; },
                        [](const EnumRef&) { return true; },
                        [](const RecordRef&) { return true; },
                        [](const Text&) { return true; },
                        [](const PairOf&) { return true; },
                        [](const TupleOf&) { return true; },
                        [](const VariantOf&) { return true; },
                        [](const Monostate&) { return true; },
                        [](const ComplexOf&) { return true; },
                        [](const DurationOf&) { return true; },
                        [](const TimePointOf&) { return true; },
                        [](const Unsupported&) { return true; },
                    },
                    type.form);
}

bool fits_proto_enum(const Enum& definition) {
  using Limits = std::numeric_limits<std::int32_t>;
  const std::int64_t least = definition.underlying == Scalar::uint64 ? 0 : Limits::min();
  return !definition.is_flags && std::ranges::all_of(definition.enumerators, [&](const Enumerator& each) {
    return each.value >= least && each.value <= Limits::max();
  });
}

}  // namespace farcall
