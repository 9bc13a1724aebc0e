// A queue at work: one thread that reads and writes the database, and sees that messages leave the outbox and reach
// their handlers. What other threads want written they submit; all that was submitted while the last transaction was
// being written goes into the next one.
//
//   auto core = std::make_shared<Core>(options);
//   core->start();
//   core->submit(job);          // job.done() when it is on the disk
//   core->stop();
#pragma once

#include "log.h"
#include "queue/database.h"
#include "queue/dispatcher.h"
#include "queue/folder.h"
#include "queue/forwarder.h"

#include <rpc/error.h>
#include <rpc/metrics.h>
#include <rpc/queue.h>
#include <rpc/queue_control.h>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

namespace rpc::queue {

/// What is to be written. Both run on the queue's thread.
class Job {
 public:
  /// In a transaction, perhaps several times, until one succeeds. Throws Error when that cannot be.
  virtual void apply() = 0;

  /// Once: it is on the disk, or why it is not. The job may be gone afterwards.
  virtual void done(const Error* error) noexcept = 0;

  /// It needs everything that is known on the disk before it, and a transaction of its own, in which it runs once.
  virtual bool alone() const noexcept { return false; }

 protected:
  ~Job() = default;
};

class Core : public std::enable_shared_from_this<Core> {
 public:
  /// Opens the queue. Throws Error (not_stored).
  explicit Core(const QueueOptions& options) : Core(options, Folder(options.folder)) {}
  Core(const QueueOptions& options, Folder folder);

  void start();
  bool is_started() const noexcept { return started_; }

  /// Writes what was submitted, gives up what is on its way, ends the thread, and closes the files.
  void stop() noexcept;

  // Any thread. After stop() a job fails and a task is dropped.
  void submit(Job& job);
  void post(std::function<void()> task);

  /// As it was when the thread had last done something. Any thread.
  QueueMetrics metrics() const;

  const QueueOptions& options() const noexcept { return options_; }
  std::string control_path() const { return folder_->control_path(); }  // before stop()
  Forwarder& forwarder() noexcept { return forwarder_; }
  Dispatcher& dispatcher() noexcept { return dispatcher_; }

  // The queue's thread, or who has opened a queue that is not started.

  /// Does a job that is alone.
  void perform(Job& job) noexcept;

  const std::string& path() const noexcept { return folder_->path(); }
  Database& database() noexcept { return *database_; }
  Box& box(QueueBox which) noexcept { return which == QueueBox::outbox ? forwarder_.box() : dispatcher_.box(); }
  bool unsettled() const noexcept;

  /// The number of a message of this queue; none is used twice, also after a crash.
  std::uint64_t next_sequence() noexcept { return ++sequence_; }

  /// Why so many bytes do not fit into the quota, if so.
  std::optional<Error> over_quota(std::size_t bytes) const;

  /// Has what is settled written now, not when there is company; then there is more to do.
  void hurry() noexcept { settle_at_ = std::min(settle_at_, failed_until_); }

  std::uint64_t last_sequence() const noexcept { return sequence_; }

  std::string read_state(const char* key);
  void write_state(const char* key, std::string_view value);

 private:
  void run();
  void work(std::vector<Job*>& jobs, std::vector<std::function<void()>>& tasks);
  void write(std::vector<Job*>& jobs);
  std::optional<Error> transaction(std::span<Job* const> jobs, bool settled) noexcept;
  void settle();
  Database& prepared();
  void read_states();
  void close() noexcept;
  void note_quota() noexcept;
  void note_metrics();

  const QueueOptions options_;
  std::optional<Folder> folder_;  // as all of the database, until the thread ends
  std::optional<Database> database_;
  std::optional<Statement> read_state_;
  std::optional<Statement> write_state_;
  Forwarder forwarder_;
  Dispatcher dispatcher_;
  std::uint64_t sequence_ = 0;
  std::uint64_t written_sequence_ = 0;
  Time settle_at_ = never;
  Time failed_until_{};  // nothing could be settled, and is not tried again before
  Time wake_at_{};
  internal::LogLimit failures_{1};

  std::thread thread_;
  bool started_ = false;
  mutable std::mutex mutex_;  // for what follows
  std::condition_variable changed_;
  std::vector<Job*> jobs_;
  std::vector<std::function<void()>> tasks_;
  bool stopping_ = false;
  QueueMetrics metrics_;
};

}  // namespace rpc::queue
