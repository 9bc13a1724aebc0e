// One of the two boxes of a queue: its lanes in memory, its table, and what is still to be written to that.
//
//   Lane& lane = box.lane(name, durable);
//   box.store(lane, stored);                            // in a transaction
//   box.committed();                                    // or rolled_back()
//   box.settle({.id = stored.id, …});                   // with the next transaction
#pragma once

#include "queue/lane.h"
#include "queue/table.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rpc::queue {

/// What is to become of a row.
struct Settlement {
  enum class What : std::uint8_t { erase, bury, attempts };

  What what = What::erase;
  std::int64_t id = 0;
  std::size_t bytes = 0;  ///< which are free then
  unsigned attempts = 0;
  std::string reason{};
};

/// Used by the queue's thread only.
class Box {
 public:
  Box(Database& database, const std::string& name);

  /// The table is not used any more.
  void close() noexcept { table_.reset(); }

  /// Makes it if it is not there.
  Lane& lane(std::string_view name, bool durable);

  /// Null if there is none.
  Lane* find(std::string_view name, bool durable);

  template <class Use>
  void each(Use use) {
    for (auto& [key, lane] : lanes_) use(lane);
  }

  /// What came in so far: of committed transactions and of this one.
  const Seen& seen(const Lane& lane) { return seen_[&lane]; }

  /// To be changed in a transaction, and written with the lane.
  Seen& change_seen(Lane& lane);

  // In a transaction. They throw Error.
  void store(Lane& lane, Stored& stored);
  void write_lane(Lane& lane);
  void write_settled();

  // After it.
  void committed() noexcept;
  void rolled_back() noexcept;

  /// Has a row written, erased or buried. One of the memory only is just counted out.
  void settle(Settlement settlement);
  bool unsettled() const noexcept { return !settled_.empty(); }

  /// Reads on where a window is empty, but for what was taken out of it. False: not now, since something is to be
  /// written first.
  bool refill(Lane& lane, const std::set<Key>& taken = {});

  /// One less, in a transaction that erases it otherwise.
  void count_out(std::size_t bytes, bool dead) noexcept;

  /// One that was dead waits again, in a transaction.
  void count_revived() noexcept { --totals_.dead; }

  /// What the window of a lane is after a transaction that changed its rows otherwise, but for what was taken out.
  Lane reread(const Lane& lane, const std::set<Key>& taken);

  /// After it. What has to wait in memory goes on waiting, but for those.
  static void replace(Lane& lane, Lane fresh, const std::set<Key>& hurried) noexcept;

  Table& table() noexcept { return *table_; }
  const Totals& totals() const noexcept { return totals_; }

 private:
  std::optional<Table> table_;  // until it is closed
  std::map<std::pair<std::string, bool>, Lane> lanes_;
  std::map<const Lane*, Seen> seen_;
  std::int64_t next_lane_ = 1;
  std::vector<Settlement> settled_;
  Totals totals_;

  // Of the transaction.
  std::vector<std::pair<Lane*, Seen>> before_;
  std::vector<Lane*> wrote_;
  Totals totals_before_;
  std::size_t writing_ = 0;  // of settled_
};

}  // namespace rpc::queue
