#include "worker.h"

#include "log.h"
#include "net/engine.h"
#include "no_signals.h"
#include "queue/retry.h"
#include "topology.h"

#include <rpc/future.h>

#include <pthread.h>

#include <algorithm>
#include <set>
#include <thread>
#include <utility>

namespace rpc::amqp {

namespace {

/// Messages that the broker gives before the first of them is acknowledged, of each queue.
constexpr std::uint16_t prefetch = 256;

/// How often the broker is to hear from this end.
constexpr std::chrono::milliseconds pulse{1'000};

/// A broker that cannot be reached is tried again soon: it may be back at any time.
constexpr std::chrono::milliseconds last_pause{5'000};

/// For the broker to notice that a connection is lost.
constexpr std::chrono::seconds time_to_notice{5};
constexpr std::chrono::milliseconds pause_to_notice{20};

queue::Time now() noexcept { return std::chrono::steady_clock::now(); }

/// Of every interface also the one for messages whose priority has none.
std::set<std::string> queues_of(const MessageReceiver& receiver) {
  std::set<std::string> queues;
  for (const MessageTopic& topic : receiver.topics()) {
    queues.insert(queue_of(topic.interface, 0));
    queues.insert(queue_of(topic.interface, topic.priority));
  }
  return queues;
}

}  // namespace

/// A handler on a thread of the engine. Deletes itself.
class Worker::Handler final : public internal::Continuation {
 public:
  // The item stays where it is until the worker hears that this is done.
  Handler(std::shared_ptr<Worker> worker, std::string strand, const Item& item, std::uint64_t settled)
      : Continuation{&run_it}, worker_(std::move(worker)), strand_(std::move(strand)), item_(item), settled_(settled) {}

 private:
  static void run_it(Continuation& self) noexcept {
    Handler& handler = static_cast<Handler&>(self);
    handler.worker_->finish({handler.strand_, handler.item_.envelope.sequence, handler.handle()});
    delete &handler;
  }

  Handling handle() const noexcept {
    const Envelope& envelope = item_.envelope;
    const Peer broker{.address = worker_->address_.text};
    std::optional<Error> refusal =
        worker_->receiver_->refusal(envelope.interface, envelope.method, broker, envelope.metadata);
    if (refusal && refusal->code() == Code::denied)
      return {.what = Handling::What::denied, .error = std::move(refusal)};
    return worker_->receiver_->handle({.sender = strand_,
                                       .interface = envelope.interface,
                                       .method = envelope.method,
                                       .metadata = envelope.metadata,
                                       .body = envelope.body,
                                       .attempt = envelope.returned + item_.failures + 1,
                                       .priority = envelope.priority,
                                       .sequence = envelope.sequence,
                                       .settled = settled_});
  }

  const std::shared_ptr<Worker> worker_;
  const std::string strand_;
  const Item& item_;
  const std::uint64_t settled_;
};

Worker::Worker(Address address, internal::Ref<queue::SqliteQueue> queue, std::shared_ptr<MessageReceiver> receiver)
    : address_(std::move(address)),
      queue_(std::move(queue)),
      options_(queue_->core()->options()),
      receiver_(std::move(receiver)),
      handled_(queue_->core()) {}

void Worker::start() {
  try {
    connect();
  } catch (const Refused&) {
    throw;
  } catch (const Error& error) {
    disconnected(error);
  }
  ended_ = false;
  const internal::NoSignals none;
  std::thread([self = shared_from_this()] {
    ::pthread_setname_np(::pthread_self(), "rpc-consumer");
    self->run();
  }).detach();
}

void Worker::stop(queue::Time until) noexcept {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  waker_.wake();
  changed_.wait_until(lock, until, [this] { return ended_; });
}

void Worker::run() noexcept {
  for (queue::Time next = now();;) {
    const auto most = std::chrono::ceil<std::chrono::milliseconds>(next - now());
    waker_.wait(link_ ? link_->fd() : -1, std::clamp(most, std::chrono::milliseconds(0), pulse));
    std::unique_lock lock(mutex_);
    const bool stopping = stopping_;
    const std::vector<Done> done = std::exchange(done_, {});
    const std::vector<Noted> noted = std::exchange(noted_, {});
    lock.unlock();
    try {
      settle(done, noted);
      if (!stopping) look_after_link();
      if (link_) read();
    } catch (const Error& error) {
      disconnected(error);
    }
    if (stopping && pending_ == 0) break;
    next = stopping ? queue::never : std::min(begin(), link_ ? queue::never : connect_at_);
  }
  link_.reset();
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void Worker::look_after_link() {
  if (!link_ && connect_at_ <= now()) connect();
}

// What the lost connection had comes after all else for as long as the broker takes that for alive. Where there are
// other consumers no order is promised.
void Worker::connect() {
  auto link = std::make_unique<Link>(address_);
  const queue::Time until = connection_ == 0 ? queue::Time{} : now() + time_to_notice;
  for (const std::string& queue : queues_of(*receiver_)) {
    while (declare_queue(*link, queue) != 0 && now() < until) std::this_thread::sleep_for(pause_to_notice);
    link->consume(queue, prefetch);
  }
  link_ = std::move(link);
  ++connection_;
  failures_ = 0;
  problem_.clear();
}

// The broker gives again what was not acknowledged, to this consumer or to another one.
void Worker::disconnected(const Error& error) {
  link_.reset();
  if (std::exchange(problem_, error.what()) != error.what())
    internal::log(Severity::warning, "no messages from " + address_.text + " for now: " + error.what());
  connect_at_ =
      now() + queue::pause_after(++failures_, options_.first_retry, std::min(last_pause, options_.last_retry));
  for (auto& [name, strand] : strands_) {
    std::erase_if(strand.items, [&strand](const auto& each) { return !strand.running.contains(each.first); });
    for (auto& [sequence, item] : strand.items) item.tags.clear();
  }
}

void Worker::read() {
  while (std::optional<Event> event = link_->read()) {
    if (auto* const arrival = std::get_if<Arrival>(&*event)) take(std::move(*arrival));
  }
}

void Worker::take(Arrival arrival) {
  if (!arrival.envelope) return link_->reject(arrival.tag);
  Envelope& envelope = *arrival.envelope;
  const std::string name = envelope.sender + " by " + arrival.queue;
  if (handled_.contains(name, envelope.sequence)) return link_->acknowledge(arrival.tag);
  Strand& strand = strands_[name];
  Item& item = strand.items[envelope.sequence];
  item.tags.push_back(arrival.tag);
  if (!strand.running.contains(envelope.sequence)) item.envelope = std::move(envelope);
}

void Worker::settle(const std::vector<Done>& done, const std::vector<Noted>& noted) {
  pending_ -= done.size() + noted.size();
  std::optional<Error> lost;
  for (const Done& each : done) {
    try {
      settle(each);
    } catch (const Error& error) {
      lost = error;
    }
  }
  if (lost) throw *lost;
  for (const Noted& each : noted) {
    if (!link_ || each.connection != connection_) continue;
    for (const std::uint64_t tag : each.tags) link_->acknowledge(tag);
  }
}

void Worker::settle(const Done& done) {
  Strand& strand = strands_[done.strand];
  strand.running.erase(done.sequence);
  const auto found = strand.items.find(done.sequence);
  Item& item = found->second;
  const Handling::What what = done.handling.what;
  if (what == Handling::What::handled || what == Handling::What::discarded) {
    handled(done.strand, item);
    strand.items.erase(found);
  } else if (item.tags.empty() || !failed(item, done.handling)) {
    std::vector<std::uint64_t> tags = std::move(item.tags);
    strand.items.erase(found);
    for (const std::uint64_t tag : tags) link_->reject(tag);
  }
}

void Worker::handled(const std::string& name, Item& item) {
  Noted noted{connection_, std::move(item.tags)};
  ++pending_;
  if (!item.envelope.durable) {
    handled_.remember(name, item.envelope.sequence);
    return this->noted(std::move(noted), nullptr);
  }
  handled_.note(name, item.envelope.sequence,
                [self = shared_from_this(), noted](const Error* error) { self->noted(noted, error); });
}

/// Whether it is tried again.
bool Worker::failed(Item& item, const Handling& handling) {
  if (handling.what == Handling::What::retry_after) {
    item.again_at = internal::time_after(now(), handling.retry_after);
    return true;
  }
  if (handling.what != Handling::What::denied && ++item.failures < options_.max_attempts) {
    item.again_at = now() + queue::pause_after(item.failures, options_.first_retry, options_.last_retry);
    return true;
  }
  internal::log(Severity::error, "a message of " + item.envelope.interface + "." + item.envelope.method +
                                     " goes to the dead letters of " + address_.text + ": " + handling.error->what());
  return false;
}

/// Gives the time when there is more to do.
queue::Time Worker::begin() {
  queue::Time next = queue::never;
  std::erase_if(strands_, [](const auto& each) { return each.second.items.empty(); });
  for (auto& [name, strand] : strands_) next = std::min(next, begin(name, strand));
  return next;
}

// Where one at a time is handled, those behind it wait for its next attempt, too.
queue::Time Worker::begin(const std::string& name, Strand& strand) {
  queue::Time next = queue::never;
  for (const auto& [sequence, item] : strand.items) {
    if (strand.running.size() >= options_.concurrency) return next;
    if (strand.running.contains(sequence)) continue;
    if (item.again_at <= now()) {
      strand.running.insert(sequence);
      ++pending_;
      net::Engine::get().next_loop().post(*new Handler(shared_from_this(), name, item, handled_.settled(name)));
    } else {
      next = std::min(next, item.again_at);
      if (options_.concurrency == 1) return next;
    }
  }
  return next;
}

void Worker::finish(Done done) noexcept {
  const std::lock_guard lock(mutex_);
  done_.push_back(std::move(done));
  waker_.wake();
}

// A note that could not be written is missed only if the message comes again.
void Worker::noted(Noted noted, const Error* error) noexcept {
  if (error != nullptr) internal::log(Severity::error, "what was handled is not noted: " + std::string(error->what()));
  const std::lock_guard lock(mutex_);
  noted_.push_back(std::move(noted));
  waker_.wake();
}

}  // namespace rpc::amqp
