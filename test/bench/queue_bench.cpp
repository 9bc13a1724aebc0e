// What it costs to store a message durably, as the ratio to a bare log that does the least a queue could: threads that
// append to a file, of which one writes and calls fdatasync for all that wait. Then how many messages a second get all
// the way, from the call to the end of the handler, with two queues in this process.
//
//   queue_bench [folder]        on the disk that is to be measured; default: the current folder
//
// Bar: half of what the log does, with 1 and with 64 threads; 50,000 messages a second all the way where the disk is
// fast enough. Rounds of log and queue alternate; the medians count.
#include <rpc/message.h>
#include <rpc/server.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/queue/ledger.h"

namespace {

constexpr std::size_t message_size = 100;
constexpr int rounds = 5;
constexpr std::chrono::milliseconds round_time{700};

/// The least there is to do: all that came while the last write was under way is written at once.
class BareLog {
 public:
  explicit BareLog(const std::string& path) : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {
    if (file_ < 0) std::perror(path.c_str()), std::exit(1);
    writer_ = std::thread([this] { write_all(); });
  }
  ~BareLog() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
      wanted_.notify_one();
    }
    writer_.join();
    ::close(file_);
  }
  BareLog(const BareLog&) = delete;
  BareLog& operator=(const BareLog&) = delete;

  void append(const std::string& text) {
    std::unique_lock lock(mutex_);
    buffer_ += text;
    const std::uint64_t mine = next_;
    wanted_.notify_one();
    written_.wait(lock, [&] { return done_ > mine; });
  }

 private:
  void write_all() {
    std::unique_lock lock(mutex_);
    for (;;) {
      wanted_.wait(lock, [this] { return stopped_ || !buffer_.empty(); });
      if (stopped_) return;
      std::string batch = std::exchange(buffer_, {});
      ++next_;
      lock.unlock();
      if (::write(file_, batch.data(), batch.size()) < 0 || ::fdatasync(file_) != 0) std::abort();
      lock.lock();
      done_ = next_;
      written_.notify_all();
    }
  }

  const int file_;
  std::thread writer_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  std::condition_variable written_;
  std::string buffer_;
  std::uint64_t next_ = 0;  // batches begun
  std::uint64_t done_ = 0;  // and written
  bool stopped_ = false;
};

/// How often a second `threads` threads together do it.
template <class Work>
double rate(int threads, Work work) {
  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> count = 0;
  std::vector<std::thread> all;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < threads; ++i) {
    all.emplace_back([&] {
      std::uint64_t mine = 0;
      for (; !stop.load(std::memory_order_relaxed); ++mine) work();
      count += mine;
    });
  }
  std::this_thread::sleep_for(round_time);
  stop = true;
  for (std::thread& thread : all) thread.join();
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began;
  return static_cast<double>(count.load()) / time.count();
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

void compare_stores(const std::string& folder, int threads) {
  const std::string text(message_size, 'x');
  std::vector<double> logs;
  std::vector<double> queues;
  BareLog log(folder + "/log");
  const rpc::Queue queue = rpc::open_queue({.folder = folder + "/queue", .max_bytes = std::uint64_t{1} << 40});
  const LedgerClient client(rpc::connect("unix:" + folder + "/nobody", {.queue = queue}));
  for (int round = 0; round < rounds; ++round) {
    logs.push_back(rate(threads, [&] { log.append(text); }));
    queues.push_back(rate(threads, [&] { client.record(text); }));
  }
  std::printf("%3d threads  log %9.0f/s  queue %9.0f/s  %.2f x\n", threads, median(logs), median(queues),
              median(queues) / median(logs));
}

void measure_all_the_way(const std::string& folder, int threads) {
  const std::string text(message_size, 'x');
  std::atomic<std::uint64_t> handled = 0;
  const auto ledger = std::make_shared<Ledger>();
  ledger->on_text = [&](const std::string&) { handled.fetch_add(1, std::memory_order_relaxed); };
  const rpc::Queue inbox = rpc::open_queue({.folder = folder + "/inbox"});
  rpc::Server server({.queue = inbox});
  server.serve<Ledger>(ledger);
  server.listen("unix:" + folder + "/s");
  const rpc::Queue outbox = rpc::open_queue({.folder = folder + "/outbox"});
  const LedgerClient client(rpc::connect("unix:" + folder + "/s", {.queue = outbox}));
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t before = handled;
    std::atomic<std::uint64_t> sent = 0;
    const auto began = std::chrono::steady_clock::now();
    rate(threads, [&] {
      client.record(text);
      ++sent;
    });
    while (handled - before < sent) std::this_thread::yield();
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - began;
    rates.push_back(static_cast<double>(sent.load()) / time.count());
  }
  std::printf("%3d threads  all the way %9.0f/s\n", threads, median(rates));
}

}  // namespace

int main(int count, char** arguments) {
  std::string folder = (std::filesystem::absolute(count > 1 ? arguments[1] : ".") / "queue-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return std::perror(folder.c_str()), 1;
  for (const int threads : {1, 64}) compare_stores(folder, threads);
  for (const int threads : {1, 64}) measure_all_the_way(folder, threads);
  std::filesystem::remove_all(folder);
}
