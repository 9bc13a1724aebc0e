// An interface of messages, with stubs as generated code has them, and what a test needs around it.
//
//   Ledger ledger;                                   // keeps what it is told
//   LedgerClient client(rpc::connect(url, {.queue = queue}));
//   client.record("a");
#pragma once

#include <rpc/message.h>
#include <rpc/server.h>
#include <rpc/stub.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/net/running.h"

/// Keeps what it is told, after doing with it what the test wants.
class Ledger {
 public:
  void tell(std::string_view text) {
    if (on_text) on_text(std::string(text));
    if (!keeps_texts) return;
    const std::lock_guard lock(mutex_);
    texts_.emplace_back(text);
  }

  std::vector<std::string> texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return texts_.size();
  }

  std::function<void(const std::string& text)> on_text;
  bool keeps_texts = true;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

class LedgerClient {
 public:
  explicit LedgerClient(rpc::Channel channel, const rpc::CallOptions& options = {});

  void record(std::string_view text) const { store(0, text); }
  rpc::Receipt async_record(std::string_view text) const { return send(0, text); }
  void urgent(std::string_view text) const { store(1, text); }
  void note(std::string_view text) const { store(2, text); }
  rpc::Receipt async_note(std::string_view text) const { return send(2, text); }
  rpc::Receipt async_brief(std::string_view text) const { return send(3, text); }
  void hourly(std::string_view text) const { store(4, text); }
  rpc::Receipt async_gone(std::string_view text) const { return send(5, text); }

 private:
  void store(std::uint16_t method, std::string_view text) const;
  rpc::Receipt send(std::uint16_t method, std::string_view text) const;

  rpc::Stub stub_;
};

template <>
struct rpc::Interface<Ledger> {
  static Skeleton skeleton(Ledger& server);
};

/// A folder in memory where there is one: tests write to the disk thousands of times, and no power fails.
class QueueFolder : public Folder {
 public:
  QueueFolder()
      : Folder(std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path()) {}
};

/// Retries that no test has to wait for.
inline rpc::QueueOptions options_in(const std::string& folder, unsigned concurrency = 1) {
  return {.folder = folder, .max_attempts = 3, .concurrency = concurrency, .first_retry = 1ms, .last_retry = 2ms};
}

/// A server and its queue, which can be stopped and started again in the same place.
class LedgerServer {
 public:
  LedgerServer(const Folder& folder, std::shared_ptr<Ledger> ledger, unsigned concurrency = 1)
      : queue_(rpc::open_queue(options_in(folder.socket("inbox"), concurrency))), server_({.queue = queue_}) {
    server_.serve<Ledger>(std::move(ledger));
    server_.listen(folder.url());
  }

  rpc::Server& operator*() { return server_; }

 private:
  rpc::Queue queue_;
  rpc::Server server_;
};
