// What the rules of a channel to several servers are worth with real ones: ten processes, of which none, two that take
// ten times as long, or one that is stopped for a while are in trouble. The same callers go by one channel to all, and
// by round-robin over a channel to each.
//
//   servers_bench [seconds]      for each line of the table
#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "bench/processes.h"
#include "runtime/net/probe.h"
#include "runtime/net/running.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t server_count = 10;
constexpr std::size_t caller_count = 16;
constexpr int usual_ms = 5;
constexpr int slow_ms = 50;
constexpr auto deadline = 1s;

// --- servers --------------------------------------------------------------------------------------------------------

using Times = std::array<std::atomic<int>, server_count>;

/// How long each server takes, in ms; in memory that the servers share.
Times& times() {
  static Times& times = *[] {
    void* const memory = ::mmap(nullptr, sizeof(Times), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bench::check(memory != MAP_FAILED, "mmap");
    return ::new (memory) Times{};
  }();
  return times;
}

class Working final : public Probe {
 public:
  explicit Working(std::size_t server) : server_(server) {}
  std::string echo(std::string text) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(times()[server_]));
    return text;
  }

 private:
  const std::size_t server_;
};

/// Forked before there are threads.
class Servers {
 public:
  Servers() {
    for (std::size_t i = 0; i < server_count; ++i) {
      urls_[i] = folder_.url("server" + std::to_string(i));
      children_.start([&] { serve(i); });
    }
  }

  const std::string& url(std::size_t server) const { return urls_[server]; }
  void signal(std::size_t server, int signal) const { ::kill(children_.all()[server], signal); }

 private:
  void serve(std::size_t server) const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    rpc::Server served;
    served.serve<Probe>(std::shared_ptr<Probe>(std::make_shared<Working>(server)));
    served.listen(urls_[server]);
    served.run();
  }

  Folder folder_;
  std::array<std::string, server_count> urls_;
  bench::Children children_;
};

// --- callers --------------------------------------------------------------------------------------------------------

struct Line {
  std::vector<double> times;  // ms
  std::size_t failed = 0;

  double at(double part) const { return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]; }
};

/// All callers call until it is over. `trouble` happens meanwhile.
Line load(const std::function<const ProbeClient&()>& next, std::chrono::duration<double> how_long,
          const std::function<void()>& trouble) {
  std::array<Line, caller_count> lines;
  const auto end = Clock::now() + how_long;
  std::vector<std::thread> callers;
  for (Line& line : lines) {
    callers.emplace_back([&line, &next, end] {
      while (Clock::now() < end) {
        const auto begin = Clock::now();
        try {
          next().echo("work");
        } catch (const rpc::Error&) {
          ++line.failed;
        }
        line.times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
      }
    });
  }
  trouble();
  for (std::thread& caller : callers) caller.join();
  Line all;
  for (const Line& line : lines) {
    all.times.insert(all.times.end(), line.times.begin(), line.times.end());
    all.failed += line.failed;
  }
  std::ranges::sort(all.times);
  return all;
}

ProbeClient client_of(const std::string& url, bool hedged = false) {
  rpc::ChannelOptions options;
  if (hedged) options.balance.hedge_percentile = 95;
  ProbeClient client(rpc::connect(url, options), {.deadline = deadline, .ordered = false});
  for (int i = 0; i < 100; ++i) client.echo("is everybody there?");
  return client;
}

void print(const char* trouble, const char* way, const Line& line) {
  std::printf("%-24s %-26s %7.1f %7.1f %7.1f %7.1f  %6.2f %%  %7zu\n", trouble, way, line.at(0.5), line.at(0.9),
              line.at(0.99), line.at(1),
              100 * static_cast<double>(line.failed) / static_cast<double>(line.times.size()), line.times.size());
}

}  // namespace

int main(int argc, char** argv) {
  const std::chrono::duration<double> how_long(argc > 1 ? std::max(1.0, std::atof(argv[1])) : 4.0);
  for (std::atomic<int>& each : times()) each = usual_ms;
  const Servers servers;
  std::vector<ProbeClient> each;
  std::string list;
  for (std::size_t i = 0; i < server_count; ++i) {
    each.push_back(client_of(servers.url(i)));
    list += (i == 0 ? "" : ",") + servers.url(i);
  }
  const ProbeClient balanced = client_of(list), hedged = client_of(list, true);
  std::atomic<std::size_t> turn{0};

  const auto pause = [&](double part) { std::this_thread::sleep_for(part * how_long); };
  const auto run = [&](const char* name, const std::function<void()>& trouble) {
    print(name, "round-robin",
          load([&]() -> const ProbeClient& { return each[turn++ % server_count]; }, how_long, trouble));
    print("", "a channel to all", load([&]() -> const ProbeClient& { return balanced; }, how_long, trouble));
    print("", "a channel to all, hedged", load([&]() -> const ProbeClient& { return hedged; }, how_long, trouble));
  };
  std::printf("%-51s %7s %7s %7s %7s  %8s  %7s\n", "", "p50", "p90", "p99", "max ms", "failed", "calls");
  run("all well", [] {});
  run("one stopped for a while", [&] {
    pause(0.2);
    servers.signal(0, SIGSTOP);
    pause(0.5);
    servers.signal(0, SIGCONT);
  });
  times()[0] = times()[1] = slow_ms;
  run("two ten times slower", [] {});
}
