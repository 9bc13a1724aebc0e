// For handlers of messages that write to an SQLite database: their effect and the note that the message is handled are
// one transaction, so that a message that is given again after a crash has no effect again.
//
//   void deposit(const std::string& account, std::int64_t cents) override {
//     rpc::exactly_once(database_, [&] { add(account, cents); });
//   }
#pragma once

#include <functional>

struct sqlite3;

namespace rpc {

/// In the handler of a message: runs `work` in a transaction of `database`, with a row in its table rpc_handled that
/// says so, and commits both. False if the message has such a row already: nothing is done then. Whatever `work` throws
/// rolls back and comes out; so does Error (failed) when SQLite fails, or when this is no handler of a message. Rows
/// that are not needed any more are deleted on the way.
///
/// No transaction of the connection may be open, and no other thread may use it meanwhile. What was committed must
/// outlive a power failure as the queue does: leave PRAGMA synchronous at FULL.
bool exactly_once(sqlite3* database, const std::function<void()>& work);

}  // namespace rpc
