#include "queue/dispatcher.h"

#include "net/engine.h"
#include "queue/burial.h"
#include "queue/checksum.h"
#include "queue/core.h"
#include "queue/handlers.h"
#include "queue/receiving.h"
#include "queue/retry.h"
#include "queue/waiting_job.h"

#include <algorithm>
#include <utility>

namespace rpc::queue {

namespace {

/// Failed messages of one sender that no table knows: what became of older ones nobody asks any more.
constexpr std::size_t most_untold = 1024;

constexpr const char* not_here = "the receiver does not have it any more: its queue is a new one";

Time now() noexcept { return std::chrono::steady_clock::now(); }

/// Those from `next` on that may begin now, at most `most`.
std::vector<Stored> take_batch(Lane& lane, Lane::Place next, std::size_t most, Time now) {
  std::vector<Stored> batch;
  while (next != lane.window.end() && batch.size() < most && next->second.again_at <= now)
    batch.push_back(lane.take(next++));
  return batch;
}

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
    if (lane.more) work_[&lane].care = Care::note;
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
    box_.each([this](Lane& lane) {
      if (std::exchange(work_[&lane].news, false)) answer(lane, true);
    });
  }
  const std::shared_ptr<MessageReceiver> receiver = this->receiver();
  Time next = never;
  if (receiver == nullptr) return next;
  box_.each([&](Lane& lane) { next = std::min(next, dispatch(lane, receiver, now)); });
  return next;
}

Time Dispatcher::dispatch(Lane& lane, const std::shared_ptr<MessageReceiver>& receiver, Time now) {
  Work& work = work_[&lane];
  while (!lane.empty() && work.handlers < options_.concurrency) {
    if (!box_.refill(lane, work.running)) {
      core_.lock()->hurry();
      return never;
    }
    // What the window had no room for is read when something of what was taken out is done.
    if (lane.window.empty()) return lane.more && work.running.empty() ? now : never;
    const Lane::Place next = next_place(lane, now);
    if (const std::optional<Error> obstacle = this->obstacle(next->second, now)) {
      bury(lane, lane.take(next), *obstacle);
      continue;
    }
    if (next->second.again_at > now) return next->second.again_at;
    const std::size_t most = may_begin(work, next->second);
    if (most == 0) return never;
    begin(lane, work, receiver, take_batch(lane, next, most, now));
  }
  return never;
}

// The one to begin next, perhaps not yet: the first one where the order is kept.
Lane::Place Dispatcher::next_place(Lane& lane, Time now) const {
  if (options_.concurrency == 1) return lane.window.begin();
  const auto again_at = [](const auto& entry) { return entry.second.again_at; };
  const Lane::Place ready = std::ranges::find_if(lane.window, [now](Time at) { return at <= now; }, again_at);
  return ready != lane.window.end() ? ready : std::ranges::min_element(lane.window, {}, again_at);
}

// How many may begin together; 0: none yet. A handler that ends the process would do so for ever if it was not known.
std::size_t Dispatcher::may_begin(Work& work, Stored& first) {
  if (work.care != Care::none) {
    if (!work.running.empty()) return 0;
    if (box_.unsettled()) {
      core_.lock()->hurry();
      return 0;
    }
  }
  switch (work.care) {
    case Care::note:
      work.care = Care::alone;
      ++first.attempts;
      box_.settle({.what = Settlement::What::attempts, .id = first.id, .attempts = first.attempts});
      core_.lock()->hurry();
      return 0;
    case Care::alone: work.care = Care::alone_is_written; return 1;
    case Care::alone_is_written: work.care = Care::none; break;
    case Care::none: break;
  }
  return options_.concurrency == 1 ? Handlers::most : 1;
}

void Dispatcher::begin(Lane& lane, Work& work, const std::shared_ptr<MessageReceiver>& receiver,
                       std::vector<Stored> batch) {
  for (const Stored& stored : batch) work.running.insert(stored.key());
  note_settled(lane, work);
  ++work.handlers;
  begin_handlers();
  net::Engine::get().next_loop().post(*new Handlers(core_.lock(), receiver, lane, work.settled, std::move(batch)));
}

// Nothing is behind in the table where the first ones of the table are those at work and in the window.
void Dispatcher::note_settled(Lane& lane, Work& work) const {
  for (int priority = 0; priority < priorities; ++priority) {
    const auto index = static_cast<std::size_t>(priority);
    const Key first = key_of(priority, 0);
    const auto at_work = work.running.lower_bound(first);
    if (at_work == work.running.end() || *at_work >= key_of(priority - 1, 0)) continue;
    const auto waiting = lane.window.lower_bound(first);
    const Key oldest = waiting == lane.window.end() ? *at_work : std::min(*at_work, waiting->first);
    const std::uint64_t sequence = oldest - first;
    work.settled[index] = box_.unsettled() ? std::min(work.settled[index], sequence) : sequence;
  }
}

std::optional<Error> Dispatcher::obstacle(const Stored& stored, Time now) const {
  if (stored.is_corrupted) return Error(Code::malformed, corrupted);
  if (stored.expires <= now) return Error(Code::deadline_exceeded, "the message expired before it was handled");
  if (stored.attempts < options_.max_attempts) return std::nullopt;
  return Error(Code::failed,
               "the process ended " + std::to_string(stored.attempts) + " times before its handler returned");
}

void Dispatcher::handled(Lane& lane, std::vector<Stored>& batch, const std::vector<Handling>& results) {
  Work& work = work_[&lane];
  --work.handlers;
  for (const Stored& stored : batch) work.running.erase(stored.key());
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
  work.news = true;
  if (!work.questions.empty()) core_.lock()->hurry();
}

void Dispatcher::failed(Lane& lane, Stored& stored, const Handling& handling) {
  if (handling.what == Handling::What::retry_after) {
    stored.again_at = internal::time_after(now(), handling.retry_after);
  } else if (handling.what != Handling::What::denied && ++stored.attempts < options_.max_attempts) {
    box_.settle({.what = Settlement::What::attempts, .id = stored.id, .attempts = stored.attempts});
    stored.again_at = now() + pause_after(stored.attempts, options_.first_retry, options_.last_retry);
  } else {
    return bury(lane, stored, *handling.error);
  }
  lane.add(std::move(stored));
}

void Dispatcher::bury(Lane& lane, const Stored& stored, const Error& error) {
  const std::string reason = std::string(to_string(error.code())) + ": " + error.what();
  log_burial("a message of " + stored.interface + "." + stored.method + " is put aside: " + reason, stored, lane.name,
             error);
  if (stored.id == 0) remember(lane, stored.key(), reason);
  box_.settle({.what = Settlement::What::bury,
               .id = stored.id,
               .bytes = size_of(stored),
               .attempts = stored.attempts,
               .reason = reason});
  work_[&lane].news = true;
}

void Dispatcher::remember(const Lane& lane, Key key, std::string reason) {
  std::map<Key, std::string>& untold = work_[&lane].untold;
  untold.insert_or_assign(key, std::move(reason));
  if (untold.size() > most_untold) untold.erase(untold.begin());
}

std::set<Key> Dispatcher::under_way(const Lane& lane) const {
  const auto work = work_.find(&lane);
  return work == work_.end() ? std::set<Key>() : work->second.running;
}

void Dispatcher::dropped(const Lane& lane, Key key, const Error& error) {
  remember(lane, key, std::string(to_string(error.code())) + ": " + error.what());
  work_[&lane].news = true;
}

void Dispatcher::ask(const std::string& sender, bool durable, Question question) {
  if (receiver() == nullptr) return question.reply(stopping());
  if (Lane* const lane = box_.find(sender, durable)) {
    work_[lane].questions.push_back(std::move(question));
    return answer(*lane, false);
  }
  std::vector<Outcome> unknown;
  for (const Delivered& message : question.messages) unknown.push_back({message.sequence, false, not_here});
  question.reply(std::move(unknown));
}

// An answer after every piece of news, be it empty: what is asked next may be about more messages.
void Dispatcher::answer(Lane& lane, bool something_new) {
  std::erase_if(work_[&lane].questions, [&](Question& question) {
    std::vector<Outcome> known;
    for (const Delivered& message : question.messages) {
      if (std::optional<Outcome> outcome = outcome_of(lane, message)) known.push_back(std::move(*outcome));
    }
    if (known.empty() && !something_new && !question.messages.empty()) return false;
    question.reply(std::move(known));
    return true;
  });
}

std::optional<Outcome> Dispatcher::outcome_of(Lane& lane, const Delivered& message) {
  const int priority = std::min<int>(message.priority, most_urgent);
  const Key key = key_of(priority, message.sequence);
  if (message.sequence > box_.seen(lane)[static_cast<std::size_t>(priority)])
    return Outcome{message.sequence, false, not_here};
  const Work& work = work_[&lane];
  if (lane.window.contains(key) || work.running.contains(key)) return std::nullopt;
  if (lane.durable) {
    if (box_.table().waits(lane.id, priority, message.sequence)) return std::nullopt;
    const std::optional<std::string> reason = box_.table().dead(lane.id, priority, message.sequence);
    if (reason) return Outcome{message.sequence, false, *reason};
  }
  const auto untold = work.untold.find(key);
  if (untold != work.untold.end()) return Outcome{message.sequence, false, untold->second};
  return Outcome{message.sequence, true, ""};
}

void Dispatcher::drop_questions() {
  for (auto& [lane, work] : work_) {
    for (Question& question : std::exchange(work.questions, {})) question.reply(stopping());
  }
}

}  // namespace rpc::queue
