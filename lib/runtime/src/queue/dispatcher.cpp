#include "queue/dispatcher.h"

#include "net/engine.h"
#include "queue/core.h"
#include "queue/handlers.h"
#include "queue/receiving.h"
#include "queue/retry.h"
#include "queue/waiting_job.h"

#include <algorithm>
#include <utility>

namespace rpc::queue {

namespace {

/// Messages in memory that failed, of one sender: what became of older ones nobody asks any more.
constexpr std::size_t most_express_dead = 1024;

constexpr const char* not_here = "the receiver does not have it any more: its queue is a new one";

Time now() noexcept { return std::chrono::steady_clock::now(); }

Error stopping() { return Error(Code::unavailable, "the server is stopping"); }

/// Writes down whether there may be handlers at work.
class HandlingMark final : public WaitingJob {
 public:
  HandlingMark(Core& core, bool handling) : core_(core), handling_(handling) {}
  void apply() override { core_.write_state("handling", handling_ ? "1" : "0"); }
  void done(const Error* error) noexcept override { finish(error); }

 private:
  Core& core_;
  const bool handling_;
};

}  // namespace

Dispatcher::Dispatcher(const Core& core, Database& database) : options_(core.options()), box_(database, "inbox") {}

void Dispatcher::set_careful(bool careful) {
  if (!careful) return;
  box_.each([this](Lane& lane) {
    if (lane.more) careful_.insert(&lane);
  });
}

std::shared_ptr<MessageReceiver> Dispatcher::receiver() const {
  const std::lock_guard lock(mutex_);
  return receiver_;
}

bool Dispatcher::serves(const MessageReceiver& receiver) const {
  const std::lock_guard lock(mutex_);
  return receiver_.get() == &receiver;
}

void Dispatcher::deliver(std::string sender, bool durable, std::vector<Delivery> messages,
                         Reply<std::vector<Refusal>> done) {
  const std::shared_ptr<MessageReceiver> receiver = this->receiver();
  const std::shared_ptr<Core> core = core_.lock();
  if (receiver == nullptr || core == nullptr) return done(stopping());
  Receiving::check(sender, messages);
  core->submit(*new Receiving(*core, box_, *receiver, {std::move(sender), durable}, messages, std::move(done)));
}

void Dispatcher::outcomes(std::string sender, bool durable, std::vector<Delivered> messages,
                          Reply<std::vector<Outcome>> done) {
  const std::shared_ptr<Core> core = core_.lock();
  if (core == nullptr) return done(stopping());
  auto question = std::make_shared<Question>(std::move(messages), std::move(done));
  core->post([this, sender, durable, question] { ask(sender, durable, std::move(*question)); });
}

void Dispatcher::attach(std::shared_ptr<MessageReceiver> receiver) {
  const std::shared_ptr<Core> core = core_.lock();
  HandlingMark mark(*core, true);
  core->submit(mark);
  mark.wait();
  {
    const std::lock_guard lock(mutex_);
    if (receiver_ == receiver) return;
    if (receiver_ != nullptr)
      throw Error(Code::not_stored,
                  "another server of this process has the queue: give each one its own, in "
                  "ServerOptions::queue");
    receiver_ = std::move(receiver);
  }
  core->post([] {});  // what was stored before can go
}

void Dispatcher::detach(const MessageReceiver& receiver, Time until) noexcept {
  const std::shared_ptr<Core> core = core_.lock();
  std::unique_lock lock(mutex_);
  if (receiver_.get() != &receiver) return;
  receiver_ = nullptr;
  core->post([this] { drop_questions(); });
  const bool all_ended = changed_.wait_until(lock, until, [this] { return handlers_ == 0; });
  lock.unlock();
  if (!all_ended) return;
  HandlingMark mark(*core, false);
  core->submit(mark);
  try {
    mark.wait();
  } catch (const Error& error) {  // then the next one is careful in vain
    internal::log(Severity::warning, error.what());
  }
}

void Dispatcher::begin_handlers() {
  const std::lock_guard lock(mutex_);
  ++handlers_;
}

void Dispatcher::end_handlers() noexcept {
  const std::lock_guard lock(mutex_);
  if (--handlers_ == 0) changed_.notify_all();
}

Time Dispatcher::go(Time now) {
  if (!box_.unsettled()) {
    for (Lane* lane : std::exchange(news_, {})) answer(*lane, true);
  }
  const std::shared_ptr<MessageReceiver> receiver = this->receiver();
  Time next = never;
  if (receiver == nullptr) return next;
  box_.each([&](Lane& lane) { next = std::min(next, dispatch(lane, receiver, now)); });
  return next;
}

Time Dispatcher::dispatch(Lane& lane, const std::shared_ptr<MessageReceiver>& receiver, Time now) {
  if (lane.busy || (lane.window.empty() && !lane.more)) return never;
  if (lane.again_at > now) return lane.again_at;
  const std::shared_ptr<Core> core = core_.lock();
  if (!box_.refill(lane)) {
    core->hurry();
    return never;
  }
  while (!lane.window.empty()) {
    const std::optional<Error> obstacle = this->obstacle(lane.window.begin()->second, now);
    if (!obstacle) break;
    bury(lane, lane.take(), *obstacle);
  }
  if (lane.window.empty()) return lane.more ? now : never;
  if (note_begin(lane)) return never;
  std::vector<Stored> batch;
  while (!lane.window.empty() && batch.size() < Handlers::most) batch.push_back(lane.take());
  for (const Stored& stored : batch) running_[&lane].insert(stored.key());
  lane.busy = true;
  begin_handlers();
  net::Engine::get().next_loop().post(*new Handlers(core, receiver, lane, std::move(batch)));
  return never;
}

std::optional<Error> Dispatcher::obstacle(const Stored& stored, Time now) const {
  if (stored.expires <= now) return Error(Code::deadline_exceeded, "the message expired before it was handled");
  if (stored.attempts < options_.max_attempts) return std::nullopt;
  return Error(Code::failed,
               "the process ended " + std::to_string(stored.attempts) + " times before its handler returned");
}

// Handlers that end the process would do so for ever.
bool Dispatcher::note_begin(Lane& lane) {
  if (careful_.erase(&lane) == 0) return false;
  Stored& first = lane.window.begin()->second;
  ++first.attempts;
  box_.settle({.what = Settlement::What::attempts, .id = first.id, .attempts = first.attempts});
  core_.lock()->hurry();
  return true;
}

void Dispatcher::handled(Lane& lane, std::vector<Stored>& batch, const std::vector<Handling>& results) {
  lane.busy = false;
  running_.erase(&lane);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    Stored& stored = batch[i];
    if (i >= results.size()) {
      lane.add(std::move(stored));
    } else if (results[i].what == Handling::What::handled || results[i].what == Handling::What::discarded) {
      box_.settle({.id = stored.id, .bytes = size_of(stored)});
    } else {
      failed(lane, stored, results[i]);
    }
  }
  if (results.empty()) return;
  news_.insert(&lane);
  if (questions_.contains(&lane)) core_.lock()->hurry();
}

void Dispatcher::failed(Lane& lane, Stored& stored, const Handling& handling) {
  if (handling.what == Handling::What::retry_after) {
    lane.again_at = internal::time_after(now(), handling.retry_after);
  } else if (++stored.attempts < options_.max_attempts) {
    box_.settle({.what = Settlement::What::attempts, .id = stored.id, .attempts = stored.attempts});
    lane.again_at = now() + pause_after(stored.attempts, options_.first_retry, options_.last_retry);
  } else {
    return bury(lane, stored, *handling.error);
  }
  lane.add(std::move(stored));
}

void Dispatcher::bury(Lane& lane, const Stored& stored, const Error& error) {
  const std::string reason = std::string(to_string(error.code())) + ": " + error.what();
  internal::log(Severity::error, "a message of " + stored.interface + "." + stored.method + " is put aside: " + reason);
  if (stored.id == 0) {
    auto& dead = express_dead_[&lane];
    dead.emplace(stored.key(), reason);
    if (dead.size() > most_express_dead) dead.erase(dead.begin());
  }
  box_.settle({.what = Settlement::What::bury,
               .id = stored.id,
               .bytes = size_of(stored),
               .attempts = stored.attempts,
               .reason = reason});
  news_.insert(&lane);
}

void Dispatcher::ask(const std::string& sender, bool durable, Question question) {
  if (receiver() == nullptr) return question.reply(stopping());
  if (Lane* const lane = box_.find(sender, durable)) {
    questions_[lane].push_back(std::move(question));
    return answer(*lane, false);
  }
  std::vector<Outcome> unknown;
  for (const Delivered& message : question.messages) unknown.push_back({message.sequence, false, not_here});
  question.reply(std::move(unknown));
}

// An answer after every piece of news, be it empty: what is asked next may be about more messages.
void Dispatcher::answer(Lane& lane, bool something_new) {
  const auto found = questions_.find(&lane);
  if (found == questions_.end()) return;
  std::erase_if(found->second, [&](Question& question) {
    std::vector<Outcome> known;
    for (const Delivered& message : question.messages) {
      if (std::optional<Outcome> outcome = outcome_of(lane, message)) known.push_back(std::move(*outcome));
    }
    if (known.empty() && !something_new && !question.messages.empty()) return false;
    question.reply(std::move(known));
    return true;
  });
  if (found->second.empty()) questions_.erase(found);
}

std::optional<Outcome> Dispatcher::outcome_of(Lane& lane, const Delivered& message) {
  const int priority = std::min<int>(message.priority, most_urgent);
  const Key key = key_of(priority, message.sequence);
  if (message.sequence > box_.seen(lane)[static_cast<std::size_t>(priority)])
    return Outcome{message.sequence, false, not_here};
  const auto running = running_.find(&lane);
  if (lane.window.contains(key) || (running != running_.end() && running->second.contains(key))) return std::nullopt;
  if (lane.durable) {
    if (box_.table().waits(lane.id, priority, message.sequence)) return std::nullopt;
    const std::optional<std::string> reason = box_.table().dead(lane.id, priority, message.sequence);
    return Outcome{message.sequence, !reason, reason.value_or("")};
  }
  const auto dead = express_dead_.find(&lane);
  if (dead != express_dead_.end() && dead->second.contains(key))
    return Outcome{message.sequence, false, dead->second.at(key)};
  return Outcome{message.sequence, true, ""};
}

void Dispatcher::drop_questions() {
  for (auto& [lane, questions] : std::exchange(questions_, {})) {
    for (Question& question : questions) question.reply(stopping());
  }
}

}  // namespace rpc::queue
