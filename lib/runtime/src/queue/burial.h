// Says that a message is put aside.
//
//   log_burial("a message to unix:/run/t.sock is put aside: …", stored, "unix:/run/t.sock", error);
#pragma once

#include "log.h"
#include "metadata.h"
#include "queue/stored.h"

#include <rpc/error.h>

#include <string_view>

namespace rpc::queue {

/// `peer` is where it came from or was to go.
inline void log_burial(std::string_view text, const Stored& stored, std::string_view peer, const Error& error) {
  const std::optional<Trace> trace = internal::find_trace(stored.metadata);
  internal::log(Severity::error, text,
                {{"interface", stored.interface},
                 {"method", stored.method},
                 {"peer", peer},
                 {"code", to_string(error.code())},
                 {"trace", trace ? trace->trace_id() : ""},
                 {"span", trace ? trace->span_id() : ""}});
}

}  // namespace rpc::queue
