// What calls with long texts cost over a Unix socket, as ratios to write and read of as many bytes: one at a time, both
// ends in processes of their own. First with glibc's defaults, by which much of the memory that is freed goes back to
// the system, then with freed memory kept.
//
//   large_bench [rounds]
//
// Rounds of both alternate; the medians count.
#include <rpc/channel.h>
#include <rpc/server.h>

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "bench/processes.h"
#include "runtime/net/probe.h"
#include "runtime/net/running.h"

namespace {

using bench::check;
using bench::median;
using Clock = std::chrono::steady_clock;

constexpr std::size_t sizes[] = {std::size_t{64} << 10, std::size_t{256} << 10, std::size_t{1} << 20,
                                 std::size_t{4} << 20};
constexpr std::size_t bytes_a_round = std::size_t{256} << 20;

bench::Children children;

// --- plain sockets --------------------------------------------------------------------------------------------------

void send_all(int socket, const std::vector<char>& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t size = ::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    check(size > 0, "send");
    sent += static_cast<std::size_t>(size);
  }
}

/// False at the end.
bool receive_all(int socket, std::vector<char>& bytes) {
  return ::recv(socket, bytes.data(), bytes.size(), MSG_WAITALL) == static_cast<ssize_t>(bytes.size());
}

class Bare {
 public:
  explicit Bare(std::size_t size) : bytes_(size) {
    int ends[2];
    check(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "socketpair");
    children.start([&] {
      ::close(ends[0]);
      while (receive_all(ends[1], bytes_)) send_all(ends[1], bytes_);
    });
    ::close(ends[1]);
    socket_ = ends[0];
  }
  Bare(const Bare&) = delete;
  Bare& operator=(const Bare&) = delete;
  ~Bare() { ::close(socket_); }

  void exchange() {
    send_all(socket_, bytes_);
    check(receive_all(socket_, bytes_), "recv");
  }

 private:
  std::vector<char> bytes_;
  int socket_;
};

// --- calls ----------------------------------------------------------------------------------------------------------

void serve(const std::string& url, bool keeps_memory) {
  if (keeps_memory) bench::keep_freed_memory();
  rpc::Server server;
  server.serve<Probe>(std::make_shared<Probe>());
  server.listen(url);
  server.run();
}

// --- measuring ------------------------------------------------------------------------------------------------------

double microseconds_of(std::size_t times, const std::function<void()>& work) {
  const auto begin = Clock::now();
  for (std::size_t i = 0; i < times; ++i) work();
  return std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / static_cast<double>(times);
}

/// The other processes of a part of the benchmark. All are started before there are threads.
struct Others {
  explicit Others(bool keeps_memory) : url(folder.url("server")) {
    children.start([&] { serve(url, keeps_memory); });
    for (const std::size_t size : sizes) bare.push_back(std::make_unique<Bare>(size));
  }

  Folder folder;
  std::string url;
  std::vector<std::unique_ptr<Bare>> bare;  // by size
};

void run(Bare& bare, const ProbeClient& probe, std::size_t size, int rounds) {
  const std::string text(size, 'x');
  const std::size_t count = bytes_a_round / size;
  std::vector<double> ratios, times;
  for (int round = -1; round < rounds; ++round) {
    const double plain = microseconds_of(count, [&] { bare.exchange(); });
    const double call = microseconds_of(count, [&] { check(probe.echo(text).size() == size, "echo"); });
    if (round < 0) continue;  // warms up
    ratios.push_back(call / plain);
    times.push_back(call);
  }
  std::printf("  %7zu bytes  %5.2f x  %8.1f us\n", size, median(ratios), median(times));
  std::fflush(stdout);
}

void run(const char* title, const Others& others, int rounds) {
  std::printf("%s\n", title);
  const ProbeClient probe(rpc::connect(others.url));
  for (std::size_t i = 0; i < std::size(sizes); ++i) run(*others.bare[i], probe, sizes[i], rounds);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 5;
  const Others by_default(false), keeping(true);
  run("with glibc's defaults", by_default, rounds);
  bench::keep_freed_memory();
  run("with freed memory kept", keeping, rounds);
}
