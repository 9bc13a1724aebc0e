// Names of senders: of a queue, for as long as it exists, and of the messages that are in memory only, for as long as
// the process has it open.
//
//   const std::string sender = new_sender();   // "5f0c…", 32 digits
#pragma once

#include <string>

namespace rpc::queue {

/// No two are the same.
std::string new_sender();

}  // namespace rpc::queue
