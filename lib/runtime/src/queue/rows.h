// All messages of a box as rows, for who looks at them, or changes what the box itself never does.
//
//   Rows rows(database, "outbox");
//   rows.scan(dead, {}, [](const Row& row) { … return true; });
//   rows.revive(row, row.lane, row.sequence);                     // in a transaction
#pragma once

#include "queue/database.h"
#include "queue/stored.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace rpc::queue {

/// Where a message stands in its box. In each lane the urgent ones are first.
struct Position {
  std::int64_t lane = 0;
  std::int64_t rank = 0;  ///< most_urgent - priority
  std::uint64_t sequence = 0;
};

/// A message without its contents.
struct Row {
  std::int64_t id = 0;  ///< in its table; another one may have it later
  bool dead = false;
  Position at;
  std::int64_t stored = 0;  ///< milliseconds since 1970
  std::int64_t life = 0;    ///< milliseconds; 0: for ever
  unsigned attempts = 0;
  std::string interface;
  std::string method;
  std::size_t bytes = 0;  ///< of metadata and body
  std::string reason;

  int priority() const noexcept { return most_urgent - static_cast<int>(at.rank); }

  /// For the quota, as size_of(Stored) counts it.
  std::size_t size() const noexcept { return 96 + interface.size() + method.size() + bytes; }
};

/// Used by one thread at a time, for one operation. Everything throws Error (not_stored).
class Rows {
 public:
  Rows(Database& database, const std::string& name);

  /// Those behind `after`, in order, until `use` gives false, which must not change the table.
  void scan(bool dead, const Position& after, const std::function<bool(const Row&)>& use);

  /// The message with that number, of any lane if it is 0.
  std::optional<Row> find(std::int64_t lane, std::uint64_t sequence);

  struct Contents {
    std::vector<std::byte> metadata;
    std::vector<std::byte> body;
  };
  Contents contents(const Row& row);

  /// A dead one waits again, as if it had never been tried.
  void revive(const Row& row, std::int64_t lane, std::uint64_t sequence);

  /// One that waits gets another place.
  void relocate(const Row& row, std::int64_t lane, std::uint64_t sequence);

  void erase_dead(const Row& row);

 private:
  std::optional<Row> find(Statement& statement, bool dead, std::int64_t lane, std::uint64_t sequence);

  Statement scan_;
  Statement scan_dead_;
  Statement find_;
  Statement find_dead_;
  Statement contents_;
  Statement contents_dead_;
  Statement revive_;
  Statement relocate_;
  Statement erase_dead_;
};

}  // namespace rpc::queue
