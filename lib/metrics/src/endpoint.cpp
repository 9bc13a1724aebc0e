#include <prometheus/exposer.h>
#include <rpc/error.h>
#include <rpc/metrics_endpoint.h>

#include <exception>
#include <utility>

#include "no_signals.h"

namespace rpc {

namespace {

/// One for Prometheus, one for who looks at the same time.
constexpr std::size_t threads = 2;

/// Where to listen. Of a port alone on this machine, where the HTTP server would listen to everybody.
std::string bound(std::string_view address) {
  const bool only_port = !address.empty() && address.find_first_not_of("0123456789") == std::string_view::npos;
  return (only_port ? "127.0.0.1:" : "") + std::string(address);
}

std::string host_of(std::string_view address) { return std::string(address.substr(0, address.rfind(':'))); }

[[noreturn]] void refuse(std::string_view address, const std::string& why) {
  throw Error(Code::unavailable, "no metrics at " + std::string(address) + ": " + why);
}

/// The HTTP server would take lists of ports, and letters that mean something else to it.
void check(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  const std::string_view host = address.substr(0, colon == std::string_view::npos ? 0 : colon);
  const std::string_view port = colon == std::string_view::npos ? "" : address.substr(colon + 1);
  const bool ipv6 = host.starts_with('[') && host.ends_with(']');
  const bool good =
      !host.empty() && !port.empty() && port.size() <= 5 &&
      port.find_first_not_of("0123456789") == std::string_view::npos &&
      host.find_first_not_of(ipv6 ? "[]0123456789abcdefABCDEF:." : "0123456789.") == std::string_view::npos;
  if (!good) refuse(address, "an address is 127.0.0.1:9464, [::1]:9464 or 9464, with numbers only");
}

}  // namespace

class MetricsEndpoint::Listening {
 public:
  explicit Listening(const std::string& address) : exposer_(listen(address)) {}

  void show(const std::shared_ptr<prometheus::Collectable>& collectable) {
    exposer_.RegisterCollectable(collectable, "/metrics");
  }

  int port() const { return exposer_.GetListeningPorts().at(0); }

 private:
  static prometheus::Exposer listen(const std::string& address) {
    const internal::NoSignals none;  // which its threads have from this one
    return prometheus::Exposer(address, threads);
  }

  prometheus::Exposer exposer_;
};

MetricsEndpoint::MetricsEndpoint(std::string_view address) {
  const std::string at = bound(address);
  check(at);
  try {
    listening_ = std::make_unique<Listening>(at);
  } catch (const std::exception&) {
    refuse(address, "another program listens there, or the address is none of this machine's");
  }
  listening_->show(collectable());
  url_ = "http://" + host_of(at) + ":" + std::to_string(listening_->port()) + "/metrics";
}

MetricsEndpoint::~MetricsEndpoint() = default;

}  // namespace rpc
