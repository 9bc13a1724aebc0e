#include "handled.h"

#include "queue/waiting_job.h"

#include <utility>

namespace rpc::amqp {

namespace {

using Use = std::function<void(std::string_view sender, std::uint64_t sequence)>;

constexpr const char* schema =
    "CREATE TABLE IF NOT EXISTS broker_handled(id INTEGER PRIMARY KEY, sender TEXT NOT NULL, sequence INTEGER NOT NULL, "
    "UNIQUE(sender, sequence))";

/// Gives them in the order in which they were noted.
class Reading final : public queue::WaitingJob {
 public:
  Reading(queue::Core& core, Use use) : core_(core), use_(std::move(use)) {}

  bool alone() const noexcept override { return true; }
  void apply() override {
    core_.database().execute(schema);
    queue::Statement rows(core_.database(), "SELECT sender, sequence FROM broker_handled ORDER BY id");
    while (rows.step()) use_(rows.text(0), static_cast<std::uint64_t>(rows.integer(1)));
  }
  void done(const Error* error) noexcept override { finish(error); }

 private:
  queue::Core& core_;
  const Use use_;
};

/// Deletes itself.
class Noting final : public queue::Job {
 public:
  Noting(queue::Core& core, std::string sender, std::uint64_t sequence, std::uint64_t forgotten, Handled::Noted noted)
      : core_(core),
        sender_(std::move(sender)),
        sequence_(static_cast<std::int64_t>(sequence)),
        forgotten_(static_cast<std::int64_t>(forgotten)),
        noted_(std::move(noted)) {}

  void apply() override {
    change("INSERT INTO broker_handled(sender, sequence) VALUES(?, ?) ON CONFLICT DO NOTHING", sequence_);
    if (forgotten_ != 0) change("DELETE FROM broker_handled WHERE sender = ? AND sequence = ?", forgotten_);
  }
  void done(const Error* error) noexcept override {
    noted_(error);
    delete this;
  }

 private:
  ~Noting() = default;

  void change(const char* sql, std::int64_t sequence) {
    queue::Statement(core_.database(), sql).bind(std::string_view(sender_)).bind(sequence).run();
  }

  queue::Core& core_;
  const std::string sender_;
  const std::int64_t sequence_;
  const std::int64_t forgotten_;
  const Handled::Noted noted_;
};

}  // namespace

Handled::Handled(std::shared_ptr<queue::Core> core) : core_(std::move(core)) {
  Reading reading(*core_,
                  [this](std::string_view sender, std::uint64_t sequence) { add(std::string(sender), sequence); });
  core_->submit(reading);
  reading.wait();
}

bool Handled::contains(const std::string& sender, std::uint64_t sequence) const {
  const auto found = senders_.find(sender);
  return found != senders_.end() && found->second.sequences.contains(sequence);
}

std::uint64_t Handled::settled(const std::string& sender) const {
  const auto found = senders_.find(sender);
  return found == senders_.end() ? 0 : *found->second.sequences.begin();
}

void Handled::note(const std::string& sender, std::uint64_t sequence, Noted noted) {
  const std::uint64_t forgotten = add(sender, sequence);
  core_->submit(*new Noting(*core_, sender, sequence, forgotten, std::move(noted)));
}

void Handled::remember(const std::string& sender, std::uint64_t sequence) { add(sender, sequence); }

std::uint64_t Handled::add(const std::string& sender, std::uint64_t sequence) {
  Sender& all = senders_[sender];
  if (!all.sequences.insert(sequence).second) return 0;
  all.by_age.push_back(sequence);
  if (all.by_age.size() <= most_kept) return 0;
  const std::uint64_t forgotten = all.by_age.front();
  all.by_age.pop_front();
  all.sequences.erase(forgotten);
  return forgotten;
}

}  // namespace rpc::amqp
