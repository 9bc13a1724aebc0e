// What it costs to store a message durably, as the ratio to a bare log that does the least a queue could: threads that
// append to a file, of which one writes and calls fdatasync for all that wait. Then how many messages a second get all
// the way, from the call to the end of the handler, with two queues in this process; and what a million messages cost
// that wait for a server.
//
//   queue_bench [folder]        on the disk that is to be measured; default: the current folder
//
// Bar: half of what the log does, with 1 and with 64 threads; 50,000 messages a second all the way where the log does
// as much; memory that does not grow with what waits, and 2 s to open a million. Rounds of log and queue alternate; the
// medians count.
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
#include <fstream>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "bench/measure.h"
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

/// Gives what the log does in a second.
double compare_stores(const std::string& folder, int threads) {
  const std::string text(message_size, 'x');
  std::vector<double> logs;
  std::vector<double> queues;
  BareLog log(folder + "/log" + std::to_string(threads));
  const rpc::Queue queue =
      rpc::open_queue({.folder = folder + "/queue" + std::to_string(threads), .max_bytes = std::uint64_t{1} << 40});
  const LedgerClient client(rpc::connect("unix:" + folder + "/nobody", {.queue = queue}));
  for (int round = 0; round < rounds; ++round) {
    logs.push_back(rate(threads, [&] { log.append(text); }));
    queues.push_back(rate(threads, [&] { client.record(text); }));
  }
  std::printf("%3d threads  log %9.0f/s  queue %9.0f/s  %.2f x\n", threads, bench::median(logs), bench::median(queues),
              bench::median(queues) / bench::median(logs));
  return bench::median(logs);
}

void measure_all_the_way(const std::string& folder, int threads, double log) {
  const std::string text(message_size, 'x');
  std::atomic<std::uint64_t> handled = 0;
  const auto ledger = std::make_shared<Ledger>();
  ledger->keeps_texts = false;
  ledger->on_text = [&](const std::string&) { handled.fetch_add(1, std::memory_order_relaxed); };
  const rpc::Queue inbox = rpc::open_queue({.folder = folder + "/inbox" + std::to_string(threads)});
  rpc::Server server({.queue = inbox});
  server.serve<Ledger>(ledger);
  server.listen("unix:" + folder + "/s");
  const rpc::Queue outbox = rpc::open_queue({.folder = folder + "/outbox" + std::to_string(threads)});
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
  std::printf("%3d threads  all the way %9.0f/s  %.2f x log\n", threads, bench::median(rates),
              bench::median(rates) / log);
}

double megabytes_in_memory() {
  std::ifstream file("/proc/self/statm");
  double pages = 0;
  file >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

template <class Work>
double seconds(Work work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

/// Messages whose server is away: what they take of memory, how long a queue with them takes to open, and how fast they
/// go when it is back.
void measure_waiting(const std::string& folder, int messages) {
  constexpr int threads = 64;
  const std::string text(message_size, 'x');
  const rpc::QueueOptions outbox{.folder = folder + "/waiting", .max_bytes = std::uint64_t{1} << 40};
  const std::string url = "unix:" + folder + "/back";
  std::optional<rpc::Queue> queue(rpc::open_queue(outbox));
  const double before = megabytes_in_memory();
  {
    const LedgerClient client(rpc::connect(url, {.queue = *queue}));
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) {
      all.emplace_back([&] {
        for (int each = 0; each < messages / threads; ++each) client.record(text);
      });
    }
    for (std::thread& thread : all) thread.join();
  }
  std::printf("%d messages wait: %.0f MB more in memory\n", messages, megabytes_in_memory() - before);
  queue.reset();
  const double open = seconds([&] { queue.emplace(rpc::open_queue(outbox)); });
  std::printf("%d messages wait: the queue opens in %.2f s (bar: 2)\n", messages, open);

  std::atomic<int> handled = 0;
  const auto ledger = std::make_shared<Ledger>();
  ledger->keeps_texts = false;
  ledger->on_text = [&](const std::string&) { handled.fetch_add(1, std::memory_order_relaxed); };
  const rpc::Queue inbox = rpc::open_queue({.folder = folder + "/back-inbox", .max_bytes = std::uint64_t{1} << 40});
  rpc::Server server({.queue = inbox});
  server.serve<Ledger>(ledger);
  const double drained = seconds([&] {
    server.listen(url);
    while (handled < messages / threads * threads) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  });
  std::printf("%d messages wait: handled in %.1f s, %.0f MB more in memory\n", messages, drained,
              megabytes_in_memory() - before);
}

}  // namespace

int main(int count, char** arguments) {
  std::string folder = (std::filesystem::absolute(count > 1 ? arguments[1] : ".") / "queue-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return std::perror(folder.c_str()), 1;
  for (const int threads : {1, 64}) {
    const double log = compare_stores(folder, threads);
    measure_all_the_way(folder, threads, log);
  }
  measure_waiting(folder, 1'000'000);
  std::filesystem::remove_all(folder);
}
