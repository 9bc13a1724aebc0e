#include "publisher.h"

#include "no_signals.h"
#include "topology.h"

#include <pthread.h>

#include <array>
#include <utility>

namespace rpc::amqp {

namespace {

/// For the broker to confirm one more of what was published; how long it takes no messages does not count.
constexpr std::chrono::seconds confirmation_time{10};

/// How often the broker is to hear from this end.
constexpr std::chrono::milliseconds pulse{1'000};

/// After so many messages, or bytes, confirmations are read, and it is seen whether the broker reads.
constexpr std::size_t read_every = 64;
constexpr std::size_t bytes_unseen = std::size_t{16} << 10;

/// Messages that are published and not confirmed. There are twice as many in a batch: only at its end is there nothing
/// to publish while the broker works.
constexpr std::size_t window = 1024;

/// Metadata goes into one frame with the other properties.
constexpr std::size_t most_metadata = std::size_t{64} << 10;

/// After that it is tried again whether a server has made a queue for a priority.
constexpr std::chrono::minutes pause_for_priorities{1};

using queue::Delivery;
using queue::Outcome;
using queue::Refusal;

queue::Time now() noexcept { return std::chrono::steady_clock::now(); }

std::optional<Error> obstacle(const Delivery& message) {
  try {
    queue_of(message.interface, message.priority);
  } catch (const Error& error) {
    return error;
  }
  if (message.metadata.size() <= most_metadata) return std::nullopt;
  return Error(Code::too_large, "metadata of " + std::to_string(message.metadata.size()) +
                                    " bytes does not go by RabbitMQ: at most " + std::to_string(most_metadata) + " do");
}

/// Those that can go, and those that cannot, behind which none of equal priority may go.
struct Sorted {
  std::vector<const Delivery*> good;
  std::vector<Refusal> refused;
};

Sorted sort(const std::vector<Delivery>& messages) {
  Sorted sorted;
  std::array<bool, queue::priorities> stopped{};
  for (const Delivery& message : messages) {
    bool& held = stopped[message.priority];
    if (held) continue;
    if (const std::optional<Error> error = obstacle(message)) {
      held = true;
      sorted.refused.push_back({message.sequence, static_cast<std::uint8_t>(error->code()), error->what()});
    } else {
      sorted.good.push_back(&message);
    }
  }
  return sorted;
}

class PublishingCourier final : public queue::Courier {
 public:
  explicit PublishingCourier(std::shared_ptr<Publisher> publisher) : publisher_(std::move(publisher)) {
    publisher_->start();
  }
  ~PublishingCourier() override { publisher_->end(); }

  std::size_t most_messages() const noexcept override { return 2 * window; }
  void deliver(const std::string& sender, bool durable, std::vector<Delivery> messages, Answered done) override {
    publisher_->deliver(sender, durable, std::move(messages), std::move(done));
  }
  void outcomes(const std::string&, bool, std::vector<queue::Delivered> messages, Known done) override {
    publisher_->outcomes(messages, std::move(done));
  }

 private:
  const std::shared_ptr<Publisher> publisher_;
};

}  // namespace

std::unique_ptr<queue::Courier> publisher_to(Address address, std::stop_token stop) {
  return std::make_unique<PublishingCourier>(std::make_shared<Publisher>(std::move(address), std::move(stop)));
}

void Publisher::start() {
  on_stop_.emplace(stop_, [this] { interrupt(); });
  const internal::NoSignals none;
  thread_ = std::thread([self = shared_from_this()] {
    ::pthread_setname_np(::pthread_self(), "rpc-publisher");
    self->run();
  });
}

// An answer may hold the last that keeps a queue, and so end this, on its thread.
void Publisher::end() noexcept {
  on_stop_.reset();
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  interrupt();
  if (thread_.get_id() == std::this_thread::get_id()) {
    thread_.detach();
  } else {
    thread_.join();
  }
}

// A thread that is in the middle of something may wait for a broker that does not read.
void Publisher::interrupt() noexcept {
  const std::lock_guard lock(mutex_);
  if (busy_ && link_) link_->interrupt();
  waker_.wake();
}

void Publisher::submit(std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  tasks_.push_back(std::move(task));
  waker_.wake();
}

void Publisher::deliver(const std::string& sender, bool durable, std::vector<Delivery> messages, Answered done) {
  submit([this, sender, durable, messages = std::move(messages), done = std::move(done)] {
    done(attempt<std::vector<Refusal>>([&](Link& link) { return publish(link, sender, durable, messages); }));
  });
}

void Publisher::outcomes(const std::vector<queue::Delivered>& messages, Known done) {
  if (!messages.empty()) {
    return done(Error(Code::unimplemented,
                      "RabbitMQ has the message, and does not tell what becomes of it: only delivered() can be waited "
                      "for"));
  }
  submit([this, done = std::move(done)] {
    done(attempt<std::vector<Outcome>>([](const Link& link) -> Result<std::vector<Outcome>> {
      if (link.blocked()) return Error(Code::unavailable, "RabbitMQ takes no messages for now: " + *link.blocked());
      return std::vector<Outcome>();
    }));
  });
}

void Publisher::run() {
  while (const std::function<void()> task = next_task()) task();
}

std::function<void()> Publisher::next_task() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      busy_ = !ends_ && !tasks_.empty();
      if (ends_) return {};
      if (busy_) {
        std::function<void()> task = std::move(tasks_.front());
        tasks_.pop_front();
        return task;
      }
    }
    waker_.wait(link_ ? link_->fd() : -1, pulse);
    try {
      if (link_) read(*link_);
    } catch (const Error&) {
      replace_link(nullptr);
    }
  }
}

template <class Value>
Result<Value> Publisher::attempt(const std::function<Result<Value>(Link&)>& work) noexcept {
  try {
    if (stop_.stop_requested()) return Error(Code::cancelled, "the queue is closed");
    return work(connected());
  } catch (const Error& error) {
    replace_link(nullptr);
    return Error(Code::unavailable, error.what());
  }
}

Link& Publisher::connected() {
  if (link_) return *link_;
  auto link = std::make_unique<Link>(address_);
  link->confirm_publications();
  replace_link(std::move(link));
  return *link_;
}

void Publisher::replace_link(std::unique_ptr<Link> link) noexcept {
  {
    const std::lock_guard lock(mutex_);
    link_.swap(link);
  }
  declared_.clear();
  not_there_.clear();
  unconfirmed_.clear();
  published_ = 0;
}

// What comes back because nobody has made a queue goes again, to one that is there.
Result<std::vector<Refusal>> Publisher::publish(Link& link, const std::string& sender, bool durable,
                                                const std::vector<Delivery>& messages) {
  Sorted sorted = sort(messages);
  for (std::vector<const Delivery*> left = std::move(sorted.good); !left.empty();) {
    returned_.clear();
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (i % read_every == 0 || bytes > bytes_unseen) {
        await(link, [&] { return link.is_writable() && unconfirmed_.size() + read_every <= window; });
        bytes = 0;
      }
      publish(link, sender, durable, *left[i]);
      bytes += left[i]->arguments.size() + left[i]->metadata.size();
    }
    await(link, [this] { return unconfirmed_.empty(); });
    std::erase_if(left, [this](const Delivery* message) { return !returned_.contains(message->sequence); });
  }
  return std::move(sorted.refused);
}

void Publisher::publish(Link& link, const std::string& sender, bool durable, const Delivery& message) {
  link.publish(queue_for(link, message), {.sender = sender,
                                          .sequence = message.sequence,
                                          .interface = message.interface,
                                          .method = message.method,
                                          .priority = message.priority,
                                          .durable = durable,
                                          .milliseconds = message.milliseconds,
                                          .metadata = message.metadata,
                                          .body = message.arguments});
  unconfirmed_.insert(++published_);
}

// Servers know which priorities their methods have, and make queues for these. Others go with the ordinary messages.
std::string Publisher::queue_for(Link& link, const Delivery& message) {
  std::string queue = queue_of(message.interface, message.priority);
  if (message.priority != 0) {
    const auto found = not_there_.find(queue);
    if (found == not_there_.end() || found->second <= now()) return queue;
    queue = queue_of(message.interface, 0);
  }
  if (!declared_.contains(queue)) {
    declare_queue(link, queue);
    declared_.insert(queue);
  }
  return queue;
}

// A broker that is short of nothing, and gets no further all the same, has lost track of what this connection sent: so
// it is in a cluster at times when a queue's leader changes.
void Publisher::await(Link& link, const std::function<bool()>& reached) {
  queue::Time until = now() + confirmation_time;
  std::size_t left = unconfirmed_.size();
  for (read(link); !reached(); read(link)) {
    if (stop_.stop_requested()) throw Error(Code::cancelled, "the queue is closed");
    if (link.blocked() || std::exchange(left, unconfirmed_.size()) != unconfirmed_.size())
      until = now() + confirmation_time;
    if (now() >= until) throw Error(Code::unavailable, "RabbitMQ does not confirm what was published");
    waker_.wait(link.fd(), pulse);
  }
}

void Publisher::read(Link& link) {
  while (const std::optional<Event> event = link.read()) {
    if (const auto* confirmation = std::get_if<Confirmation>(&*event)) confirmed(*confirmation);
    if (const auto* message = std::get_if<Returned>(&*event)) returned(*message);
  }
}

// What comes behind a message that was not stored is stored, or refused as well: RabbitMQ 3.10 may refuse everything by
// a connection that it accepted while a queue had no leader, for as long as that is there. A new one is of use.
void Publisher::confirmed(const Confirmation& confirmation) {
  if (!confirmation.stored) throw Error(Code::unavailable, "RabbitMQ did not store a message");
  if (confirmation.multiple) {
    unconfirmed_.erase(unconfirmed_.begin(), unconfirmed_.upper_bound(confirmation.tag));
  } else {
    unconfirmed_.erase(confirmation.tag);
  }
}

void Publisher::returned(const Returned& message) {
  returned_.insert(message.sequence);
  if (declared_.erase(message.queue) == 0) not_there_[message.queue] = now() + pause_for_priorities;
}

}  // namespace rpc::amqp
