// What calls over TLS cost, as the ratio to a bare echo by asio::ssl that has as many bytes under way: batches of 64
// KiB or one message, each sent at once and waited for before the next one. Both ends in processes of their own.
//
//   tls_bench [rounds]
//
// Bar: 0.8 of the bare echo's bytes a second. Rounds of both alternate; the medians count.
#include <rpc/channel.h>
#include <rpc/server.h>
#include <rpc/tls.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <asio/connect.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/ssl.hpp>
#include <asio/write.hpp>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/net/probe.h"
#include "runtime/net/running.h"
#include "tls/authority.h"

namespace {

using Clock = std::chrono::steady_clock;
using asio::ip::tcp;
using Stream = asio::ssl::stream<tcp::socket>;

constexpr std::size_t batch = std::size_t{64} << 10;
constexpr std::size_t bytes_a_round = std::size_t{128} << 20;

void check(bool good, const char* what) {
  if (good) return;
  std::perror(what);
  std::exit(1);
}

/// What an end shows and trusts.
struct Ends {
  Folder folder;
  Authority authority{folder, "ca"};
  Issued server = authority.issue({});
};

// --- asio::ssl ------------------------------------------------------------------------------------------------------

[[noreturn]] void serve_bare(const Ends& ends, tcp::acceptor& acceptor) {
  asio::ssl::context context(asio::ssl::context::tlsv13_server);
  context.use_certificate_chain_file(ends.server.certificate);
  context.use_private_key_file(ends.server.key, asio::ssl::context::pem);
  Stream stream(acceptor.accept(), context);
  stream.next_layer().set_option(tcp::no_delay(true));
  stream.handshake(Stream::server);
  std::vector<char> bytes(batch);
  for (;;) asio::write(stream, asio::buffer(bytes, stream.read_some(asio::buffer(bytes))));
}

class BareClient {
 public:
  BareClient(const Ends& ends, unsigned short port) {
    context_.load_verify_file(ends.authority.file());
    stream_.next_layer().connect({asio::ip::make_address("127.0.0.1"), port});
    stream_.next_layer().set_option(tcp::no_delay(true));
    stream_.handshake(Stream::client);
  }

  void exchange(std::size_t size) {
    bytes_.resize(size);
    asio::write(stream_, asio::buffer(bytes_));
    asio::read(stream_, asio::buffer(bytes_));
  }

 private:
  asio::io_context io_;
  asio::ssl::context context_{asio::ssl::context::tlsv13_client};
  Stream stream_{io_, context_};
  std::vector<char> bytes_;
};

// --- calls ----------------------------------------------------------------------------------------------------------

void exchange(const ProbeClient& probe, const std::string& text, std::size_t count) {
  std::vector<rpc::Future<std::string>> futures;
  futures.reserve(count);
  for (std::size_t i = 0; i < count; ++i) futures.push_back(probe.async_echo(text));
  for (rpc::Future<std::string>& future : futures) check(future.get().size() == text.size(), "echo");
}

// --- processes ------------------------------------------------------------------------------------------------------

std::vector<pid_t> children;

void in_child(const std::function<void()>& work) {
  const pid_t child = ::fork();
  check(child >= 0, "fork");
  if (child != 0) return children.push_back(child);
  work();
  std::_Exit(0);
}

unsigned short start_bare(const Ends& ends) {
  asio::io_context io;
  tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
  in_child([&] { serve_bare(ends, acceptor); });
  return acceptor.local_endpoint().port();
}

std::string start_server(const Ends& ends) {
  int report[2];
  check(::pipe(report) == 0, "pipe");
  in_child([&] {
    const rpc::Tls tls({.certificate = ends.server.certificate, .key = ends.server.key});
    rpc::Server server({.tls = tls});
    server.serve<Probe>(std::make_shared<Probe>());
    const std::string url = server.listen("tls://127.0.0.1:0");
    check(::write(report[1], url.c_str(), url.size()) > 0, "write");
    server.run();
  });
  char url[256] = {};
  check(::read(report[0], url, sizeof url - 1) > 0, "the server's address");
  return url;
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double>& values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

void run(BareClient& bare, const ProbeClient& probe, std::size_t size, int rounds) {
  const std::size_t count = std::max<std::size_t>(batch / size, 1);
  const std::size_t batches = std::max<std::size_t>(bytes_a_round / std::max(batch, size) / (size < 1024 ? 8 : 1), 1);
  const std::string text(size, 'x');
  const double megabytes = static_cast<double>(batches * count * size) / 1e6;
  std::vector<double> bare_rate, rpc_rate, ratio;
  for (int round = -1; round < rounds; ++round) {
    const double a = megabytes / seconds_of([&] {
                       for (std::size_t i = 0; i < batches; ++i) bare.exchange(count * size);
                     });
    const double b = megabytes / seconds_of([&] {
                       for (std::size_t i = 0; i < batches; ++i) exchange(probe, text, count);
                     });
    if (round < 0) continue;  // warms up
    bare_rate.push_back(a), rpc_rate.push_back(b), ratio.push_back(b / a);
  }
  std::printf("%7zu bytes, %4zu at a time  %5.2f x  (bar 0.80)   asio::ssl %8.1f  rpc %8.1f MB/s, %.0f calls/s\n", size,
              count, median(ratio), median(bare_rate), median(rpc_rate),
              median(rpc_rate) * 1e6 / static_cast<double>(size));
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
  Ends ends;
  const unsigned short port = start_bare(ends);
  const std::string url = start_server(ends);
  {
    BareClient bare(ends, port);
    const rpc::Tls tls({.ca = ends.authority.file()});
    const ProbeClient probe(rpc::connect(url, {.tls = tls}));
    for (const std::size_t size :
         {std::size_t{64}, std::size_t{1} << 10, std::size_t{16} << 10, std::size_t{256} << 10})
      run(bare, probe, size, rounds);
  }
  for (const pid_t child : children) ::kill(child, SIGKILL);
  for (const pid_t child : children) ::waitpid(child, nullptr, 0);
}
