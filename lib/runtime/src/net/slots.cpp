#include "net/slots.h"

#include <algorithm>
#include <utility>

namespace rpc::net {

using internal::PendingCall;
using internal::Time;

std::optional<std::uint32_t> Slots::put(PendingCall& call, Time deadline) {
  if (used_ >= limit_) return std::nullopt;
  std::uint32_t index = free_;
  if (index == none) {
    index = static_cast<std::uint32_t>(slots_.size());
    slots_.emplace_back();
  } else {
    free_ = slots_[index].next_free;
  }
  Slot& slot = slots_[index];
  slot.call = &call;
  slot.deadline = deadline;
  slot.used = true;
  ++used_;
  return index | std::uint32_t{slot.generation} << index_bits;
}

Slots::Slot* Slots::find(std::uint32_t id) noexcept {
  if (index_of(id) >= slots_.size()) return nullptr;
  Slot& slot = slots_[index_of(id)];
  return slot.used && slot.generation == id >> index_bits ? &slot : nullptr;
}

Slots::Taken Slots::take(std::uint32_t id) noexcept {
  Slot* slot = find(id);
  if (slot == nullptr) return {};
  slot->used = false;
  ++slot->generation;
  slot->next_free = std::exchange(free_, index_of(id));
  --used_;
  return {std::exchange(slot->call, nullptr), true};
}

bool Slots::withdraw(std::uint32_t id, PendingCall& call) noexcept {
  Slot* slot = find(id);
  if (slot == nullptr || slot->call != &call) return false;
  slot->call = nullptr;
  slot->deadline = internal::never;
  return true;
}

Time Slots::deadline(std::uint32_t id) const noexcept {
  return index_of(id) < slots_.size() ? slots_[index_of(id)].deadline : internal::never;
}

Time Slots::expire(Time now, std::vector<PendingCall*>& late) {
  Time next = internal::never;
  for (Slot& slot : slots_) {
    if (!slot.used || slot.deadline == internal::never) continue;
    if (slot.deadline > now) {
      next = std::min(next, slot.deadline);
    } else {
      late.push_back(std::exchange(slot.call, nullptr));
      slot.deadline = internal::never;
    }
  }
  return next;
}

void Slots::clear(std::vector<PendingCall*>& calls) {
  for (const Slot& slot : slots_) {
    if (slot.used && slot.call != nullptr) calls.push_back(slot.call);
  }
  slots_.clear();
  free_ = none;
  used_ = 0;
}

}  // namespace rpc::net
