// Which server takes the next call: of two at random, the one with fewer calls under way. Nearly as even as asking all
// of them, at the cost of two; and clients that know nothing of each other do not all run to the same one.
//
//   Picker picker(seed);
//   picker.add(0);
//   picker.set_usable(0, true);
//   if (std::optional<Server> server = picker.pick({})) picker.began(*server);
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rpc::net {

/// The number of a server of one channel; small.
using Server = std::uint32_t;

/// No clock, no sockets, no lock.
class Picker {
 public:
  explicit Picker(std::uint64_t seed) noexcept : random_(seed) {}

  /// Before anything else with it.
  void add(Server server);

  void set_usable(Server server, bool usable);

  /// A usable server that is not among `but`; nothing if there is none.
  std::optional<Server> pick(std::span<const Server> but);

  void began(Server server) noexcept { ++under_way_[server]; }
  void ended(Server server) noexcept { --under_way_[server]; }
  std::uint32_t under_way(Server server) const noexcept { return under_way_[server]; }

 private:
  std::uint64_t random() noexcept;
  Server better_of(std::span<const Server> servers) noexcept;

  std::vector<Server> usable_;
  std::vector<std::uint32_t> under_way_;
  std::uint64_t random_;
};

}  // namespace rpc::net
