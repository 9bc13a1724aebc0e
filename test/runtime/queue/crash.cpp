// Kills a sender and a receiver of messages at random moments, over and over, and then looks whether anything is
// missing, twice in the inbox, or out of order.
//
//   runtime_queue_crash --kills 5000 --seed 42
//
// Everything is in files, which outlive who is killed: what a sender began to send and what it was confirmed, and what
// handlers were given, each line with the process that wrote it.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "runtime/queue/ledger.h"

namespace {

constexpr int lines_of_messages = 3;  // threads of the sender

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

std::vector<long> numbers_in(const std::string& path) {
  std::vector<long> numbers;
  std::ifstream file(path);
  for (long number = 0; file >> number;) numbers.push_back(number);
  return numbers;
}

std::string name_of(const char* what, int line) { return std::string("/") + what + std::to_string(line); }

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

int run_sender(const std::string& folder) {
  std::vector<std::thread> threads;
  for (int line = 0; line < lines_of_messages; ++line) threads.emplace_back([&, line] { send(folder, line); });
  for (std::thread& thread : threads) thread.join();
  return 0;
}

/// Sends nothing new: what is left goes out.
int run_forwarder(const std::string& folder) {
  const rpc::Queue queue = rpc::open_queue(options_in(folder + "/outbox"));
  while (!ends) std::this_thread::sleep_for(5ms);
  return 0;
}

int run_receiver(const std::string& folder) {
  const Log handled(folder + "/handled");
  const auto ledger = std::make_shared<Ledger>();
  ledger->on_text = [&](const std::string& text) { handled.write(std::to_string(::getpid()) + " " + text); };
  rpc::QueueOptions options = options_in(folder + "/inbox");
  options.max_attempts = 1000;  // being killed is no fault of the handler's
  const rpc::Queue queue = rpc::open_queue(options);
  rpc::Server server({.queue = queue});
  server.serve<Ledger>(ledger);
  server.listen("unix:" + folder + "/s");
  while (!ends) std::this_thread::sleep_for(5ms);
  return 0;
}

/// What the handlers were given, by the line of messages.
struct Handled {
  std::map<int, std::vector<long>> first;  // each number when it was first handled
  std::size_t repeated = 0;
  std::vector<std::string> problems;
};

Handled read_handled(const std::string& folder) {
  Handled all;
  std::set<std::pair<int, long>> known;
  std::set<std::string> lines;
  std::ifstream file(folder + "/handled");
  for (std::string text; std::getline(file, text);) {
    if (!lines.insert(text).second) all.problems.push_back("handled twice by one process: " + text);
    std::istringstream parts(text);
    long process = 0;
    int line = 0;
    long number = 0;
    parts >> process >> line >> number;
    if (known.emplace(line, number).second) {
      all.first[line].push_back(number);
    } else {
      ++all.repeated;
    }
  }
  return all;
}

bool all_handled(const std::string& folder) {
  Handled handled = read_handled(folder);
  for (int line = 0; line < lines_of_messages; ++line) {
    const std::vector<long>& numbers = handled.first[line];
    const std::set<long> known(numbers.begin(), numbers.end());
    for (const long number : numbers_in(folder + name_of("confirmed", line)))
      if (!known.contains(number)) return false;
  }
  return true;
}

std::vector<std::string> problems_in(const std::string& folder) {
  Handled handled = read_handled(folder);
  for (auto& [line, numbers] : handled.first) {
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      if (numbers[i] < numbers[i - 1])
        handled.problems.push_back("line " + std::to_string(line) + ": " + std::to_string(numbers[i]) + " after " +
                                   std::to_string(numbers[i - 1]));
    }
  }
  if (!all_handled(folder)) handled.problems.emplace_back("not everything that was confirmed was handled");
  std::cout << handled.repeated << " handled again after a kill\n";
  return std::move(handled.problems);
}

std::string integrity(const std::string& path) {
  sqlite3* database = nullptr;
  std::string found;
  const auto add = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) += values[0], 0; };
  sqlite3_open(path.c_str(), &database);
  if (sqlite3_exec(database, "PRAGMA integrity_check", add, &found, nullptr) != SQLITE_OK)
    found = sqlite3_errmsg(database);
  sqlite3_close(database);
  return found;
}

class Child {
 public:
  Child(const char* role, std::string folder) : role_(role), folder_(std::move(folder)) { start(); }
  ~Child() {
    if (process_ > 0) kill();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void start() {
    process_ = ::fork();
    if (process_ != 0) return;
    ::execl("/proc/self/exe", "crash", role_, folder_.c_str(), nullptr);
    std::_Exit(127);
  }

  void kill() { end(SIGKILL); }

  /// Its exit status.
  int end(int signal) {
    int status = 0;
    ::kill(process_, signal);
    ::waitpid(std::exchange(process_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  const char* role_;
  const std::string folder_;
  pid_t process_ = 0;
};

std::uintmax_t size_of_log(const std::string& folder, const char* name) {
  std::error_code none_yet;
  const std::uintmax_t size = std::filesystem::file_size(folder + "/" + name, none_yet);
  return none_yet ? 0 : size;
}

/// Gives what went wrong on the way.
std::vector<std::string> kill_at_random(const std::string& folder, int kills, unsigned seed) {
  std::vector<std::string> problems;
  std::mt19937 random(seed);
  Child receiver("receiver", folder);
  Child sender("sender", folder);
  for (int i = 0; i < kills; ++i) {
    // Mostly when both are at work, now and then while they start.
    const std::uintmax_t before = size_of_log(folder, "handled");
    if (random() % 4 != 0) soon([&] { return size_of_log(folder, "handled") > before; });
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 20'000));
    const auto whom = random() % 3;
    if (whom != 0) receiver.kill();
    if (whom != 1) sender.kill();
    if (whom != 0) receiver.start();
    if (whom != 1) sender.start();
  }
  sender.kill();
  Child forwarder("forwarder", folder);
  soon([&] { return all_handled(folder); });
  for (Child* child : {&forwarder, &receiver}) {
    if (const int status = child->end(SIGTERM); status != 0 && status != -SIGTERM)
      problems.push_back("a process ended with " + std::to_string(status));
  }
  return problems;
}

int run_all(int kills, unsigned seed) {
  std::cout << kills << " kills, seed " << seed << std::endl;
  const QueueFolder folder;
  const std::string path = folder.socket("all");
  std::filesystem::create_directory(path);
  std::vector<std::string> problems = kill_at_random(path, kills, seed);
  std::ranges::move(problems_in(path), std::back_inserter(problems));
  for (const char* box : {"outbox", "inbox"}) {
    const std::string found = integrity(path + "/" + box + "/messages.db");
    if (found != "ok") problems.push_back(std::string(box) + ": " + found);
  }
  std::size_t confirmed = 0;
  for (int line = 0; line < lines_of_messages; ++line)
    confirmed += numbers_in(path + name_of("confirmed", line)).size();
  std::cout << confirmed << " confirmed\n";
  if (confirmed == 0) problems.emplace_back("nothing was confirmed");
  for (const std::string& problem : problems) std::cout << "PROBLEM: " << problem << "\n";
  return problems.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  struct sigaction action{};
  action.sa_handler = [](int) { ends = true; };
  ::sigaction(SIGTERM, &action, nullptr);
  const auto argument = [&](const char* name, const char* otherwise) {
    for (int i = 1; i + 1 < count; ++i)
      if (std::strcmp(arguments[i], name) == 0) return std::string(arguments[i + 1]);
    return std::string(otherwise);
  };
  if (count == 3 && std::strcmp(arguments[1], "sender") == 0) return run_sender(arguments[2]);
  if (count == 3 && std::strcmp(arguments[1], "forwarder") == 0) return run_forwarder(arguments[2]);
  if (count == 3 && std::strcmp(arguments[1], "receiver") == 0) return run_receiver(arguments[2]);
  const std::string seed = argument("--seed", "");
  return run_all(std::stoi(argument("--kills", "10")),
                 seed.empty() ? std::random_device{}() : static_cast<unsigned>(std::stoul(seed)));
}
