// SQLite as a queue uses it: one connection, statements that are prepared once, errors as rpc::Error.
//
//   Database database("/var/lib/thermostat/queue/messages.db");
//   Statement insert(database, "INSERT INTO outbox(lane, body) VALUES(?, ?)");
//   insert.bind(lane).bind(body).run();
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace rpc::queue {

/// Used by one thread at a time. Everything throws Error (not_stored) that names the file and what is wrong with it.
class Database {
 public:
  /// Makes the file if it is not there. The connection is the only one that may be open.
  explicit Database(const std::string& path);
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  void execute(const char* sql);

  /// Rolls back whatever was begun; does not throw.
  void rollback() noexcept;

  sqlite3* handle() const noexcept { return handle_; }
  [[noreturn]] void fail(int result) const;

 private:
  const std::string path_;
  sqlite3* handle_ = nullptr;
};

class Statement {
 public:
  Statement(Database& database, const std::string& sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// The next parameter. Texts and blobs must live until the statement has run.
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  Statement& bind(std::span<const std::byte> blob);

  /// Whether there is a row (more). After the last one the statement is ready to be bound again.
  bool step();

  /// For statements without rows.
  void run() {
    while (step()) continue;
  }

  /// Ends the rows before the last one.
  void reset() noexcept;

  std::int64_t integer(int column) const noexcept;
  std::string_view text(int column) const noexcept;
  std::span<const std::byte> blob(int column) const noexcept;

 private:
  void check(int result);

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

}  // namespace rpc::queue
