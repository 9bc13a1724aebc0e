// What maybe calls cost, as ratios to a loop of sendto() in one process and one of recvfrom() in another, with
// datagrams of the same size as the calls':
//
//   sent       calls, or datagrams, that one thread sends a second; bar >= 0.50
//   delivered  of these, what the other process has got, a second; bar >= 0.50
//
// The sender waits for nobody, so both lose what comes faster than it is read. Both ends on one core, and on one core
// each; the sender always runs on core 0. Rounds of both kinds alternate; ratios are medians of the pairs.
//
// At the end calls go on to a server that was stopped in its tracks: what they cost, the longest one, and what the
// process has grown by.
//
//   maybe_bench [rounds] [calls to the stopped server]
#include <rpc/channel.h>
#include <rpc/server.h>

#include <malloc.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "bench/measure.h"
#include "bench/processes.h"
#include "runtime/net/probe.h"

namespace {

using bench::check;
using bench::median;
using bench::pin;
using Clock = std::chrono::steady_clock;

constexpr std::size_t header_size = 32;
constexpr std::uint64_t calls_a_round = 100'000;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// Counts in memory that the processes share.
struct Arrivals {
  Arrivals() {
    void* const memory =
        ::mmap(nullptr, sizeof(std::atomic<std::uint64_t>), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    check(memory != MAP_FAILED, "mmap");
    count = new (memory) std::atomic<std::uint64_t>(0);
  }
  std::atomic<std::uint64_t>* count;
};

bench::Children children;

/// A socket that is connected to a child's, which counts what comes.
int start_raw(int core, const Arrivals& arrivals) {
  const int server = ::socket(AF_INET, SOCK_DGRAM, 0);
  const int client = ::socket(AF_INET, SOCK_DGRAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  check(::bind(server, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
  ::getsockname(server, reinterpret_cast<sockaddr*>(&address), &size);
  check(::connect(client, reinterpret_cast<sockaddr*>(&address), size) == 0, "connect");
  children.start_on(core, [&] {
    std::vector<char> datagram(65'536);
    while (::recvfrom(server, datagram.data(), datagram.size(), 0, nullptr, nullptr) >= 0)
      arrivals.count->fetch_add(1, std::memory_order_relaxed);
  });
  ::close(server);
  return client;
}

/// The address of a child that serves Probe and counts its notes.
std::string start_server(int core, const Arrivals& arrivals) {
  int report[2];
  check(::pipe(report) == 0, "pipe");
  children.start_on(core, [&] {
    auto probe = std::make_shared<Probe>();
    probe->on_note = [&](const std::string&) { arrivals.count->fetch_add(1, std::memory_order_relaxed); };
    rpc::Server server;
    server.serve<Probe>(probe);
    const std::string url = server.listen("tcp://127.0.0.1:0");
    check(::write(report[1], url.c_str(), url.size() + 1) > 0, "write");
    server.run();
  });
  char url[256] = {};
  check(::read(report[0], url, sizeof url - 1) > 0, "the server's address");
  return url;
}

/// Of a second.
struct Rates {
  double sent;
  double delivered;
};

/// Until nothing has come for a while.
Rates flood(const Arrivals& arrivals, const std::function<void()>& send_all) {
  const std::uint64_t before = *arrivals.count;
  const Clock::time_point begin = Clock::now();
  send_all();
  const double sending = seconds_since(begin);
  double last = sending;
  std::uint64_t seen = *arrivals.count;
  while (seconds_since(begin) < last + 0.005) {
    if (std::exchange(seen, arrivals.count->load()) != seen) last = seconds_since(begin);
    std::this_thread::yield();
  }
  return {calls_a_round / sending, static_cast<double>(seen - before) / last};
}

/// Calls until the server is known to take datagrams.
void warm_up(const rpc::Channel& channel, const ProbeClient& probe, const std::string& text) {
  while (channel.counters().datagrams_sent < 1000) {
    probe.note(text);
    std::this_thread::yield();
  }
}

bool print(const std::string& name, const char* what, std::vector<double>& ratio, std::vector<double>& raw,
           std::vector<double>& ours) {
  const double found = median(ratio);
  std::printf("%-28s %-10s %5.2f x  (bar >= 0.50)   raw %5.2f  rpc %5.2f M/s%s\n", name.c_str(), what, found,
              median(raw) / 1e6, median(ours) / 1e6, found >= 0.5 ? "" : "  MISSED");
  return found >= 0.5;
}

/// `size` is that of the datagrams.
bool compare(int core, std::size_t size, int rounds) {
  const Arrivals raw_arrivals;
  const Arrivals arrivals;
  const int raw = start_raw(core, raw_arrivals);
  const rpc::Channel channel = rpc::connect(start_server(core, arrivals));
  const ProbeClient probe(channel);
  pin(0);
  const std::string text(size - header_size - (size - header_size > 240 ? 2 : 1), 'x');
  const std::vector<char> datagram(size);
  probe.add(1, 1);  // from here on in the exact encoding
  warm_up(channel, probe, text);
  std::vector<double> sent, delivered, raw_sent, raw_delivered, our_sent, our_delivered;
  for (int round = -1; round < rounds; ++round) {
    const Rates a = flood(raw_arrivals, [&] {
      for (std::uint64_t i = 0; i < calls_a_round; ++i) ::send(raw, datagram.data(), datagram.size(), MSG_DONTWAIT);
    });
    const Rates b = flood(arrivals, [&] {
      for (std::uint64_t i = 0; i < calls_a_round; ++i) probe.note(text);
    });
    if (round < 0) continue;  // warms up
    raw_sent.push_back(a.sent), raw_delivered.push_back(a.delivered);
    our_sent.push_back(b.sent), our_delivered.push_back(b.delivered);
    sent.push_back(b.sent / a.sent), delivered.push_back(b.delivered / a.delivered);
  }
  ::close(raw);
  const std::string name = std::to_string(size) + " bytes, " + (core == 0 ? "one core" : "two cores");
  const bool good = print(name, "sent", sent, raw_sent, our_sent);
  const rpc::ChannelCounters counters = channel.counters();
  if (counters.frames_sent > counters.datagrams_sent / 100)
    std::printf("  %lu of the calls were frames\n", static_cast<unsigned long>(counters.frames_sent));
  return print(name, "delivered", delivered, raw_delivered, our_delivered) && good;
}

void call_a_stopped_server(int core, std::uint64_t calls) {
  const Arrivals arrivals;
  const rpc::Channel channel = rpc::connect(start_server(core, arrivals));
  const ProbeClient probe(channel);
  pin(0);
  const std::string text(63, 'x');
  warm_up(channel, probe, text);
  check(::kill(children.all().back(), SIGSTOP) == 0, "kill");
  for (int i = 0; i < 100'000; ++i) probe.note(text);
  const std::size_t memory = ::mallinfo2().uordblks;
  Clock::duration longest{};
  const Clock::time_point begin = Clock::now();
  Clock::time_point before = begin;
  for (std::uint64_t i = 0; i < calls; ++i) {
    probe.note(text);
    const Clock::time_point now = Clock::now();
    longest = std::max(longest, now - std::exchange(before, now));
  }
  const double seconds = std::chrono::duration<double>(before - begin).count();
  const rpc::ChannelCounters counters = channel.counters();
  std::printf("%lu calls to a stopped server: %.2f us each, the longest %.2f ms, memory %+ld bytes\n",
              static_cast<unsigned long>(calls), seconds / static_cast<double>(calls) * 1e6,
              std::chrono::duration<double, std::milli>(longest).count(),
              static_cast<long>(::mallinfo2().uordblks) - static_cast<long>(memory));
  std::printf("  datagrams sent %lu, frames sent %lu, dropped %lu\n",
              static_cast<unsigned long>(counters.datagrams_sent), static_cast<unsigned long>(counters.frames_sent),
              static_cast<unsigned long>(counters.dropped()));
}

/// In a process of its own, which has no threads yet when it makes its children.
bool alone(const std::function<bool()>& work) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  check(child >= 0, "fork");
  if (child == 0) {
    const bool good = work();
    children.end();
    std::fflush(stdout);
    std::_Exit(good ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
  const std::uint64_t stalled = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
  const int last_core = std::thread::hardware_concurrency() > 1 ? 1 : 0;
  bool good = true;
  for (const int core : {0, last_core}) {
    for (const std::size_t size : {96, 1200}) good &= alone([&] { return compare(core, size, rounds); });
  }
  alone([&] { return call_a_stopped_server(last_core, stalled), true; });
  return good ? 0 : 1;
}
