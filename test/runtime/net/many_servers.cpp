// Ten server processes under load, of which some are killed with -9 and started again all the time: no idempotent call
// may fail. Prints what happened.
//
//   runtime_many_servers [--kills n] [--tcp]      as long as n kills take, 30 by default; over TCP or Unix sockets
#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
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
constexpr std::uint64_t calls_between_kills = 300;

/// Takes a moment, so that there is always something under way that a kill can meet.
class Slow : public Probe {
 public:
  std::string echo(std::string text) override {
    std::this_thread::sleep_for(1ms);
    return text;
  }
};

/// The child: says where it listens, and serves until it is killed.
int serve(const char* url) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  rpc::Server server;
  server.serve<Probe>(std::shared_ptr<Probe>(std::make_shared<Slow>()));
  std::printf("%s\n", server.listen(url).c_str());
  std::fflush(stdout);
  server.run();
  return 0;
}

class Process {
 public:
  explicit Process(std::string url) : url_(std::move(url)) { start(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() { kill(); }

  const std::string& url() const { return url_; }
  bool runs() const { return pid_ != 0; }

  void kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
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
      ::execl("/proc/self/exe", "runtime_many_servers", "--serve", url_.c_str(), nullptr);
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
  pid_t pid_ = 0;
};

class Load {
 public:
  explicit Load(const rpc::Channel& channel) : probe_(channel) {
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
        // Every other call is in flight together with a second one.
        rpc::Future<std::string> beside = probe_.async_echo(text);
        if (i % 2 == 0 && probe_.echo(text) != text) report(text + " was answered with something else");
        if (beside.get() != text) report(text + " was answered with something else");
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

  ProbeClient probe_;
  std::atomic<std::uint64_t> calls_ = 0;
  std::atomic<std::uint64_t> failures_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<std::jthread> threads_;
};

/// One that runs, or one that does not.
Process& choose(std::vector<std::unique_ptr<Process>>& servers, bool runs, std::mt19937& random) {
  for (;;) {
    Process& server = *servers[random() % servers.size()];
    if (server.runs() == runs) return server;
  }
}

/// False if the load stood still.
bool kill_and_start(std::vector<std::unique_ptr<Process>>& servers, const Load& load, unsigned kills) {
  std::mt19937 random(kills);
  std::size_t down = 0;
  for (unsigned killed = 0; killed < kills;) {
    if (down < most_down && random() % 2 == 0) {
      choose(servers, true, random).kill();
      ++down, ++killed;
    } else if (down != 0) {
      choose(servers, false, random).start();
      --down;
    }
    const std::uint64_t before = load.calls();
    if (!soon([&] { return load.calls() >= before + calls_between_kills; })) return false;
  }
  return true;
}

int run(unsigned kills, bool tcp) {
  const Folder folder;
  std::vector<std::unique_ptr<Process>> servers;
  std::string urls;
  for (std::size_t i = 0; i < server_count; ++i) {
    servers.push_back(std::make_unique<Process>(tcp ? "tcp://127.0.0.1:0" : folder.url(std::to_string(i))));
    urls += (i == 0 ? "" : ",") + servers.back()->url();
  }
  const rpc::Channel channel = rpc::connect(urls);
  Load load(channel);
  const auto begin = std::chrono::steady_clock::now();
  const bool went_on = kill_and_start(servers, load, kills);
  load.stop();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const rpc::ChannelCounters counters = channel.counters();
  std::printf("%u kills in %.1f s: %llu attempts, %llu of them retries, %llu ejections, %llu calls failed\n", kills,
              took.count(), static_cast<unsigned long long>(counters.attempts),
              static_cast<unsigned long long>(counters.retries), static_cast<unsigned long long>(counters.ejections),
              static_cast<unsigned long long>(load.failures()));
  if (!went_on) std::fprintf(stderr, "the calls stood still\n");
  return went_on && load.failures() == 0 && counters.retries != 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  unsigned kills = 30;
  bool tcp = false;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word == "--serve" && i + 1 < count) return serve(words[i + 1]);
    if (word == "--kills" && i + 1 < count) kills = static_cast<unsigned>(std::stoul(words[++i]));
    if (word == "--tcp") tcp = true;
  }
  return run(kills, tcp);
}
