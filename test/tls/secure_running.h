// A server on tls:// for one test, with an authority that both ends trust.
//
//   SecureRunning running;
//   ProbeClient probe(running.connect());
#pragma once

#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/log.h>
#include <rpc/tls.h>

#include <memory>
#include <mutex>
#include <string>

#include "runtime/net/running.h"
#include "tls/authority.h"

/// The lines that are logged while it exists; one at a time.
class Logged {
 public:
  Logged() {
    lines().clear();
    rpc::set_log_handler([](rpc::Severity, std::string_view line) {
      const std::lock_guard lock(mutex());
      lines().append(line).append("\n");
    });
  }
  ~Logged() { rpc::set_log_handler(nullptr); }

  /// Whether a line with this in it comes.
  static bool has(const std::string& part) {
    return soon([&] { return all().find(part) != std::string::npos; });
  }

  static std::string all() {
    const std::lock_guard lock(mutex());
    return lines();
  }

 private:
  static std::mutex& mutex() {
    static std::mutex mutex;
    return mutex;
  }
  static std::string& lines() {
    static std::string lines;
    return lines;
  }
};

/// What a server with these files needs, with clients that are asked for certificates or not.
inline rpc::TlsOptions shown_by(const Issued& files, const std::string& ca = {}) {
  return {.ca = ca, .certificate = files.certificate, .key = files.key};
}

struct SecureRunning {
  SecureRunning() : SecureRunning(Wish{}) {}
  explicit SecureRunning(const Wish& wish, bool mutual = false, rpc::Limits limits = {})
      : tls(shown_by(authority.issue(wish), mutual ? authority.file() : "")), server({.limits = limits, .tls = tls}) {
    server.serve<Probe>(object);
    url = server.listen("tls://127.0.0.1:0");
    port = url.substr(url.rfind(':') + 1);
  }

  /// Trusts the authority and shows nothing.
  rpc::Channel connect(const rpc::TlsOptions& options) const {
    const rpc::Tls client(options);
    return rpc::connect(url, {.tls = client});
  }
  rpc::Channel connect() const { return connect({.ca = authority.file()}); }

  Folder folder;
  Authority authority{folder, "ca"};
  rpc::Tls tls;
  std::shared_ptr<Probe> object = std::make_shared<Probe>();
  rpc::Server server;
  std::string url;
  std::string port;
};

/// What a call by the channel fails with; a call that should fail at once, not at its deadline.
inline rpc::Error refusal_of(const rpc::Channel& channel) {
  return error_of([&] { ProbeClient(channel, {.deadline = patience}).add(1, 2); });
}
