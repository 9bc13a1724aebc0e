// The messages of one sender or for one server, in the order in which they go. The first ones are in memory; the rest,
// if there is more than a window has room for, only in the table, so that a million that wait take no more than a few.
//
//   lane.add(std::move(stored));
//   while (!lane.window.empty()) send(lane.take());
#pragma once

#include "queue/stored.h"
#include "queue/table.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace rpc::queue {

struct Lane {
  static constexpr std::size_t most_messages = 4096;
  static constexpr std::size_t most_bytes = std::size_t{8} << 20;

  std::int64_t id = 0;
  std::string name;     ///< the server's address, or the sender
  bool durable = true;  ///< has a table; else everything is in the window
  bool written = false;
  bool more = false;  ///< the table has messages behind the window
  bool busy = false;  ///< some were taken out of the window, and it is not known what becomes of them
  std::map<Key, Stored> window;
  std::size_t bytes = 0;  ///< in the window
  unsigned failures = 0;  ///< in a row
  Time again_at{};        ///< not before

  bool can_go(Time now) const noexcept { return !busy && (more || !window.empty()) && again_at <= now; }

  /// One that is in the table, if there is one.
  void add(Stored stored) {
    const Key key = stored.key();
    if (more && (window.empty() || key > window.rbegin()->first)) return;
    bytes += size_of(stored);
    window.emplace(key, std::move(stored));
    while (durable && window.size() > 1 && (window.size() > most_messages || bytes > most_bytes)) {
      const auto last = std::prev(window.end());
      bytes -= size_of(last->second);
      window.erase(last);
      more = true;
    }
  }

  /// The first one.
  Stored take() {
    Stored stored = std::move(window.extract(window.begin()).mapped());
    bytes -= size_of(stored);
    return stored;
  }

  /// Reads on from the table: only if nothing of what was taken out is still in there.
  void refill(Table& table) {
    std::vector<Stored> found = table.fetch(id, most_messages / 2, most_bytes / 2);
    more = false;
    for (Stored& stored : found) add(std::move(stored));
    more = found.size() == most_messages / 2 || bytes >= most_bytes / 2;
  }
};

}  // namespace rpc::queue
