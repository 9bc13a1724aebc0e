#include "runtime/queue/crash_roles.h"

#include <rpc/exactly_once.h>

#include <fcntl.h>
#include <unistd.h>

#include <sqlite3.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <thread>

#include "runtime/queue/ledger.h"
#include "runtime/queue/wall_clock.h"

namespace {

std::atomic<bool> ends = false;

/// Each line is there whole or not at all.
class Log {
 public:
  explicit Log(const std::string& path) : file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {}
  ~Log() { ::close(file_); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  void write(const std::string& line) const {
    const std::string text = line + "\n";
    if (::write(file_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) std::abort();
  }

 private:
  int file_;
};

/// Years to and fro: what waits is sent and handled all the same.
class JumpingClock {
 public:
  ~JumpingClock() { ended_ = true, thread_.join(); }

 private:
  std::atomic<bool> ended_ = false;
  std::thread thread_{[this] {
    for (std::minstd_rand random(static_cast<unsigned>(::getpid())); !ended_; std::this_thread::sleep_for(3ms))
      move_wall_clock(std::chrono::hours(24) * (static_cast<int>(random() % 20'000) - 10'000));
  }};
};

/// A database of the user's.
class Effects {
 public:
  explicit Effects(const std::string& path) {
    if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK) std::abort();
    execute(
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "CREATE TABLE IF NOT EXISTS effects(number INTEGER NOT NULL)");
  }
  ~Effects() { sqlite3_close(database_); }
  Effects(const Effects&) = delete;
  Effects& operator=(const Effects&) = delete;

  void add(const std::string& number) const {
    rpc::exactly_once(database_, [&] { execute(("INSERT INTO effects VALUES(" + number + ")").c_str()); });
  }

 private:
  void execute(const char* sql) const {
    if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
  }

  sqlite3* database_ = nullptr;
};

void send(const std::string& folder, int line) {
  const std::vector<long> before = numbers_in(folder + name_of("begun", line));
  const Log begun(folder + name_of("begun", line));
  const Log confirmed(folder + name_of("confirmed", line));
  static const rpc::Queue queue = rpc::open_queue(options_in(folder + "/outbox"));
  const LedgerClient client(rpc::connect("unix:" + folder + "/s", {.queue = queue}));
  for (long number = before.empty() ? 1 : before.back() + 1; !ends; ++number) {
    begun.write(std::to_string(number));
    client.record(std::to_string(line) + " " + std::to_string(number));
    confirmed.write(std::to_string(number));
  }
}

}  // namespace

std::vector<long> numbers_in(const std::string& path) {
  std::vector<long> numbers;
  std::ifstream file(path);
  for (long number = 0; file >> number;) numbers.push_back(number);
  return numbers;
}

std::string name_of(const char* what, int line) { return std::string("/") + what + std::to_string(line); }

void end_at_sigterm() {
  struct sigaction action{};
  action.sa_handler = [](int) { ends = true; };
  ::sigaction(SIGTERM, &action, nullptr);
}

int run_sender(const std::string& folder) {
  const JumpingClock clock;
  std::vector<std::thread> threads;
  for (int line = 0; line < lines_of_messages; ++line) threads.emplace_back([&, line] { send(folder, line); });
  for (std::thread& thread : threads) thread.join();
  return 0;
}

int run_forwarder(const std::string& folder) {
  const JumpingClock clock;
  const rpc::Queue queue = rpc::open_queue(options_in(folder + "/outbox"));
  while (!ends) std::this_thread::sleep_for(5ms);
  return 0;
}

namespace {

int serve(const std::string& folder, unsigned max_attempts, std::function<void(const std::string& text)> handler) {
  const auto ledger = std::make_shared<Ledger>();
  ledger->on_text = std::move(handler);
  rpc::QueueOptions options = options_in(folder + "/inbox");
  options.max_attempts = max_attempts;
  const rpc::Queue queue = rpc::open_queue(options);
  rpc::Server server({.queue = queue});
  server.serve<Ledger>(ledger);
  server.listen("unix:" + folder + "/s");
  while (!ends) std::this_thread::sleep_for(5ms);
  return 0;
}

}  // namespace

int run_receiver(const std::string& folder) {
  const JumpingClock clock;
  const Log handled(folder + "/handled");
  const Effects effects(folder + "/effects.db");
  // Being killed is no fault of the handler's: any number of attempts.
  return serve(folder, 1000, [&](const std::string& text) {
    if (text.starts_with("0 ")) effects.add(text.substr(2));
    handled.write(std::to_string(::getpid()) + " " + text);
  });
}

int run_poisoned(const std::string& folder) {
  const Log handled(folder + "/handled");
  return serve(folder, 3, [&](const std::string& text) {
    if (text == "poison") std::_Exit(9);
    handled.write(text);
    if (text == "after") ends = true;
  });
}
