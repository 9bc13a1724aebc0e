#include "future_call.h"

#include <algorithm>
#include <new>
#include <utility>

#include "call_memory.h"

namespace rpc::internal {
namespace {

constexpr std::size_t value_offset(const ValueType& type) noexcept {
  return (sizeof(FutureCall) + type.alignment - 1) / type.alignment * type.alignment;
}

std::align_val_t alignment(const ValueType& type) noexcept {
  return std::align_val_t(std::max(type.alignment, alignof(FutureCall)));
}

}  // namespace

Ref<FutureCall> FutureCall::make(const ValueType& type, AnyRead read, Ref<CallSource> source, bool interruptible) {
  void* memory = take_call_memory(value_offset(type) + type.size, alignment(type));
  void* value = type.size != 0 ? static_cast<std::byte*>(memory) + value_offset(type) : nullptr;
  return Ref<FutureCall>::adopt(::new (memory) FutureCall(type, read, value, std::move(source), interruptible));
}

void FutureCall::end_when_stopped(const std::stop_token& token) { on_stop_.emplace(token, EndCall{*this, *source_}); }

void FutureCall::destroy() noexcept {
  const ValueType& type = type_;
  if (completed() && error() == nullptr && type.destroy != nullptr) type.destroy(value());
  this->~FutureCall();
  give_call_memory(this, value_offset(type) + type.size, alignment(type));
}

void retain(PendingCall* call) noexcept { static_cast<FutureCall*>(call)->retain(); }
void release(PendingCall* call) noexcept { static_cast<FutureCall*>(call)->release(); }

void EndCall::operator()() const noexcept {
  if (source.withdraw(call)) run(call.fail(Error(Code::cancelled, "the caller's stop token was stopped")));
}

}  // namespace rpc::internal
