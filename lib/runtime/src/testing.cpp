#include <rpc/skeleton.h>
#include <rpc/task.h>
#include <rpc/testing.h>
#include <rpc/this_call.h>

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "server_call.h"

namespace rpc::testing {

namespace {

struct Fault {
  std::chrono::nanoseconds delay{0};
  bool drop = false;
  bool disconnect = false;
  std::optional<Error> error;
};

/// Ends the connection that the call of this thread came from.
void disconnect() noexcept {
  internal::ServerCall* const call = internal::exchange_current(nullptr);
  internal::exchange_current(call);
  call->request().connection->disconnect();
}

/// False if the call was cancelled meanwhile.
bool wait(std::chrono::nanoseconds time) {
  std::mutex mutex;
  std::condition_variable_any never_notified;
  std::unique_lock lock(mutex);
  const std::stop_token stop = this_call().stop_token();
  never_notified.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

std::string new_url() {
  static std::atomic<unsigned> number{0};
  return "inproc:rpc-testing-" + std::to_string(++number);
}

}  // namespace

struct Faults::Planned {
  const Skeleton skeleton;
  std::mutex mutex;
  std::uint64_t calls = 0;
  std::map<std::uint64_t, Fault> faults;
  std::vector<Responder> dropped;

  Fault next() {
    const std::lock_guard lock(mutex);
    const auto found = faults.extract(++calls);
    return found.empty() ? Fault() : std::move(found.mapped());
  }

  void set(std::uint64_t call, auto change) {
    const std::lock_guard lock(mutex);
    change(faults[call]);
  }
};

Faults::Faults(const Skeleton& skeleton) : planned_(new Planned{.skeleton = skeleton}) {}

Faults::~Faults() = default;

void Faults::delay(std::uint64_t call, std::chrono::nanoseconds time) {
  planned_->set(call, [&](Fault& fault) { fault.delay = time; });
}

void Faults::drop(std::uint64_t call) {
  planned_->set(call, [](Fault& fault) { fault.drop = true; });
}

void Faults::fail(std::uint64_t call, const Error& error) {
  planned_->set(call, [&](Fault& fault) { fault.error = error; });
}

void Faults::disconnect(std::uint64_t call) {
  planned_->set(call, [](Fault& fault) { fault.disconnect = true; });
}

std::uint64_t Faults::calls() const {
  const std::lock_guard lock(planned_->mutex);
  return planned_->calls;
}

void Faults::dispatch(void* faults, std::uint16_t method, Incoming& call) {
  Planned& planned = *static_cast<Faults*>(faults)->planned_;
  const Fault fault = planned.next();
  if (fault.delay.count() > 0 && !wait(fault.delay))
    throw Error(Code::cancelled, "the call was given up while it was delayed");
  if (fault.disconnect) {
    testing::disconnect();
    throw Error(Code::unavailable, "disconnected by the test");
  }
  if (fault.error) throw *fault.error;
  if (fault.drop) {
    Responder dropped = call.hand_over();
    const std::lock_guard lock(planned.mutex);
    planned.dropped.push_back(std::move(dropped));
    return;
  }
  planned.skeleton.dispatch(planned.skeleton.server, method, call);
}

/// Keeps the user's object and its faults together.
struct AnyPair::Served {
  std::shared_ptr<void> object;
  std::shared_ptr<Faults> faults;
};

AnyPair::AnyPair(const Skeleton& skeleton, std::shared_ptr<void> object, const ChannelOptions& channel,
                 const ServerOptions& server)
    : url_(new_url()),
      faults_(new Faults(skeleton), [](Faults* faults) { delete faults; }),
      server_(server),
      channel_(connect(url_, channel)) {
  Skeleton faulty = skeleton;
  faulty.server = faults_.get();
  faulty.dispatch = &Faults::dispatch;
  server_.add(faulty, std::make_shared<Served>(std::move(object), faults_));
  server_.listen(url_);
}

AnyPair::~AnyPair() {
  std::vector<Responder> dropped;
  {
    const std::lock_guard lock(faults_->planned_->mutex);
    dropped.swap(faults_->planned_->dropped);
  }
  dropped.clear();
  server_.stop(std::chrono::nanoseconds(0));
}

}  // namespace rpc::testing
