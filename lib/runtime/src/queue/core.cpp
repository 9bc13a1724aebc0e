#include "queue/core.h"

#include "no_signals.h"
#include "queue/sender.h"

#include <pthread.h>

#include <algorithm>
#include <charconv>
#include <new>
#include <utility>

namespace rpc::queue {

namespace {

/// How long what need not be on the disk at once waits for company.
constexpr std::chrono::milliseconds gathering_time{10};

/// Before what could not be written is tried again.
constexpr std::chrono::seconds pause_after_failure{1};

/// In one transaction.
constexpr std::size_t most_jobs = 8192;

constexpr const char* state_schema =
    "CREATE TABLE IF NOT EXISTS state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

constexpr const char* format = "2";

Time now() noexcept { return std::chrono::steady_clock::now(); }

Error closed() { return Error(Code::not_stored, "the queue is closed"); }

BoxMetrics metrics_of(const Totals& totals) {
  return {.waiting = totals.count - totals.dead, .dead = totals.dead, .bytes = totals.bytes};
}

}  // namespace

Core::Core(const QueueOptions& options, Folder folder)
    : options_(options),
      folder_(std::move(folder)),
      database_(folder_->file()),
      forwarder_(*this, prepared()),
      dispatcher_(*this, *database_) {
  if (options.concurrency == 0)
    throw Error(Code::not_stored, "QueueOptions::concurrency is 0: nothing would be handled");
  read_states();
}

// Tables that are there are not written to, and those of another version are not looked at.
Database& Core::prepared() {
  database_->execute(("BEGIN;" + std::string(state_schema)).c_str());
  read_state_.emplace(*database_, "SELECT value FROM state WHERE key = ?");
  write_state_.emplace(*database_, "INSERT INTO state VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2");
  const std::string found = read_state("format");
  if (!found.empty() && found != format) {
    throw Error(Code::not_stored, folder_->file() + ": it was written by another version, whose format is " + found +
                                      "; this one reads " + format);
  }
  if (found.empty()) {
    write_state("format", format);
    write_state("sender", new_sender());
    write_state("max_bytes", std::to_string(options_.max_bytes));
  }
  database_->execute((Table::schema("outbox") + Table::schema("inbox") + "COMMIT").c_str());
  return *database_;
}

void Core::read_states() {
  const std::string sequence = read_state("sequence");
  std::from_chars(sequence.data(), sequence.data() + sequence.size(), sequence_);
  written_sequence_ = sequence_;
  forwarder_.set_sender(read_state("sender"));
  dispatcher_.set_careful(read_state("handling") == "1");
}

std::string Core::read_state(const char* key) {
  std::string value;
  read_state_->bind(std::string_view(key));
  if (read_state_->step()) value = read_state_->text(0);
  read_state_->reset();
  return value;
}

void Core::write_state(const char* key, std::string_view value) {
  write_state_->bind(std::string_view(key)).bind(value).run();
}

// For who looks at the queue while it is closed: nobody fails for its sake.
void Core::note_quota() noexcept try {
  const std::string quota = std::to_string(options_.max_bytes);
  if (read_state("max_bytes") != quota) write_state("max_bytes", quota);
} catch (const Error&) {
  return;
}

// Under the lock.
void Core::note_metrics() {
  metrics_.outbox = metrics_of(forwarder_.box().totals());
  metrics_.inbox = metrics_of(dispatcher_.box().totals());
}

QueueMetrics Core::metrics() const {
  const std::lock_guard lock(mutex_);
  return metrics_;
}

void Core::start() {
  started_ = true;
  note_quota();
  metrics_ = {.folder = path(), .max_bytes = options_.max_bytes};
  note_metrics();
  forwarder_.set_core(weak_from_this());
  dispatcher_.set_core(weak_from_this());
  const internal::NoSignals none;  // which the thread has from this one
  thread_ = std::thread([self = shared_from_this()] {
    ::pthread_setname_np(::pthread_self(), "rpc-queue");
    self->run();
    self->close();
  });
}

void Core::stop() noexcept {
  forwarder_.give_up();
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_one();
  }
  // The queue's own thread may be the last to let go of a server, and that of the queue.
  if (thread_.get_id() == std::this_thread::get_id()) {
    thread_.detach();
  } else if (thread_.joinable()) {
    thread_.join();
  }
}

void Core::submit(Job& job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      jobs_.push_back(&job);
      if (jobs_.size() == 1) changed_.notify_one();
      return;
    }
  }
  const Error error = closed();
  job.done(&error);
}

void Core::post(std::function<void()> task) {
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  tasks_.push_back(std::move(task));
  changed_.notify_one();
}

void Core::run() {
  std::vector<Job*> jobs;
  std::vector<std::function<void()>> tasks;
  std::unique_lock lock(mutex_);
  for (;;) {
    const auto ready = [this] { return stopping_ || !jobs_.empty() || !tasks_.empty(); };
    if (wake_at_ == never) {
      changed_.wait(lock, ready);
    } else {
      changed_.wait_until(lock, wake_at_, ready);
    }
    const bool last = stopping_;
    jobs.swap(jobs_);
    tasks.swap(tasks_);
    lock.unlock();
    work(jobs, tasks);
    if (last) break;
    lock.lock();
    note_metrics();
  }
}

void Core::close() noexcept {
  settle();
  forwarder_.close();
  dispatcher_.close();
  read_state_.reset();
  write_state_.reset();
  database_.reset();
  folder_.reset();
}

void Core::work(std::vector<Job*>& jobs, std::vector<std::function<void()>>& tasks) {
  for (const std::function<void()>& task : tasks) task();
  tasks.clear();
  write(jobs);
  jobs.clear();
  const Time at = now();
  wake_at_ = std::min(forwarder_.go(at), dispatcher_.go(at));
  if (unsettled() && settle_at_ == never) settle_at_ = at + gathering_time;
  wake_at_ = std::min(wake_at_, settle_at_);
}

bool Core::unsettled() const noexcept { return forwarder_.unsettled() || dispatcher_.unsettled(); }

// What was done before is written with what is new, or by itself when it has waited long enough.
void Core::write(std::vector<Job*>& jobs) {
  if (jobs.empty()) {
    if (settle_at_ <= now()) settle();
    return;
  }
  std::erase_if(jobs, [this](Job* job) {
    const bool alone = job->alone();  // before it is done, and gone
    if (alone) perform(*job);
    return alone;
  });
  for (std::span<Job* const> rest(jobs); !rest.empty();) {
    const std::span<Job* const> some = rest.first(std::min(rest.size(), most_jobs));
    rest = rest.subspan(some.size());
    const bool failed = transaction(some, true).has_value();
    // One that cannot be written fails alone.
    for (Job* job : some) {
      const std::optional<Error> own = failed ? transaction(std::span(&job, 1), false) : std::nullopt;
      job->done(own ? &*own : nullptr);
    }
  }
}

void Core::perform(Job& job) noexcept {
  settle();
  Job* const only = &job;
  const std::optional<Error> error = transaction(std::span(&only, 1), false);
  job.done(error ? &*error : nullptr);
}

void Core::settle() {
  settle_at_ = never;
  if (!unsettled()) return;
  const std::optional<Error> error = transaction({}, true);
  failed_until_ = error ? now() + pause_after_failure : Time{};
  if (!error) return;
  settle_at_ = failed_until_;
  if (failures_.admit(now())) internal::log(Severity::error, error->what());
}

std::optional<Error> Core::transaction(std::span<Job* const> jobs, bool settled) noexcept {
  try {
    database_->execute("BEGIN");
    for (Job* job : jobs) job->apply();
    if (settled) {
      forwarder_.write_settled();
      dispatcher_.write_settled();
    }
    if (sequence_ != written_sequence_) write_state("sequence", std::to_string(sequence_));
    database_->execute("COMMIT");
    written_sequence_ = sequence_;
    if (settled) settle_at_ = never;
    forwarder_.committed();
    dispatcher_.committed();
    return std::nullopt;
  } catch (const Error& error) {
    database_->rollback();
    forwarder_.rolled_back();
    dispatcher_.rolled_back();
    return error;
  } catch (const std::bad_alloc&) {
    database_->rollback();
    forwarder_.rolled_back();
    dispatcher_.rolled_back();
    return Error(Code::not_stored, "out of memory");
  }
}

std::optional<Error> Core::over_quota(std::size_t bytes) const {
  const std::uint64_t used = forwarder_.bytes() + dispatcher_.bytes();
  if (used + bytes <= options_.max_bytes) return std::nullopt;
  return Error(Code::overloaded, "the queue in " + folder_->path() + " is full: QueueOptions::max_bytes of " +
                                     std::to_string(options_.max_bytes) + " bytes is used up");
}

}  // namespace rpc::queue
