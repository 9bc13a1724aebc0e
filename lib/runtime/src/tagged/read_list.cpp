// Repeated fields. Their elements are counted first, so that the memory for them is made at once.
#include <rpc/tagged/elements.h>
#include <rpc/tagged/sequence.h>

#include "tagged/read.h"

namespace rpc::tagged {
namespace {

/// Numbers of one packed field, all of them.
void read_packed(Input& in, const Field& element, std::size_t stride, void* data, Span packed) {
  auto* to = static_cast<std::byte*>(data);
  if (element.kind == Kind::enumeration) {
    for (const std::byte* at = packed.begin; at != packed.end; to += stride) {
      at = read_enum(in, element, to, at, packed.end);
    }
    return;
  }
  with_number(element.kind, [&]<class T>(const T*) {
    for (const std::byte* at = packed.begin; at != packed.end; to += sizeof(T)) {
      at = read_number<T>(in, element, to, at, packed.end);
    }
  });
}

/// Whether what begins at `at` is all of the field there is in a row, and packed.
bool is_packed_once(Input& in, const Field& field, Tag tag, Span packed, const std::byte* end) {
  if (tag.value != field.tag) return false;
  return packed.end == end || get_tag(in, packed.end, end).value >> 3 != field.number();
}

void* make_elements(Input& in, const Field& field, const List& type, void* object, std::size_t count) {
  in.spend(field, count, type.stride);
  void* const data =
      type.place == nullptr
          ? type.make(object, count)
          : type.place(object, wire::view_room(in.decoder(), count * type.stride, type.alignment), count);
  if (data == nullptr && count != 0) fail_extent(field, count);
  return data;
}

const std::byte* read_numbers(Input& in, const Field& field, const List& type, void* object, const std::byte* at,
                              const std::byte* end) {
  const Field element(field, type.element, type.element_kind);
  const Tag tag = get_tag(in, at, end);
  if (tag.value == field.tag) {
    const Span packed = get_span(in, tag.end, end, &field);
    if (is_packed_once(in, field, tag, packed, end)) {
      const std::size_t count = count_packed(in, element, packed);
      if (type.assign != nullptr) {
        const std::byte* const from =
            type.place == nullptr ? packed.begin : in.lasting(packed.begin, packed.size(), type.alignment);
        if (!type.assign(object, from, count)) fail_extent(field, count);
      } else {
        read_packed(in, element, type.stride, make_elements(in, field, type, object, count), packed);
      }
      return packed.end;
    }
  }
  const Run run = measure_run(in, element, at, end);
  auto* to = static_cast<std::byte*>(make_elements(in, field, type, object, run.count));
  Elements elements(in, element, at, run.end);
  for (std::size_t i = 0; i < run.count; ++i, to += type.stride) elements.next(to);
  return run.end;
}

}  // namespace

const std::byte* read_list(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end) {
  const List& type = static_cast<const List&>(*field.type);
  if (is_scalar(type.element_kind)) return read_numbers(in, field, type, object, at, end);
  const Field element(field, type.element, type.element_kind);
  const Run run = measure_run(in, element, at, end);
  auto* to = static_cast<std::byte*>(make_elements(in, field, type, object, run.count));
  if (type.element_kind == Kind::record) {
    const Record& record = static_cast<const Record&>(*type.element);
    for (std::size_t i = 0; i < run.count; ++i, to += type.stride) {
      const Span span = get_span(in, get_tag(in, at, run.end).end, run.end, &field);
      read_record(in, record, to, span);
      at = span.end;
    }
    return run.end;
  }
  for (std::size_t i = 0; i < run.count; ++i, to += type.stride) {
    at = read_value(in, element, to, get_tag(in, at, run.end).end, run.end);
  }
  return run.end;
}

const std::byte* read_nodes(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end) {
  const Nodes& type = static_cast<const Nodes&>(*field.type);
  const Field element(field, type.element, type.element_kind);
  const Run run = measure_run(in, element, at, end);
  in.spend(field, run.count, type.size);
  Elements elements(in, element, at, run.end);
  type.read(object, elements);
  return run.end;
}

bool Elements::next(void* element) {
  if (is_scalar(element_.kind)) return next_scalar(element);
  if (at_ == end_) return false;
  at_ = read_value(in_, element_, element, get_tag(in_, at_, end_).end, end_);
  return true;
}

void Elements::fail_duplicate() const { wire::fail_duplicate(in_.decoder(), at_); }

// Packed and single ones may alternate, and what is packed may be empty.
bool Elements::next_scalar(void* element) {
  while (packed_ == nullptr || at_ == packed_) {
    packed_ = nullptr;
    if (at_ == end_) return false;
    const Tag tag = get_tag(in_, at_, end_);
    if (tag.value == element_.tag) {
      at_ = read_value(in_, element_, element, tag.end, end_);
      return true;
    }
    const Span packed = get_span(in_, tag.end, end_, &element_);
    at_ = packed.begin;
    packed_ = packed.end;
  }
  at_ = read_value(in_, element_, element, at_, packed_);
  return true;
}

namespace {

/// Numbers at any address.
template <class T>
struct Unaligned {
  using iterator_category = std::random_access_iterator_tag;
  using value_type = T;
  using difference_type = std::ptrdiff_t;
  using pointer = const T*;
  using reference = T;

  const std::byte* place;

  T operator*() const { return load<T>(place); }
  Unaligned& operator++() { return *this += 1; }
  Unaligned& operator--() { return *this += -1; }
  Unaligned operator++(int) { return {std::exchange(place, place + sizeof(T))}; }
  Unaligned& operator+=(std::ptrdiff_t count) {
    place += count * static_cast<std::ptrdiff_t>(sizeof(T));
    return *this;
  }
  std::ptrdiff_t operator-(Unaligned other) const {
    return (place - other.place) / static_cast<std::ptrdiff_t>(sizeof(T));
  }
  bool operator==(const Unaligned&) const = default;
};

// A loop that is compiled here is compiled with vector instructions.
template <class T>
void assign_numbers(std::vector<T>& elements, const std::byte* bytes, std::size_t count) {
  if (elements.size() == count) {
    if (count != 0) std::memcpy(elements.data(), bytes, count * sizeof(T));
  } else if (reinterpret_cast<std::uintptr_t>(bytes) % alignof(T) == 0) {
    wire::assign_block(elements, bytes, count);
  } else {
    elements.assign(Unaligned<T>{bytes}, Unaligned<T>{bytes + count * sizeof(T)});
  }
}

}  // namespace

void assign_copied(std::vector<float>& elements, const std::byte* bytes, std::size_t count) {
  assign_numbers(elements, bytes, count);
}

void assign_copied(std::vector<double>& elements, const std::byte* bytes, std::size_t count) {
  assign_numbers(elements, bytes, count);
}

}  // namespace rpc::tagged
