// What a server tells about itself, to programs that were built without its headers: farcallctl, for one. A server
// offers it if its options say so:
//
//   rpc::Server server({.reflection = true});
//
//   rpc::ReflectionClient reflection(rpc::connect("tcp://127.0.0.1:7000"));      // <rpc/reflection.rpc.h>
//   for (const std::string& name : reflection.interfaces()) std::cout << reflection.contract(name);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rpc {

class [[rpc::interface]] Reflection {
 public:
  virtual ~Reflection() = default;

  /// The wire names of all interfaces that are served, this one too, sorted.
  [[rpc::idempotent]] virtual std::vector<std::string> interfaces() = 0;

  /// The contract of one of them with everything it refers to, as JSON: docs/contract-json.md describes it. Comments
  /// are left out. Throws Error (unimplemented) for one that is not served, or whose code was not generated.
  [[rpc::idempotent]] virtual std::string contract(std::string interface) = 0;

  /// What became of the calls without a reply that reached the server: rpc::ServerCounters, by name.
  [[rpc::idempotent]] virtual std::map<std::string, std::uint64_t> counters() = 0;
};

}  // namespace rpc
