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
#include <set>
#include <string>
#include <utility>

namespace rpc::queue {

struct Lane {
  using Place = std::map<Key, Stored>::iterator;

  static constexpr std::size_t most_messages = 4096;
  static constexpr std::size_t most_bytes = std::size_t{8} << 20;

  std::int64_t id = 0;
  std::string name;     ///< the server's address, or the sender
  bool durable = true;  ///< has a table; else everything is in the window
  bool written = false;
  bool more = false;  ///< the table has messages behind the window
  std::map<Key, Stored> window;
  std::size_t bytes = 0;  ///< in the window

  bool empty() const noexcept { return window.empty() && !more; }

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

  Stored take(Place which) {
    Stored stored = std::move(window.extract(which).mapped());
    bytes -= size_of(stored);
    return stored;
  }

  /// The first one.
  Stored take() { return take(window.begin()); }

  /// Reads on from the table, but for what was taken out and is still in there.
  void refill(Table& table, const std::set<Key>& taken) {
    const std::size_t most = most_messages / 2 + taken.size();
    std::size_t read = 0;
    std::vector<Stored> found = table.fetch(id, most, most_bytes / 2);
    more = false;
    for (Stored& stored : found) {
      read += size_of(stored);
      if (!taken.contains(stored.key())) add(std::move(stored));
    }
    more = found.size() == most || read >= most_bytes / 2;
  }
};

}  // namespace rpc::queue
