#include "queue/table.h"

#include "queue/checksum.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace rpc::queue {

namespace {

using Milliseconds = std::chrono::milliseconds;

std::int64_t wall_clock() noexcept {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<Milliseconds>(now).count();
}

// The clock of the wall may have been set meanwhile: no message gets more time than it was given.
Time expiry(std::int64_t stored, Milliseconds life) noexcept {
  if (life.count() == 0) return never;
  const Milliseconds age{std::max<std::int64_t>(wall_clock() - stored, 0)};
  return internal::time_after(std::chrono::steady_clock::now(), std::max(life - age, Milliseconds(0)));
}

std::vector<std::byte> copy(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

// NAME stands for the table.
constexpr const char* tables = R"sql(
CREATE TABLE IF NOT EXISTS NAME_lanes(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, seen BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS NAME(id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, rank INTEGER NOT NULL,
  sequence INTEGER NOT NULL, stored INTEGER NOT NULL, life INTEGER NOT NULL, attempts INTEGER NOT NULL,
  interface TEXT NOT NULL, method TEXT NOT NULL, metadata BLOB NOT NULL, body BLOB NOT NULL,
  sum INTEGER NOT NULL, UNIQUE(lane, rank, sequence));
CREATE TABLE IF NOT EXISTS NAME_dead(id INTEGER PRIMARY KEY, lane INTEGER NOT NULL, rank INTEGER NOT NULL,
  sequence INTEGER NOT NULL, stored INTEGER NOT NULL, life INTEGER NOT NULL, attempts INTEGER NOT NULL,
  interface TEXT NOT NULL, method TEXT NOT NULL, metadata BLOB NOT NULL, body BLOB NOT NULL,
  sum INTEGER NOT NULL, died INTEGER NOT NULL, reason TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS NAME_dead_order ON NAME_dead(lane, rank, sequence);
)sql";

std::string with_name(std::string text, const std::string& name) {
  for (std::size_t at = 0; (at = text.find("NAME", at)) != std::string::npos; at += name.size())
    text.replace(at, 4, name);
  return text;
}

}  // namespace

std::string Table::schema(const std::string& name) { return with_name(tables, name); }

Table::Table(Database& database, const std::string& name)
    : database_(database),
      lanes_(database, "SELECT id, name, seen FROM " + name + "_lanes"),
      write_lane_(database, "INSERT INTO " + name +
                                "_lanes(id, name, seen) VALUES(?1, ?2, ?3) "
                                "ON CONFLICT(id) DO UPDATE SET seen = ?3"),
      insert_(database, "INSERT INTO " + name +
                            "(lane, rank, sequence, stored, life, attempts, interface, method, metadata, body, sum) "
                            "VALUES(?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)"),
      erase_(database, "DELETE FROM " + name + " WHERE id = ?"),
      set_attempts_(database, "UPDATE " + name + " SET attempts = ? WHERE id = ?"),
      copy_dead_(database, "INSERT INTO " + name +
                               "_dead(lane, rank, sequence, stored, life, attempts, interface, method, metadata, body, "
                               "sum, died, reason) SELECT lane, rank, sequence, stored, life, ?, interface, method, "
                               "metadata, body, sum, ?, ? FROM " +
                               name + " WHERE id = ?"),
      fetch_(database,
             "SELECT id, rank, sequence, stored, life, attempts, interface, method, metadata, body, sum FROM " + name +
                 " WHERE lane = ? ORDER BY rank, sequence LIMIT ?"),
      any_(database, "SELECT 1 FROM " + name + " WHERE lane = ? LIMIT 1"),
      waits_(database, "SELECT 1 FROM " + name + " WHERE lane = ? AND rank = ? AND sequence = ?"),
      dead_(database, "SELECT reason FROM " + name + "_dead WHERE lane = ? AND rank = ? AND sequence = ?"),
      totals_(database, with_name("SELECT count(*), total(dead), total(96 + length(interface) + length(method) + "
                                  "length(metadata) + length(body)) FROM "
                                  "(SELECT 0 AS dead, interface, method, metadata, body FROM NAME UNION ALL "
                                  "SELECT 1 AS dead, interface, method, metadata, body FROM NAME_dead)",
                                  name)) {}

void Table::each_lane(const std::function<void(std::int64_t, std::string_view, const Seen&)>& use) {
  while (lanes_.step()) {
    Seen seen{};
    const std::span<const std::byte> bytes = lanes_.blob(2);
    std::memcpy(seen.data(), bytes.data(), std::min(sizeof seen, bytes.size()));
    use(lanes_.integer(0), lanes_.text(1), seen);
  }
}

void Table::write_lane(std::int64_t id, std::string_view name, const Seen& seen) {
  write_lane_.bind(id).bind(name).bind(std::as_bytes(std::span(seen))).run();
}

std::int64_t Table::insert(std::int64_t lane, const Stored& stored) {
  insert_.bind(lane)
      .bind(std::int64_t{most_urgent - stored.priority})
      .bind(static_cast<std::int64_t>(stored.sequence))
      .bind(wall_clock())
      .bind(stored.life.count())
      .bind(std::string_view(stored.interface))
      .bind(std::string_view(stored.method))
      .bind(std::span(stored.metadata))
      .bind(std::span(stored.body))
      .bind(checksum(stored))
      .run();
  return sqlite3_last_insert_rowid(database_.handle());
}

void Table::erase(std::int64_t id) { erase_.bind(id).run(); }

void Table::set_attempts(std::int64_t id, unsigned attempts) {
  set_attempts_.bind(std::int64_t{attempts}).bind(id).run();
}

void Table::bury(std::int64_t id, unsigned attempts, std::string_view reason) {
  copy_dead_.bind(std::int64_t{attempts}).bind(wall_clock()).bind(reason).bind(id).run();
  erase(id);
}

std::vector<Stored> Table::fetch(std::int64_t lane, std::size_t count, std::size_t bytes) {
  std::vector<Stored> found;
  fetch_.bind(lane).bind(static_cast<std::int64_t>(count));
  while (bytes != 0 && fetch_.step()) {
    const Milliseconds life{fetch_.integer(4)};
    found.push_back({.id = fetch_.integer(0),
                     .sequence = static_cast<std::uint64_t>(fetch_.integer(2)),
                     .priority = most_urgent - static_cast<int>(fetch_.integer(1)),
                     .attempts = static_cast<unsigned>(fetch_.integer(5)),
                     .life = life,
                     .expires = expiry(fetch_.integer(3), life),
                     .interface = std::string(fetch_.text(6)),
                     .method = std::string(fetch_.text(7)),
                     .metadata = copy(fetch_.blob(8)),
                     .body = copy(fetch_.blob(9))});
    found.back().is_corrupted = checksum(found.back()) != fetch_.integer(10);
    bytes -= std::min(bytes, size_of(found.back()));
  }
  fetch_.reset();
  return found;
}

bool Table::has_any(std::int64_t lane) {
  const bool any = any_.bind(lane).step();
  any_.reset();
  return any;
}

bool Table::waits(std::int64_t lane, int priority, std::uint64_t sequence) {
  const bool found =
      waits_.bind(lane).bind(std::int64_t{most_urgent - priority}).bind(static_cast<std::int64_t>(sequence)).step();
  waits_.reset();
  return found;
}

std::optional<std::string> Table::dead(std::int64_t lane, int priority, std::uint64_t sequence) {
  std::optional<std::string> reason;
  dead_.bind(lane).bind(std::int64_t{most_urgent - priority}).bind(static_cast<std::int64_t>(sequence));
  if (dead_.step()) reason = dead_.text(0);
  dead_.reset();
  return reason;
}

Totals Table::totals() {
  Totals totals;
  while (totals_.step()) {
    totals = {static_cast<std::uint64_t>(totals_.integer(0)), static_cast<std::uint64_t>(totals_.integer(1)),
              static_cast<std::uint64_t>(totals_.integer(2))};
  }
  return totals;
}

}  // namespace rpc::queue
