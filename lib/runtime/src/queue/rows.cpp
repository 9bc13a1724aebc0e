#include "queue/rows.h"

#include <chrono>

namespace rpc::queue {

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

constexpr const char* columns =
    "id, lane, rank, sequence, stored, life, attempts, interface, method, length(metadata) + length(body)";

std::string waiting(const std::string& name) { return std::string("SELECT ") + columns + ", '' FROM " + name; }

std::string dead(const std::string& name) {
  return std::string("SELECT ") + columns + ", reason FROM " + name + "_dead";
}

constexpr const char* in_order = " WHERE (lane, rank, sequence) > (?, ?, ?) ORDER BY lane, rank, sequence";

// By the index, in which the sequence is last.
std::string with_number(const std::string& name) {
  return " WHERE lane IN (SELECT id FROM " + name +
         "_lanes WHERE ?1 IN (0, id)) AND rank IN (0, 1, 2, 3, 4, 5, 6, 7) AND sequence = ?2";
}

// A life that has passed would be the end of it again.
std::string revival(const std::string& name) {
  return "INSERT INTO " + name +
         "(lane, rank, sequence, stored, life, attempts, interface, method, metadata, body, sum) SELECT ?1, rank, ?2, "
         "CASE life WHEN 0 THEN stored ELSE ?3 END, life, 0, interface, method, metadata, body, sum FROM " +
         name + "_dead WHERE id = ?4";
}

Row row_of(const Statement& statement, bool dead) {
  return {.id = statement.integer(0),
          .dead = dead,
          .at = {statement.integer(1), statement.integer(2), static_cast<std::uint64_t>(statement.integer(3))},
          .stored = statement.integer(4),
          .life = statement.integer(5),
          .attempts = static_cast<unsigned>(statement.integer(6)),
          .interface = std::string(statement.text(7)),
          .method = std::string(statement.text(8)),
          .bytes = static_cast<std::size_t>(statement.integer(9)),
          .reason = std::string(statement.text(10))};
}

std::vector<std::byte> bytes_of(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace

Rows::Rows(Database& database, const std::string& name)
    : scan_(database, waiting(name) + in_order),
      scan_dead_(database, dead(name) + in_order),
      find_(database, waiting(name) + with_number(name)),
      find_dead_(database, dead(name) + with_number(name)),
      contents_(database, "SELECT metadata, body FROM " + name + " WHERE id = ?"),
      contents_dead_(database, "SELECT metadata, body FROM " + name + "_dead WHERE id = ?"),
      revive_(database, revival(name)),
      relocate_(database, "UPDATE " + name + " SET lane = ?, sequence = ?, attempts = 0 WHERE id = ?"),
      erase_dead_(database, "DELETE FROM " + name + "_dead WHERE id = ?") {}

void Rows::scan(bool dead, const Position& after, const std::function<bool(const Row&)>& use) {
  Statement& statement = dead ? scan_dead_ : scan_;
  statement.bind(after.lane).bind(after.rank).bind(static_cast<std::int64_t>(after.sequence));
  while (statement.step()) {
    if (use(row_of(statement, dead))) continue;
    return statement.reset();
  }
}

std::optional<Row> Rows::find(std::int64_t lane, std::uint64_t sequence) {
  std::optional<Row> found = find(find_, false, lane, sequence);
  return found ? found : find(find_dead_, true, lane, sequence);
}

std::optional<Row> Rows::find(Statement& statement, bool dead, std::int64_t lane, std::uint64_t sequence) {
  std::optional<Row> found;
  if (statement.bind(lane).bind(static_cast<std::int64_t>(sequence)).step()) found = row_of(statement, dead);
  statement.reset();
  return found;
}

Rows::Contents Rows::contents(const Row& row) {
  Statement& statement = row.dead ? contents_dead_ : contents_;
  Contents contents;
  if (statement.bind(row.id).step()) contents = {bytes_of(statement.blob(0)), bytes_of(statement.blob(1))};
  statement.reset();
  return contents;
}

void Rows::revive(const Row& row, std::int64_t lane, std::uint64_t sequence) {
  const auto now = std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch());
  revive_.bind(lane).bind(static_cast<std::int64_t>(sequence)).bind(now.count()).bind(row.id).run();
  erase_dead(row);
}

void Rows::relocate(const Row& row, std::int64_t lane, std::uint64_t sequence) {
  relocate_.bind(lane).bind(static_cast<std::int64_t>(sequence)).bind(row.id).run();
}

void Rows::erase_dead(const Row& row) { erase_dead_.bind(row.id).run(); }

}  // namespace rpc::queue
