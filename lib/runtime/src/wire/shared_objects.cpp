#include <rpc/wire/shared_codec.h>

#include <functional>
#include <map>
#include <optional>

namespace rpc::wire {

struct SentObject {
  const std::type_info& type;
  std::uint32_t outer = 0;  // of Nesting, while it is being written
  bool complete = false;
  std::size_t number = 0;    // once complete
  std::uint32_t height = 0;  // once complete
};

namespace {

using Pointer = std::shared_ptr<const void>;

/// By what they own. Pointers that own nothing are told apart by where they point.
struct OwnerLess {
  bool operator()(const Pointer& a, const Pointer& b) const {
    if (a.owner_before(b)) return true;
    if (b.owner_before(a) || a.use_count() != 0) return false;
    return std::less<>()(a.get(), b.get());
  }
};

}  // namespace

struct SentObjects {
  SentMark begin(Encoder& out, const Pointer& pointer, const std::type_info& type) {
    const auto [place, fresh] = objects.try_emplace(pointer, SentObject{type});
    SentObject& object = place->second;
    if (fresh) {
      object.outer = out.nesting_.begin_value();
      return {1, &object};
    }
    if (place->first.get() != pointer.get() || object.type != type) fail_alias_sent(type);
    if (!object.complete) fail_cycle_sent(type);
    if (!out.nesting_.refer(object.height, out.max_nesting_)) fail_nesting_sent(out.max_nesting_);
    return {object.number + 2, nullptr};
  }

  std::size_t end(Encoder& out, SentObject& object) {
    object.height = out.nesting_.end_value(object.outer);
    object.number = complete++;
    object.complete = true;
    return object.number;
  }

  static SentObjects& of(Encoder& out) {
    out.remembers_ = true;
    return out.shared_.get();
  }
  static const SentObjects* known(const Encoder& out) { return out.shared_.peek(); }

  std::map<Pointer, SentObject, OwnerLess> objects;
  std::size_t complete = 0;
};

struct ReceivedObjects {
  struct Object {
    std::shared_ptr<void> pointer;
    const std::type_info* type;
    std::uint32_t height;
  };

  static ReceivedObjects& of(Decoder& in) {
    in.remembers_ = true;
    return in.shared_.get();
  }

  static std::uint32_t begin(Decoder& in) { return in.nesting_.begin_value(); }

  static void end(Decoder& in, std::uint32_t outer, std::shared_ptr<void> pointer, const std::type_info& type) {
    ReceivedObjects& all = of(in);
    all.objects.insert_or_assign(all.objects.end(), all.next++,
                                 Object{std::move(pointer), &type, in.nesting_.end_value(outer)});
  }

  static void end(Decoder& in, std::uint32_t outer, std::shared_ptr<void> pointer, const std::type_info& type,
                  const std::byte* at, std::optional<std::uint64_t> number) {
    const std::uint32_t height = in.nesting_.end_value(outer);
    if (!number) return;
    if (!of(in).objects.try_emplace(*number, Object{std::move(pointer), &type, height}).second)
      fail_object_twice(in, at, *number);
  }

  static void number(Decoder& in, std::uint64_t next) {
    if (next != 0 || in.shared_.peek() != nullptr) of(in).next = next;
  }

  static std::shared_ptr<void> refer(Decoder& in, const std::byte* at, std::size_t number, const std::type_info& type) {
    const auto& objects = of(in).objects;
    const auto found = objects.find(number);
    if (found == objects.end()) fail_reference(in, at, number, objects.size());
    const Object& object = found->second;
    if (*object.type != type) fail_reference_type(in, at, type);
    if (!in.nesting_.refer(object.height, in.limits_->max_nesting))
      fail_nesting_received(in, at, in.limits_->max_nesting);
    return object.pointer;
  }

  std::map<std::uint64_t, Object> objects;  // by number
  std::uint64_t next = 0;                   // they are numbered in the order in which they were complete
};

SentObjects* make(SentObjects* /*none*/) { return new SentObjects; }
ReceivedObjects* make(ReceivedObjects* /*none*/) { return new ReceivedObjects; }
void destroy(SentObjects* objects) noexcept { delete objects; }
void destroy(ReceivedObjects* objects) noexcept { delete objects; }

SentMark begin_sent(Encoder& out, const Pointer& pointer, const std::type_info& type) {
  return SentObjects::of(out).begin(out, pointer, type);
}

std::size_t end_sent(Encoder& out, SentObject& object) { return SentObjects::of(out).end(out, object); }

std::size_t sent_count(const Encoder& out) {
  const SentObjects* const known = SentObjects::known(out);
  return known == nullptr ? 0 : known->complete;
}

Length read_mark(Decoder& in, const std::byte* from) {
  Reader(in, from).need(1);
  const std::size_t mark = std::to_integer<std::size_t>(*from);
  if (mark >= 240) return read_long_length(in, from);
  return {from + 1, mark};
}

std::uint32_t begin_received(Decoder& in) { return ReceivedObjects::begin(in); }

void end_received(Decoder& in, std::uint32_t outer, std::shared_ptr<void> object, const std::type_info& type) {
  ReceivedObjects::end(in, outer, std::move(object), type);
}

void end_received(Decoder& in, std::uint32_t outer, std::shared_ptr<void> object, const std::type_info& type,
                  const std::byte* at, std::optional<std::uint64_t> number) {
  ReceivedObjects::end(in, outer, std::move(object), type, at, number);
}

void number_received(Decoder& in, std::uint64_t next) { ReceivedObjects::number(in, next); }

std::shared_ptr<void> received(Decoder& in, const std::byte* at, std::size_t mark, const std::type_info& type) {
  return ReceivedObjects::refer(in, at, mark - 2, type);
}

}  // namespace rpc::wire
