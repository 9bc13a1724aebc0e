// What a call costs, as ratios to loops of plain system calls that move the same bytes between two processes:
//
//   blocking   echo of 64 bytes, one call at a time, against write/read ping-pong: the median, bar <= 1.10
//   64 deep    64 calls in flight on one connection, against epoll loops that answer a whole batch with one send:
//              calls per second, bar >= 0.50; once with futures in a ring, once with continuations
//
// Both ends on one core, and on one core each; the client always runs on core 0. Waking an idle core costs more than
// the call on many machines, so only figures of one placement compare. Rounds of all kinds alternate.
#include <rpc/channel.h>
#include <rpc/server.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
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

constexpr std::size_t body_size = 64;  // a text of 63 bytes and its length
constexpr std::size_t request_size = 16 + body_size;
constexpr std::size_t reply_size = 12 + body_size;
constexpr std::size_t window = 64;

// --- plain sockets --------------------------------------------------------------------------------------------------

struct Ends {
  int client;
  int server;
};

Ends unix_ends() {
  int fds[2];
  check(::socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0, "socketpair");
  return {fds[0], fds[1]};
}

Ends tcp_ends() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  check(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(listener, 1) == 0, "listen");
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  Ends ends{::socket(AF_INET, SOCK_STREAM, 0), -1};
  check(::connect(ends.client, reinterpret_cast<sockaddr*>(&address), size) == 0, "connect");
  ends.server = ::accept(listener, nullptr, nullptr);
  ::close(listener);
  const int on = 1;
  ::setsockopt(ends.client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(ends.server, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return ends;
}

void write_all(int fd, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::write(fd, data, size);
    if (sent <= 0) std::_Exit(0);
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
}

bool read_all(int fd, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(fd, data, size);
    if (got <= 0) return false;
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

void serve_ping_pong(int fd) {
  char request[request_size];
  const char reply[reply_size] = {};
  while (read_all(fd, request, sizeof request)) write_all(fd, reply, sizeof reply);
}

/// Reads what is there and gives the number of whole messages of `size` bytes.
struct Batch {
  int fd;
  int epoll;
  std::vector<char> bytes = std::vector<char>(64 << 10);
  std::size_t held = 0;

  explicit Batch(int fd) : fd(fd), epoll(::epoll_create1(0)) {
    epoll_event event{};
    event.events = EPOLLIN;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
  ~Batch() { ::close(epoll); }

  std::size_t next(std::size_t size) {
    epoll_event event;
    ::epoll_wait(epoll, &event, 1, -1);
    const ssize_t got = ::recv(fd, bytes.data() + held, bytes.size() - held, MSG_DONTWAIT);
    if (got <= 0) return 0;
    held += static_cast<std::size_t>(got);
    const std::size_t count = held / size;
    held -= count * size;
    std::memmove(bytes.data(), bytes.data() + count * size, held);
    return count;
  }
};

void serve_pipelined(int fd) {
  Batch batch(fd);
  std::vector<char> replies;
  while (const std::size_t count = batch.next(request_size)) {
    replies.resize(count * reply_size);
    write_all(fd, replies.data(), replies.size());
  }
}

double ping_pong_us(int fd, int calls) {
  const char request[request_size] = {};
  char reply[reply_size];
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    const auto begin = Clock::now();
    write_all(fd, request, sizeof request);
    read_all(fd, reply, sizeof reply);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + calls / 2, times.end());
  return times[static_cast<std::size_t>(calls) / 2];
}

double pipelined_per_s(int fd, std::size_t calls) {
  Batch batch(fd);
  std::vector<char> requests(window * request_size);
  const auto begin = Clock::now();
  write_all(fd, requests.data(), requests.size());
  for (std::size_t sent = window, done = 0; done < calls;) {
    const std::size_t count = batch.next(reply_size);
    done += count;
    const std::size_t more = std::min(count, calls - sent);
    sent += more;
    write_all(fd, requests.data(), more * request_size);
  }
  return static_cast<double>(calls) / std::chrono::duration<double>(Clock::now() - begin).count();
}

// --- the runtime ----------------------------------------------------------------------------------------------------

const std::string text(body_size - 1, 'x');

double calls_us(const ProbeClient& probe, int calls) {
  std::vector<double> times;
  for (int i = 0; i < calls; ++i) {
    const auto begin = Clock::now();
    probe.echo(text);
    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + calls / 2, times.end());
  return times[static_cast<std::size_t>(calls) / 2];
}

double futures_per_s(const ProbeClient& probe, std::size_t calls) {
  std::vector<rpc::Future<std::string>> ring(window);
  const auto begin = Clock::now();
  for (auto& slot : ring) slot = probe.async_echo(text);
  for (std::size_t done = 0; done < calls; ++done) {
    rpc::Future<std::string>& slot = ring[done % window];
    slot.get();
    if (done + window < calls) slot = probe.async_echo(text);
  }
  return static_cast<double>(calls) / std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Chain {
  const ProbeClient& probe;
  std::atomic<std::size_t> left;
  std::atomic<std::size_t> done = 0;
  std::size_t calls;

  void step() {
    probe.async_echo(text).then([this](rpc::Result<std::string> result) {
      if (!result) std::abort();
      const bool last = done.fetch_add(1, std::memory_order_relaxed) + 1 == calls;
      if (left.load(std::memory_order_relaxed) > 0) {
        left.fetch_sub(1, std::memory_order_relaxed);
        step();
      }
      if (last) done.notify_one();
    });
  }
};

double continuations_per_s(const ProbeClient& probe, std::size_t calls) {
  Chain chain{.probe = probe, .left = calls - window, .calls = calls};
  const auto begin = Clock::now();
  for (std::size_t i = 0; i < window; ++i) chain.step();
  for (std::size_t done; (done = chain.done.load()) < calls;) chain.done.wait(done);
  return static_cast<double>(calls) / std::chrono::duration<double>(Clock::now() - begin).count();
}

// --- processes ------------------------------------------------------------------------------------------------------

/// The far ends of one transport and placement, each in a process of its own.
struct Far {
  std::string name;
  int ping_pong;
  int pipelined;
  std::string url;
};

bench::Children children;

int start_raw(bool tcp, int core, void (*serve)(int)) {
  const Ends ends = tcp ? tcp_ends() : unix_ends();
  children.start_on(core, [&] {
    ::close(ends.client);
    serve(ends.server);
  });
  ::close(ends.server);
  return ends.client;
}

std::string start_server(bool tcp, int core, const std::string& folder) {
  int report[2];
  check(::pipe(report) == 0, "pipe");
  children.start_on(core, [&] {
    rpc::Server server;
    server.serve<Probe>(std::make_shared<Probe>());
    const std::string url = server.listen(tcp ? "tcp://127.0.0.1:0" : "unix:" + folder + "/" + std::to_string(core));
    write_all(report[1], url.c_str(), url.size() + 1);
    server.run();
  });
  char url[256] = {};
  check(::read(report[0], url, sizeof url - 1) > 0, "the server's address");
  return url;
}

void run(const Far& far, int rounds) {
  const ProbeClient probe(rpc::connect(far.url));
  std::vector<double> raw_us, rpc_us, raw_rate, ring_rate, then_rate, us_ratio, ring_ratio, then_ratio;
  for (int round = -1; round < rounds; ++round) {
    const double a = ping_pong_us(far.ping_pong, 2000);
    const double b = calls_us(probe, 2000);
    const double c = pipelined_per_s(far.pipelined, 60'000);
    const double d = futures_per_s(probe, 60'000);
    const double e = continuations_per_s(probe, 60'000);
    if (round < 0) continue;  // warms up
    raw_us.push_back(a), rpc_us.push_back(b), raw_rate.push_back(c), ring_rate.push_back(d), then_rate.push_back(e);
    us_ratio.push_back(b / a), ring_ratio.push_back(d / c), then_ratio.push_back(e / c);
  }
  const auto print = [&](const char* what, double ratio, const char* bar, double raw, double ours, const char* unit) {
    std::printf("%-16s %-24s %5.2f x  (bar %s)   raw %10.2f  rpc %10.2f %s\n", far.name.c_str(), what, ratio, bar, raw,
                ours, unit);
  };
  print("blocking p50", median(us_ratio), "<= 1.10", median(raw_us), median(rpc_us), "us");
  print("64 deep, futures", median(ring_ratio), ">= 0.50", median(raw_rate) / 1e6, median(ring_rate) / 1e6, "M/s");
  print("64 deep, then", median(then_ratio), ">= 0.50", median(raw_rate) / 1e6, median(then_rate) / 1e6, "M/s");
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 15;
  const std::string only = argc > 2 ? argv[2] : "";
  char folder[] = "/tmp/rpc-bench-XXXXXX";
  check(::mkdtemp(folder) != nullptr, "mkdtemp");
  const int last_core = std::thread::hardware_concurrency() > 1 ? 1 : 0;
  std::vector<Far> all;
  for (const int core : {0, last_core}) {
    for (const bool tcp : {false, true}) {
      const std::string name = std::string(tcp ? "tcp" : "unix") + (core == 0 ? ", one core" : ", two cores");
      if (name.find(only) == std::string::npos) continue;
      all.push_back({name, start_raw(tcp, core, &serve_ping_pong), start_raw(tcp, core, &serve_pipelined),
                     start_server(tcp, core, folder)});
    }
  }
  pin(0);
  for (const Far& far : all) run(far, rounds);
  children.end();
  std::fflush(stdout);
  const std::string remove = std::string("rm -rf ") + folder;
  return std::system(remove.c_str());
}
