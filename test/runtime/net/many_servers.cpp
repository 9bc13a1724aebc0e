// Ten server processes under load, of which some are killed with -9 and started again all the time: no idempotent call
// may fail. Then they are replaced one after the other, each when it has stopped gracefully: no call at all may fail,
// and each must run once. Prints what happened.
//
//   runtime_many_servers [--kills n] [--restarts n] [--tcp]      30 and 20 by default; over TCP or Unix sockets
#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/probe.h"
#include "runtime/net/running.h"

namespace {

constexpr std::size_t server_count = 10;
constexpr std::size_t most_down = 3;
constexpr std::size_t caller_count = 8;
constexpr std::uint64_t calls_between = 300;  // two kills or restarts

/// Takes a moment, so that there is always something under way that a kill can meet. What may not run twice is written
/// down in a file of all servers, a line a call.
class Slow : public Probe {
 public:
  explicit Slow(const char* ledger) : ledger_(::open(ledger, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600)) {}

  std::string echo(std::string text) override {
    std::this_thread::sleep_for(1ms);
    return text;
  }
  void act(std::string what) override {
    std::this_thread::sleep_for(1ms);
    what += '\n';
    if (::write(ledger_, what.data(), what.size()) != static_cast<ssize_t>(what.size())) std::abort();
  }

 private:
  const int ledger_;  // for as long as the process lives
};

/// The child: says where it listens, and serves until it is killed, or asked to stop.
int serve(const char* url, const char* ledger) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t stops;
  sigemptyset(&stops);
  sigaddset(&stops, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &stops, nullptr);  // of all threads
  rpc::Server server;
  server.serve<Probe>(std::shared_ptr<Probe>(std::make_shared<Slow>(ledger)));
  std::printf("%s\n", server.listen(url).c_str());
  std::fflush(stdout);
  int signal = 0;
  ::sigwait(&stops, &signal);
  server.stop();
  return 0;
}

class Process {
 public:
  Process(std::string url, std::string ledger) : url_(std::move(url)), ledger_(std::move(ledger)) { start(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() { end(SIGKILL); }

  const std::string& url() const { return url_; }
  bool runs() const { return pid_ != 0; }

  void end(int signal) {
    if (pid_ == 0) return;
    ::kill(pid_, signal);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
  }

  /// Returns when it listens. The address stays what it was the first time.
  void start() {
    int ends[2];
    if (::pipe(ends) != 0) std::exit(2);
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl("/proc/self/exe", "runtime_many_servers", "--serve", url_.c_str(), ledger_.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    std::FILE* const output = ::fdopen(ends[0], "r");
    char line[256] = {};
    if (std::fgets(line, sizeof line, output) == nullptr) {
      std::fprintf(stderr, "the server at %s did not start\n", url_.c_str());
      std::exit(2);
    }
    std::fclose(output);
    url_.assign(line, std::strcspn(line, "\n"));
  }

 private:
  std::string url_;
  const std::string ledger_;
  pid_t pid_ = 0;
};

using Servers = std::vector<std::unique_ptr<Process>>;

/// Makes calls from some threads, each with a text of its own.
class Load {
 public:
  using Call = std::function<void(const ProbeClient& probe, std::uint64_t number, const std::string& text)>;

  Load(const rpc::Channel& channel, Call call) : probe_(channel), call_(std::move(call)) {
    for (std::size_t i = 0; i < caller_count; ++i) threads_.emplace_back([this, i] { run(i); });
  }

  std::uint64_t calls() const { return calls_; }
  std::uint64_t failures() const { return failures_; }
  void stop() {
    stopping_ = true;
    threads_.clear();
  }

 private:
  void run(std::size_t caller) {
    for (std::uint64_t i = 0; !stopping_; ++i) {
      const std::string text = std::to_string(caller) + ":" + std::to_string(i);
      try {
        call_(probe_, i, text);
      } catch (const rpc::Error& error) {
        report(std::string(rpc::to_string(error.code())) + ": " + error.what());
      }
      ++calls_;
    }
  }

  void report(const std::string& problem) {
    ++failures_;
    std::fprintf(stderr, "%s\n", problem.c_str());
  }

  const ProbeClient probe_;
  const Call call_;
  std::atomic<std::uint64_t> calls_ = 0;
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::jthread> threads_;
};

// Every other call is in flight together with a second one.
void echo(const ProbeClient& probe, std::uint64_t number, const std::string& text) {
  const rpc::Error other(rpc::Code::malformed, text + " was answered with something else");
  rpc::Future<std::string> beside = probe.async_echo(text);
  if (number % 2 == 0 && probe.echo(text) != text) throw other;
  if (beside.get() != text) throw other;
}

void act(const ProbeClient& probe, std::uint64_t, const std::string& text) {
  rpc::Future<void> beside = probe.async_act(text + "b");
  probe.act(text + "a");
  beside.get();
}

/// One that runs, or one that does not.
Process& choose(const Servers& servers, bool runs, std::mt19937& random) {
  for (;;) {
    Process& server = *servers[random() % servers.size()];
    if (server.runs() == runs) return server;
  }
}

bool goes_on(const Load& load) {
  const std::uint64_t before = load.calls();
  return soon([&] { return load.calls() >= before + calls_between; });
}

/// False if the load stood still. All run again then.
bool kill_and_start(const Servers& servers, const Load& load, unsigned kills) {
  std::mt19937 random(kills);
  std::size_t down = 0;
  for (unsigned killed = 0; killed < kills;) {
    if (down < most_down && random() % 2 == 0) {
      choose(servers, true, random).end(SIGKILL);
      ++down, ++killed;
    } else if (down != 0) {
      choose(servers, false, random).start();
      --down;
    }
    if (!goes_on(load)) return false;
  }
  for (const auto& server : servers) {
    if (!server->runs()) server->start();
  }
  return true;
}

/// False if the load stood still.
bool replace(const Servers& servers, const Load& load, unsigned restarts) {
  for (unsigned restarted = 0; restarted < restarts; ++restarted) {
    Process& server = *servers[restarted % servers.size()];
    server.end(SIGTERM);
    server.start();
    if (!goes_on(load)) return false;
  }
  return true;
}

/// Calls that did not run once, by what the servers wrote down of those that were made.
std::uint64_t not_once(const std::string& ledger, std::uint64_t made) {
  std::map<std::string, unsigned> times;
  std::ifstream file(ledger);
  for (std::string line; std::getline(file, line);) ++times[line];
  const auto more = std::ranges::count_if(times, [](const auto& each) { return each.second != 1; });
  return static_cast<std::uint64_t>(more) + (made - std::min<std::uint64_t>(made, times.size()));
}

class Run {
 public:
  explicit Run(bool tcp) {
    for (std::size_t i = 0; i < server_count; ++i) {
      servers_.push_back(
          std::make_unique<Process>(tcp ? "tcp://127.0.0.1:0" : folder_.url(std::to_string(i)), ledger_));
      urls_ += (i == 0 ? "" : ",") + servers_.back()->url();
    }
  }

  bool kills(unsigned kills) const {
    const rpc::Channel channel = rpc::connect(urls_);
    Load load(channel, echo);
    const bool went_on = kill_and_start(servers_, load, kills);
    load.stop();
    std::printf("%u kills: ", kills);
    report(channel, load, went_on);
    return went_on && load.failures() == 0 && channel.counters().retries != 0;
  }

  bool restarts(unsigned restarts) const {
    const rpc::Channel channel = rpc::connect(urls_);
    Load load(channel, act);
    const bool went_on = replace(servers_, load, restarts);
    load.stop();
    const std::uint64_t made = 2 * load.calls();
    const std::uint64_t wrong = not_once(ledger_, made);
    std::printf("%u restarts: ", restarts);
    report(channel, load, went_on);
    std::printf("%llu calls, %llu of them did not run once\n", static_cast<unsigned long long>(made),
                static_cast<unsigned long long>(wrong));
    return went_on && load.failures() == 0 && wrong == 0;
  }

 private:
  static void report(const rpc::Channel& channel, const Load& load, bool went_on) {
    const rpc::ChannelCounters counters = channel.counters();
    std::printf("%llu attempts, %llu of them retries, %llu ejections, %llu failures\n",
                static_cast<unsigned long long>(counters.attempts), static_cast<unsigned long long>(counters.retries),
                static_cast<unsigned long long>(counters.ejections), static_cast<unsigned long long>(load.failures()));
    if (!went_on) std::fprintf(stderr, "the calls stood still\n");
  }

  const Folder folder_;
  const std::string ledger_ = folder_.socket("ledger");
  Servers servers_;
  std::string urls_;
};

}  // namespace

int main(int count, char** words) {
  unsigned kills = 30;
  unsigned restarts = 20;
  bool tcp = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--serve" && i + 2 < count) return serve(words[i + 1], words[i + 2]);
    if (word == "--kills" && i + 1 < count) kills = static_cast<unsigned>(std::stoul(words[++i]));
    if (word == "--restarts" && i + 1 < count) restarts = static_cast<unsigned>(std::stoul(words[++i]));
    if (word == "--tcp") tcp = true;
  }
  const Run run(tcp);
  const bool survived = run.kills(kills);
  return run.restarts(restarts) && survived ? 0 : 1;
}
