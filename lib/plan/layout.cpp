#include "plan/layout.h"

#include <algorithm>

#include "model/meaning.h"
#include "plan/records.h"

namespace farcall {
namespace {

std::uint64_t scalar_size(Scalar scalar) {
  switch (scalar) {
    case Scalar::boolean:
    case Scalar::byte:
    case Scalar::int8:
    case Scalar::uint8:
    case Scalar::char8: return 1;
    case Scalar::int16:
    case Scalar::uint16:
    case Scalar::char16: return 2;
    case Scalar::int32:
    case Scalar::uint32:
    case Scalar::char32:
    case Scalar::float32: return 4;
    case Scalar::int64:
    case Scalar::uint64:
    case Scalar::float64: return 8;
  }
  return 0;
}

VariableItem variable_item(const Contract& contract, Item item, bool optional) {
  VariableItem made{.item = std::move(item), .optional = optional};
  made.width = fixed_width(contract, made.item.type);
  if (made.width != 0) {
    made.room = Room::fixed;
  } else if (std::holds_alternative<Text>(made.item.type.form) && !optional) {
    made.room = Room::text;
  }
  return made;
}

/// Hands out bits in order; one that does not fit into the rest of a byte starts the next byte.
class BitPacker {
 public:
  explicit BitPacker(Layout& layout) : layout_(layout) {}

  void add(BitKind kind, const Item& item, std::uint32_t width) {
    if (used_ + width > 8 || layout_.bit_bytes == 0) {
      used_ = 0;
      ++layout_.bit_bytes;
    }
    layout_.bits.push_back({kind, item.access, layout_.bit_bytes - 1, used_, width,
                            kind == BitKind::small_enum ? item.type.spelling : "", item.bit_field});
    used_ += width;
  }

 private:
  Layout& layout_;
  std::uint32_t used_ = 0;
};

/// Whether it is a bit-field all of whose bits may have any value.
bool is_few_bits(const Item& item, const Scalar* scalar) {
  if (!scalar || item.bit_field == 0 || item.bit_field > 8) return false;
  return *scalar == Scalar::uint8 || *scalar == Scalar::uint16 || *scalar == Scalar::uint32 ||
         *scalar == Scalar::uint64;
}

/// Bytes of an array whose memory is its encoding; not of enums, which are checked one by one.
std::uint64_t array_width(const Contract& contract, const SequenceOf& array) {
  if (std::holds_alternative<EnumRef>(array.element->form)) return 0;
  return array.extent * fixed_width(contract, *array.element);
}

}  // namespace

std::uint32_t small_width(const Enum& definition) {
  std::uint64_t mask = 0;
  for (const Enumerator& enumerator : definition.enumerators) {
    if (enumerator.value < 0 || enumerator.value > 255) return 0;
    mask |= static_cast<std::uint64_t>(enumerator.value);
  }
  std::uint32_t width = 1;
  while (mask >> width != 0) ++width;
  return width;
}

std::uint64_t span_extent(const Type& type) {
  const auto* sequence = std::get_if<SequenceOf>(&type.form);
  return sequence != nullptr && sequence->kind == SequenceKind::span ? sequence->extent : 0;
}

std::uint64_t fixed_width(const Contract& contract, const Type& type) {
  return std::visit(overloaded{
                        [](const Scalar& scalar) { return scalar == Scalar::boolean ? 0 : scalar_size(scalar); },
                        [&](const EnumRef& ref) {
                          const Enum& definition = find_enum(contract, ref.name);
                          return small_width(definition) == 0 ? scalar_size(definition.underlying) : 0;
                        },
                        [&](const RecordRef& ref) { return find_record(contract, ref.name).flat_size.value_or(0); },
                        [](const DurationOf& duration) { return scalar_size(duration.count); },
                        [](const TimePointOf& point) { return scalar_size(point.since_epoch.count); },
                        [&](const SequenceOf& sequence) {
                          const bool fixed = is_array(sequence.kind) || span_extent(type) != 0;
                          return fixed ? array_width(contract, sequence) : std::uint64_t{0};
                        },
                        [](const Void&) { return std::uint64_t{0}; },
                        [](const Text&) { return std::uint64_t{0}; },
                        [](const MapOf&) { return std::uint64_t{0}; },
                        [](const OptionalOf&) { return std::uint64_t{0}; },
                        [](const SharedOf&) { return std::uint64_t{0}; },
                        [](const AdaptorOf&) { return std::uint64_t{0}; },
                        [](const BitsetOf&) { return std::uint64_t{0}; },
                        [](const Path&) { return std::uint64_t{0}; },
                        [](const ErrorCode&) { return std::uint64_t{0}; },
                        [](const PairOf&) { return std::uint64_t{0}; },
                        [](const TupleOf&) { return std::uint64_t{0}; },
                        [](const VariantOf&) { return std::uint64_t{0}; },
                        [](const Monostate&) { return std::uint64_t{0}; },
                        [](const ComplexOf& complex) { return 2 * scalar_size(complex.part); },
                        [](const Unsupported&) { return std::uint64_t{0}; },
                    },
                    type.form);
}

std::uint64_t min_size(const Contract& contract, const Type& type) {
  if (const std::uint64_t width = fixed_width(contract, type)) return width;
  return std::visit(
      overloaded{
          [&](const RecordRef& ref) {
            if (find_record(contract, ref.name).codec) return std::uint64_t{1};
            return std::max<std::uint64_t>(
                1, lay_out(contract, fields_of(contract, find_record(contract, ref.name))).min_size);
          },
          [&](const SequenceOf& sequence) {
            if (!is_array(sequence.kind)) return std::uint64_t{1};
            return sequence.extent == 0 ? 1 : sequence.extent * min_size(contract, *sequence.element);
          },
          [&](const PairOf& pair) { return min_size(contract, *pair.first) + min_size(contract, *pair.second); },
          [&](const TupleOf& tuple) {
            std::uint64_t sum = 0;
            for (const Box& element : tuple.elements) sum += min_size(contract, *element);
            return std::max<std::uint64_t>(1, sum);
          },
          [&](const VariantOf& variant) {
            std::uint64_t least = min_size(contract, *variant.alternatives.front());
            for (const Box& each : variant.alternatives) least = std::min(least, min_size(contract, *each));
            return 1 + least;
          },
          [](const BitsetOf& bitset) { return std::max<std::uint64_t>(1, (bitset.size + 7) / 8); },
          [](const ErrorCode&) { return std::uint64_t{4 + 1 + 1}; },
          [](const auto&) { return std::uint64_t{1}; },
      },
      type.form);
}

Layout lay_out(const Contract& contract, const std::vector<Item>& items) {
  Layout layout;
  BitPacker packer(layout);
  for (const Item& item : items) {
    const auto* scalar = std::get_if<Scalar>(&item.type.form);
    const auto* enumeration = std::get_if<EnumRef>(&item.type.form);
    const std::uint32_t enum_width = enumeration ? small_width(find_enum(contract, enumeration->name)) : 0;
    if (scalar && *scalar == Scalar::boolean) {
      packer.add(BitKind::boolean, item, 1);
    } else if (is_few_bits(item, scalar)) {
      packer.add(BitKind::number, item, item.bit_field);
    } else if (enum_width != 0) {
      packer.add(BitKind::small_enum, item, enum_width);
    } else if (const auto* optional = std::get_if<OptionalOf>(&item.type.form)) {
      packer.add(optional->kind == OptionalKind::optional ? BitKind::presence : BitKind::not_null, item, 1);
      layout.variable.push_back(variable_item(contract, {item.access, *optional->value}, true));
    } else if (const std::uint64_t width = fixed_width(contract, item.type)) {
      layout.fixed.push_back(item);
      layout.fixed_size += width;
    } else {
      layout.variable.push_back(variable_item(contract, item, false));
      layout.min_size += min_size(contract, item.type);
    }
  }
  layout.min_size += layout.bit_bytes + layout.fixed_size;
  return layout;
}

}  // namespace farcall
