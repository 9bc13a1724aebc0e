// The rows of one box: its lanes, the messages that wait in them, and the dead ones.
//
//   Table outbox(database, "outbox");
//   const std::int64_t id = outbox.insert(lane, stored);     // in a transaction
//   outbox.bury(id, "unimplemented: the server has no method record");
#pragma once

#include "queue/database.h"
#include "queue/stored.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::queue {

/// For each priority the last sequence that came in.
using Seen = std::array<std::uint64_t, priorities>;

/// What a box holds.
struct Totals {
  std::uint64_t count = 0;
  std::uint64_t dead = 0;  ///< of these
  std::uint64_t bytes = 0;
};

/// Used by one thread at a time. Everything throws Error (not_stored).
class Table {
 public:
  /// What makes the tables if they are not there, in SQL.
  static std::string schema(const std::string& name);

  /// They are there.
  Table(Database& database, const std::string& name);

  void each_lane(const std::function<void(std::int64_t id, std::string_view name, const Seen& seen)>& use);
  void write_lane(std::int64_t id, std::string_view name, const Seen& seen);

  /// Gives the row's id.
  std::int64_t insert(std::int64_t lane, const Stored& stored);
  void erase(std::int64_t id);
  void set_attempts(std::int64_t id, unsigned attempts);

  /// Moves it to the dead letters.
  void bury(std::int64_t id, unsigned attempts, std::string_view reason);

  /// The first messages of a lane: at most `count`, and of `bytes` together if there is more than one.
  std::vector<Stored> fetch(std::int64_t lane, std::size_t count, std::size_t bytes);

  bool has_any(std::int64_t lane);
  bool waits(std::int64_t lane, int priority, std::uint64_t sequence);

  /// Why a message is dead, if it is.
  std::optional<std::string> dead(std::int64_t lane, int priority, std::uint64_t sequence);

  /// Of those that wait and of the dead.
  Totals totals();

 private:
  Database& database_;
  Statement lanes_;
  Statement write_lane_;
  Statement insert_;
  Statement erase_;
  Statement set_attempts_;
  Statement copy_dead_;
  Statement fetch_;
  Statement any_;
  Statement waits_;
  Statement dead_;
  Statement totals_;
};

}  // namespace rpc::queue
