#include "remote.h"

#include <rpc/error.h>

#include <algorithm>
#include <span>

#include "contract/read.h"
#include "values/suggest.h"

namespace farcall::ctl {
namespace {

/// A server that describes itself does so at once, and one that is not there is not worth waiting for.
constexpr std::chrono::seconds patience{3};

/// Without datagrams: what is said to be sent has been read.
rpc::Channel connect(const std::string& url, const Arguments& arguments) try {
  rpc::ChannelOptions options{.limits = {.max_datagram = 0}};
  const rpc::TlsOptions files{.ca = arguments.text(tls_ca_option),
                              .certificate = arguments.text(tls_cert_option),
                              .key = arguments.text(tls_key_option)};
  if (files.ca.empty() && files.certificate.empty() && files.key.empty()) return rpc::connect(url, options);
  const rpc::Tls tls(files);
  options.tls = tls;
  return rpc::connect(url, options);
} catch (const rpc::Error& error) {
  throw UsageError(error.what());
}

rpc::CallOptions within(const Arguments& arguments, std::chrono::nanoseconds otherwise) {
  const std::chrono::nanoseconds deadline = arguments.deadline.value_or(otherwise);
  return {.deadline = deadline.count() < 0 ? rpc::no_deadline : deadline};
}

[[noreturn]] void fail(const std::string& what, const rpc::Error& error) {
  if (error.code() == rpc::Code::failed && !error.remote_type().empty())
    throw Failure(what + " threw " + error.remote_type() + ": " + error.what());
  throw Failure(what + " failed (" + rpc::to_string(error.code()) + "): " + error.what());
}

bool is_not_served(const rpc::Error& error, const std::string& interface) {
  return error.code() == rpc::Code::unimplemented && error.what() == "the server does not serve " + interface;
}

std::span<const std::byte> as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

}  // namespace

Remote::Remote(const std::string& url, const Arguments& arguments)
    : url_(url),
      arguments_(arguments),
      channel_(connect(url, arguments)),
      reflection_(channel_,
                  {.deadline = std::min<std::chrono::nanoseconds>(within(arguments, patience).deadline, patience)}),
      monitor_(channel_, {.deadline = patience}) {}

std::vector<std::string> Remote::interfaces() try { return reflection_.interfaces(); } catch (const rpc::Error& error) {
  if (is_not_served(error, "rpc::Reflection"))
    throw Failure("the server at " + url_ +
                  " does not describe itself; it would with rpc::Server server({.reflection = true})");
  if (error.code() == rpc::Code::unavailable || error.code() == rpc::Code::deadline_exceeded)
    throw Failure(error.what());
  fail("asking " + url_ + " for its interfaces", error);
}

Described Remote::describe(const std::string& interface) {
  Described made;
  try {
    made.text = reflection_.contract(interface);
  } catch (const rpc::Error& error) {
    const std::vector<std::string> names = interfaces();  // or why there are none
    if (is_not_served(error, interface))
      throw UsageError("the server does not serve '" + interface + "'" + instead_of(interface, names));
    fail("asking " + url_ + " for " + interface, error);
  }
  ReadFrozen read = read_frozen(made.text);
  if (!read.frozen) throw Failure("the server's description of " + interface + " cannot be read: " + read.problem);
  made.contract = std::move(*read.frozen);
  if (made.contract.interfaces.size() != 1 || made.interface().name != interface)
    throw Failure("the server described something else than " + interface);
  return made;
}

std::map<std::string, std::uint64_t> Remote::counters() try {
  return reflection_.counters();
} catch (const rpc::Error& error) {
  interfaces();  // or why it cannot be asked
  fail("asking " + url_ + " for its counters", error);
}

rpc::ServerMetrics Remote::metrics() try { return monitor_.metrics(); } catch (const rpc::Error& error) {
  interfaces();  // or why it cannot be asked
  fail("asking " + url_ + " what it counts", error);
}

Target Remote::target(const std::string& name) {
  const std::vector<std::string> names = interfaces();
  if (std::ranges::find(names, name) != names.end()) return {name, ""};
  for (std::size_t dot = name.rfind('.'); dot != std::string::npos && dot != 0; dot = name.rfind('.', dot - 1)) {
    const std::string interface = name.substr(0, dot);
    if (std::ranges::find(names, interface) != names.end()) return {interface, name.substr(dot + 1)};
  }
  const std::string meant = name.substr(0, name.rfind('.'));
  throw UsageError("the server does not serve '" + meant + "'" + instead_of(meant, names));
}

rpc::DynamicClient Remote::client(const Described& described, const FrozenMethod& method) const {
  std::vector<rpc::MetadataEntry> metadata;
  for (const auto& [key, value] : arguments_.metadata) metadata.push_back({key, value});
  rpc::CallOptions options = within(arguments_, method.timeout.value_or(rpc::default_deadline));
  options.metadata = metadata;
  return {channel_, described.interface().name, {method.name}, options};
}

rpc::DynamicClient::Body Remote::call(const Described& described, const FrozenMethod& method,
                                      std::string_view arguments) try {
  return client(described, method).call(method.name, as_bytes(arguments));
} catch (const rpc::Error& error) {
  fail(described.interface().name + "." + method.name, error);
}

void Remote::send(const Described& described, const FrozenMethod& method, std::string_view arguments) {
  const std::string name = described.interface().name + "." + method.name;
  try {
    client(described, method).send(method.name, as_bytes(arguments));
    reflection_.interfaces();  // is answered when what was sent before has been read
  } catch (const rpc::Error& error) {
    fail(name, error);
  }
  if (channel_.counters().frames_sent == 0) throw Failure(name + " was not sent: the connection was lost");
}

const FrozenMethod& method_called(const FrozenInterface& interface, const std::string& name) {
  if (const FrozenMethod* found = find_named(interface.methods, name)) return *found;
  std::vector<std::string> names;
  for (const FrozenMethod& each : interface.methods) names.push_back(each.name);
  throw UsageError(interface.name + " has no method '" + name + "'" + instead_of(name, names));
}

}  // namespace farcall::ctl
