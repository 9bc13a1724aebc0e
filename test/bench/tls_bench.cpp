// What calls over TLS cost, as ratios to a bare echo by asio::ssl that has as many bytes under way and answers as many
// at a time, and to the same calls without TLS: batches of 64 KiB or four messages, each sent at once and waited for
// before the next one. Both ends in processes of their own.
//
//   tls_bench [rounds]
//
// Bar: 0.8 of the bare echo's bytes a second. A second bare echo answers each record at once, which no server of calls
// can do. Rounds of all alternate; the medians count.
#include <rpc/channel.h>
#include <rpc/server.h>
#include <rpc/tls.h>

#include <unistd.h>

#include <algorithm>
#include <asio/connect.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/ssl.hpp>
#include <asio/write.hpp>
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
#include "tls/authority.h"

namespace {

using bench::check;
using bench::median;
using Clock = std::chrono::steady_clock;
using asio::ip::tcp;
using Stream = asio::ssl::stream<tcp::socket>;

constexpr std::size_t batch = std::size_t{64} << 10;
constexpr std::size_t record = std::size_t{16} << 10;  // the longest of TLS
constexpr std::size_t bytes_a_round = std::size_t{128} << 20;
constexpr std::size_t sizes[] = {64, std::size_t{1} << 10, std::size_t{16} << 10, std::size_t{256} << 10};

/// What an end shows and trusts.
struct Ends {
  Folder folder;
  Authority authority{folder, "ca"};
  Issued server = authority.issue({});
};

// --- asio::ssl ------------------------------------------------------------------------------------------------------

/// Answers `piece` bytes with one write, as a server answers what it reads: 64 KiB of calls, or a call that is longer.
[[noreturn]] void serve_bare(const Ends& ends, tcp::acceptor& acceptor, std::size_t piece) {
  asio::ssl::context context(asio::ssl::context::tlsv13_server);
  context.use_certificate_chain_file(ends.server.certificate);
  context.use_private_key_file(ends.server.key, asio::ssl::context::pem);
  Stream stream(acceptor.accept(), context);
  stream.next_layer().set_option(tcp::no_delay(true));
  stream.handshake(Stream::server);
  std::vector<char> bytes(piece);
  asio::error_code ended;
  while (const std::size_t size = asio::read(stream, asio::buffer(bytes), ended))
    asio::write(stream, asio::buffer(bytes, size));
  std::_Exit(0);
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

bench::Children children;

unsigned short start_bare(const Ends& ends, std::size_t piece) {
  asio::io_context io;
  tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
  children.start([&] { serve_bare(ends, acceptor, piece); });
  return acceptor.local_endpoint().port();
}

/// The ports of the two bare echoes for texts of one size.
struct Echoes {
  unsigned short bare, by_record;
};

std::vector<Echoes> start_echoes(const Ends& ends) {
  std::vector<Echoes> echoes;
  for (const std::size_t size : sizes)
    echoes.push_back({start_bare(ends, std::max(batch, size)), start_bare(ends, record)});
  return echoes;
}

struct Addresses {
  std::string tls, plain;
};

Addresses start_server(const Ends& ends) {
  int report[2];
  check(::pipe(report) == 0, "pipe");
  children.start([&] {
    const rpc::Tls tls({.certificate = ends.server.certificate, .key = ends.server.key});
    rpc::Server server({.tls = tls});
    server.serve<Probe>(std::make_shared<Probe>());
    const std::string urls = server.listen("tls://127.0.0.1:0") + " " + server.listen("tcp://127.0.0.1:0");
    check(::write(report[1], urls.c_str(), urls.size()) > 0, "write");
    server.run();
  });
  char urls[256] = {};
  check(::read(report[0], urls, sizeof urls - 1) > 0, "the server's addresses");
  const std::string both = urls;
  const std::size_t space = both.find(' ');
  check(space != std::string::npos, "two addresses");
  return {.tls = both.substr(0, space), .plain = both.substr(space + 1)};
}

double seconds_of(const std::function<void()>& work) {
  const auto begin = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

struct Series {
  std::vector<double> rates, to_bare, to_by_record;  // MB/s, ratios

  void add(double rate, double bare, double by_record) {
    rates.push_back(rate);
    to_bare.push_back(rate / bare);
    to_by_record.push_back(rate / by_record);
  }
};

void run(BareClient& bare, BareClient& by_record, const ProbeClient& secure, const ProbeClient& plain, std::size_t size,
         int rounds) {
  const std::size_t count = std::max<std::size_t>(batch / size, 4);
  const std::size_t batches = bytes_a_round / (count * size) / (size < 1024 ? 8 : 1);
  const std::string text(size, 'x');
  const auto rate = [&](const auto& one_batch) {
    return static_cast<double>(batches * count * size) / 1e6 / seconds_of([&] {
             for (std::size_t i = 0; i < batches; ++i) one_batch();
           });
  };
  Series calls, plain_calls;
  for (int round = -1; round < rounds; ++round) {
    const double echo = rate([&] { bare.exchange(count * size); });
    const double echo_by_record = rate([&] { by_record.exchange(count * size); });
    const double by_tls = rate([&] { exchange(secure, text, count); });
    const double by_tcp = rate([&] { exchange(plain, text, count); });
    if (round < 0) continue;  // warms up
    calls.add(by_tls, echo, echo_by_record);
    plain_calls.add(by_tcp, echo, echo_by_record);
  }
  const double bytes_a_second = median(calls.rates) * 1e6;
  std::printf(
      "%7zu bytes, %4zu at a time  %5.2f x (bar 0.80), record by record %5.2f x  without TLS %5.2f x   %8.1f MB/s, "
      "%.0f calls/s\n",
      size, count, median(calls.to_bare), median(calls.to_by_record), median(plain_calls.to_bare), bytes_a_second / 1e6,
      bytes_a_second / static_cast<double>(size));
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 7;
  Ends ends;
  const std::vector<Echoes> echoes = start_echoes(ends);
  const Addresses server = start_server(ends);
  {
    const rpc::Tls tls({.ca = ends.authority.file()});
    const ProbeClient secure(rpc::connect(server.tls, {.tls = tls}));
    const ProbeClient plain(rpc::connect(server.plain));
    for (std::size_t i = 0; i < std::size(sizes); ++i) {
      BareClient bare(ends, echoes[i].bare);
      BareClient by_record(ends, echoes[i].by_record);
      run(bare, by_record, secure, plain, sizes[i], rounds);
    }
  }
}
