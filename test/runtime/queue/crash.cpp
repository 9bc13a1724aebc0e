// Kills a sender and a receiver of messages at random moments, over and over, while their clocks jump, and then looks
// whether anything is missing, twice in the inbox, has two effects, or is out of order.
//
//   runtime_queue_crash --kills 5000 --seed 42
//   runtime_queue_crash --kills 500 --power-fails     each kill takes with it what was not synced
//   runtime_queue_crash --poison                      a message whose handler ends the process
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "runtime/queue/crash_roles.h"
#include "runtime/queue/ledger.h"
#include "runtime/queue/power_loss.h"

namespace {

struct Role {
  std::string_view name;
  int (*run)(const std::string& folder);
};

constexpr Role roles[] = {
    {"sender", &run_sender}, {"forwarder", &run_forwarder}, {"receiver", &run_receiver}, {"poisoned", &run_poisoned}};

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

/// The first column, a line for each row, or what SQLite says.
std::string query(const std::string& path, const char* sql) {
  sqlite3* database = nullptr;
  std::string found;
  const auto add = [](void* to, int, char** values, char**) {
    *static_cast<std::string*>(to) += std::string(values[0]) + "\n";
    return 0;
  };
  sqlite3_open(path.c_str(), &database);
  if (sqlite3_exec(database, sql, add, &found, nullptr) != SQLITE_OK) found = sqlite3_errmsg(database);
  sqlite3_close(database);
  return found;
}

std::vector<std::string> problems_of_databases(const std::string& folder) {
  std::vector<std::string> problems;
  for (const char* name : {"outbox/messages.db", "inbox/messages.db", "effects.db"}) {
    const std::string found = query(folder + "/" + name, "PRAGMA integrity_check");
    if (found != "ok\n") problems.push_back(std::string(name) + ": " + found);
  }
  const std::string effects = folder + "/effects.db";
  const std::string twice = query(effects, "SELECT number FROM effects GROUP BY number HAVING count(*) > 1");
  if (!twice.empty()) problems.push_back("more than one effect of " + twice);
  std::istringstream numbers(query(effects, "SELECT number FROM effects"));
  const std::set<long> known(std::istream_iterator<long>(numbers), {});
  for (const long number : numbers_in(folder + name_of("confirmed", 0)))
    if (!known.contains(number)) problems.push_back("no effect of " + std::to_string(number));
  return problems;
}

class Child {
 public:
  /// `power`: a seed for what the disk forgets when it is killed; empty: nothing.
  Child(const char* role, std::string folder, std::string power)
      : role_(role), folder_(std::move(folder)), power_(std::move(power)) {
    start();
  }
  ~Child() {
    if (process_ > 0) kill();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void start() {
    process_ = ::fork();
    if (process_ != 0) return;
    ::execl("/proc/self/exe", "crash", role_, folder_.c_str(), power_.c_str(), nullptr);
    std::_Exit(127);
  }

  void kill() { end(SIGKILL); }

  /// Its exit status.
  int end(int signal) {
    ::kill(process_, signal);
    return wait();
  }

  int wait() {
    int status = 0;
    ::waitpid(std::exchange(process_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  const char* role_;
  const std::string folder_;
  const std::string power_;
  pid_t process_ = 0;
};

std::uintmax_t size_of_log(const std::string& folder, const char* name) {
  std::error_code none_yet;
  const std::uintmax_t size = std::filesystem::file_size(folder + "/" + name, none_yet);
  return none_yet ? 0 : size;
}

/// Gives what went wrong on the way.
std::vector<std::string> kill_at_random(const std::string& folder, int kills, unsigned seed, const std::string& power) {
  std::vector<std::string> problems;
  std::mt19937 random(seed);
  Child receiver("receiver", folder, power);
  Child sender("sender", folder, power);
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
  Child forwarder("forwarder", folder, power);
  soon([&] { return all_handled(folder); });
  for (Child* child : {&forwarder, &receiver}) {
    if (const int status = child->end(SIGTERM); status != 0 && status != -SIGTERM)
      problems.push_back("a process ended with " + std::to_string(status));
  }
  return problems;
}

int tell(const std::vector<std::string>& problems) {
  for (const std::string& problem : problems) std::cout << "PROBLEM: " << problem << "\n";
  return problems.empty() ? 0 : 1;
}

int run_all(int kills, unsigned seed, bool power_fails) {
  std::cout << kills << (power_fails ? " power failures" : " kills") << ", seed " << seed << std::endl;
  const QueueFolder folder;
  const std::string path = folder.socket("all");
  std::filesystem::create_directory(path);
  std::vector<std::string> problems = kill_at_random(path, kills, seed, power_fails ? std::to_string(seed) : "");
  std::ranges::move(problems_in(path), std::back_inserter(problems));
  std::ranges::move(problems_of_databases(path), std::back_inserter(problems));
  std::size_t confirmed = 0;
  for (int line = 0; line < lines_of_messages; ++line)
    confirmed += numbers_in(path + name_of("confirmed", line)).size();
  std::cout << confirmed << " confirmed\n";
  if (confirmed == 0) problems.emplace_back("nothing was confirmed");
  return tell(problems);
}

/// A message whose handler ends the process is put aside after its attempts, and no other one.
int run_poison() {
  const QueueFolder folder;
  std::vector<std::string> problems;
  {
    const rpc::Queue queue = rpc::open_queue(options_in(folder.socket("outbox")));
    const LedgerClient client(rpc::connect(folder.url(), {.queue = queue}));
    for (const char* text : {"before", "poison", "after"}) client.record(text);
    Child receiver("poisoned", folder.socket(""), "");
    for (int starts = 1; starts < 10 && receiver.wait() == 9; ++starts) receiver.start();
  }
  const std::string dead = query(folder.socket("inbox/messages.db"), "SELECT reason FROM inbox_dead");
  if (dead != "failed: the process ended 3 times before its handler returned\n") problems.push_back("dead: " + dead);
  return tell(problems);
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> all(arguments + 1, arguments + count);
  const auto argument = [&](const char* name, const std::string& otherwise) {
    const auto found = std::ranges::find(all, name);
    return found != all.end() && found + 1 != all.end() ? found[1] : otherwise;
  };
  const auto role = std::ranges::find(roles, all.empty() ? "" : all[0], &Role::name);
  if (role != std::end(roles)) {
    end_at_sigterm();
    if (!all[2].empty()) lose_what_is_not_synced(static_cast<unsigned>(std::stoul(all[2]) + ::getpid()));
    return role->run(all[1]);
  }
  if (std::ranges::find(all, "--poison") != all.end()) return run_poison();
  const std::string seed = argument("--seed", std::to_string(std::random_device{}()));
  return run_all(std::stoi(argument("--kills", "10")), static_cast<unsigned>(std::stoul(seed)),
                 std::ranges::find(all, "--power-fails") != all.end());
}
