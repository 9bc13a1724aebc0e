#include "net/balance/picker.h"

#include <algorithm>
#include <iterator>

namespace rpc::net {

void Picker::add(Server server) {
  if (server >= under_way_.size()) under_way_.resize(server + 1);
  under_way_[server] = 0;
  usable_.reserve(under_way_.size());
}

void Picker::set_usable(Server server, bool usable) {
  const auto found = std::ranges::find(usable_, server);
  if (usable == (found != usable_.end())) return;
  if (usable) {
    usable_.push_back(server);
  } else {
    usable_.erase(found);
  }
}

std::optional<Server> Picker::pick(std::span<const Server> but) {
  if (but.empty()) return usable_.empty() ? std::nullopt : std::optional(better_of(usable_));
  std::vector<Server> rest;
  std::ranges::copy_if(usable_, std::back_inserter(rest),
                       [&](Server each) { return std::ranges::find(but, each) == but.end(); });
  return rest.empty() ? std::nullopt : std::optional(better_of(rest));
}

Server Picker::better_of(std::span<const Server> servers) noexcept {
  const std::uint64_t drawn = random();
  const std::size_t first = static_cast<std::uint32_t>(drawn) % servers.size();
  if (servers.size() == 1) return servers[first];
  const std::size_t step = 1 + (drawn >> 32) % (servers.size() - 1);
  const std::size_t second = (first + step) % servers.size();
  return under_way(servers[second]) < under_way(servers[first]) ? servers[second] : servers[first];
}

// SplitMix64: each call is one step of a counter, scrambled.
std::uint64_t Picker::random() noexcept {
  std::uint64_t mixed = random_ += 0x9e3779b97f4a7c15;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

}  // namespace rpc::net
