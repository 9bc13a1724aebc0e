// A server on tls:// for one test, with an authority that both ends trust.
//
//   SecureRunning running;
//   ProbeClient probe(running.connect());
#pragma once

#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/tls.h>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "runtime/net/logged.h"
#include "runtime/net/running.h"
#include "tls/authority.h"

/// Whether a line with this in it is logged, now or soon.
inline testing::AssertionResult tells(const Logged& logged, std::string_view part) {
  if (soon([&] { return logged.has(part); })) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no line with \"" << part << "\" in " << testing::PrintToString(logged.lines());
}

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
