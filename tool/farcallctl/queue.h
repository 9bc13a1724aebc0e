// What the queue commands share: which queue is meant, and which messages.
//
//   const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments);
//   for_each_message(*queue, filter_from(arguments), [](const rpc::QueuedMessage& message) { … return true; });
#pragma once

#include <rpc/queue_control.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "arguments.h"

namespace farcall::ctl {

/// "amqp://host/vhost" in place of a folder.
bool is_broker(std::string_view word);

/// That of --dir, or of the word, else the user's. Throws UsageError if that is none or one of several, and rpc::Error.
std::shared_ptr<rpc::QueueControl> open_queue(const Arguments& arguments, const std::string& word = "");

/// --dead, --box, --to, --from and --method. Throws UsageError.
rpc::QueueFilter filter_from(const Arguments& arguments);

/// Until `use` gives false.
void for_each_message(rpc::QueueControl& queue, const rpc::QueueFilter& filter,
                      const std::function<bool(const rpc::QueuedMessage&)>& use);

}  // namespace farcall::ctl
