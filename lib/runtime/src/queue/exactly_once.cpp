#include <rpc/error.h>
#include <rpc/exactly_once.h>
#include <rpc/this_call.h>

#include <sqlite3.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rpc {

namespace {

[[noreturn]] void fail(sqlite3* database) {
  throw Error(Code::failed, std::string("exactly_once: ") + sqlite3_errmsg(database));
}

void execute(sqlite3* database, const char* sql) {
  if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(database);
}

/// With the sender, the priority and a sequence as its parameters. Gives the rows that it changed.
int change(sqlite3* database, std::string_view sql, const MessageId& id, std::uint64_t sequence) {
  sqlite3_stmt* statement = nullptr;
  sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  sqlite3_bind_text64(statement, 1, id.sender.data(), id.sender.size(), SQLITE_STATIC, SQLITE_UTF8);
  sqlite3_bind_int(statement, 2, id.priority);
  sqlite3_bind_int64(statement, 3, static_cast<std::int64_t>(sequence));
  const bool done = sqlite3_step(statement) == SQLITE_DONE;
  if (sqlite3_finalize(statement) != SQLITE_OK || !done) fail(database);
  return sqlite3_changes(database);
}

/// Whether it was not noted before.
bool note(sqlite3* database, const MessageId& id) {
  execute(database,
          "CREATE TABLE IF NOT EXISTS rpc_handled(sender TEXT NOT NULL, priority INTEGER NOT NULL, "
          "sequence INTEGER NOT NULL, PRIMARY KEY(sender, priority, sequence)) WITHOUT ROWID");
  change(database, "DELETE FROM rpc_handled WHERE sender = ? AND priority = ? AND sequence < ?", id, id.settled);
  return change(database, "INSERT INTO rpc_handled VALUES(?, ?, ?) ON CONFLICT DO NOTHING", id, id.sequence) != 0;
}

}  // namespace

bool exactly_once(sqlite3* database, const std::function<void()>& work) {
  const std::optional<MessageId> id = this_call().message();
  if (!id) throw Error(Code::failed, "exactly_once: this is not the handler of a message");
  execute(database, "BEGIN IMMEDIATE");
  try {
    const bool is_new = note(database, *id);
    if (is_new) work();
    execute(database, "COMMIT");
    return is_new;
  } catch (...) {
    if (sqlite3_get_autocommit(database) == 0) sqlite3_exec(database, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
}

}  // namespace rpc
