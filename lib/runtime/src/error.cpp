#include <rpc/error.h>

#include <utility>

namespace rpc {

const char* to_string(Code code) noexcept {
  switch (code) {
    case Code::cancelled: return "cancelled";
    case Code::deadline_exceeded: return "deadline_exceeded";
    case Code::unavailable: return "unavailable";
    case Code::abandoned: return "abandoned";
    case Code::failed: return "failed";
    case Code::unimplemented: return "unimplemented";
    case Code::incompatible: return "incompatible";
    case Code::malformed: return "malformed";
    case Code::marshalling: return "marshalling";
    case Code::too_large: return "too_large";
    case Code::overloaded: return "overloaded";
    case Code::internal: return "internal";
    case Code::not_stored: return "not_stored";
    case Code::denied: return "denied";
  }
  return "unknown";
}

Error::Error(Code code, std::string text, std::string remote_type)
    : text_(std::move(text)), remote_type_(std::move(remote_type)), code_(code) {}

const char* Error::what() const noexcept { return text_.c_str(); }

}  // namespace rpc
