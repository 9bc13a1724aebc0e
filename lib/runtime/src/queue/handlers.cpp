#include "queue/handlers.h"

namespace rpc::queue {

namespace {

/// After that it is noted what is done: a crash repeats no more.
constexpr std::chrono::milliseconds time_together{2};

}  // namespace

void Handlers::run_all(Continuation& self) noexcept {
  Handlers& all = static_cast<Handlers&>(self);
  Dispatcher& dispatcher = all.core_->dispatcher();
  const Time until = std::chrono::steady_clock::now() + time_together;
  std::vector<Handling> results;
  for (const Stored& stored : all.batch_) {
    if (!dispatcher.serves(*all.receiver_)) break;
    results.push_back(all.handle(stored));
    if (results.back().what != Handling::What::handled || std::chrono::steady_clock::now() >= until) break;
  }
  all.report(std::move(results));
  dispatcher.end_handlers();
  delete &all;
}

Handling Handlers::handle(const Stored& stored) const noexcept {
  if (stored.expires <= std::chrono::steady_clock::now()) {
    return {.what = Handling::What::failed,
            .error = Error(Code::deadline_exceeded, "the message expired before it was handled")};
  }
  return receiver_->handle({.sender = lane_.name,
                            .interface = stored.interface,
                            .method = stored.method,
                            .metadata = stored.metadata,
                            .body = stored.body,
                            .attempt = stored.attempts + 1,
                            .priority = stored.priority,
                            .sequence = stored.sequence,
                            .settled = settled_[static_cast<std::size_t>(stored.priority)]});
}

void Handlers::report(std::vector<Handling> results) {
  auto batch = std::make_shared<std::vector<Stored>>(std::move(batch_));
  core_->post([&dispatcher = core_->dispatcher(), &lane = lane_, batch, results = std::move(results)] {
    dispatcher.handled(lane, *batch, results);
  });
}

}  // namespace rpc::queue
