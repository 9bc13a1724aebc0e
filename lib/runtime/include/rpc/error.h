// Why a call did not give its result: a code to act on and a text to read.
//
//   try {
//     thermostat.target();
//   } catch (const rpc::Error& error) {
//     if (error.code() == rpc::Code::unavailable) retry_later();
//   }
#pragma once

#include <cstdint>
#include <exception>
#include <string>

namespace rpc {

/// What went wrong, coarsely enough to switch over.
enum class Code : std::uint8_t {
  cancelled = 1,      ///< The caller asked for the call to stop.
  deadline_exceeded,  ///< No reply within the call's deadline.
  unavailable,        ///< No connection to the server, or it was lost before the reply came.
  abandoned,          ///< The server dropped the call without an answer.
  failed,             ///< The method threw; remote_type() and what() are the exception's.
  unimplemented,      ///< The server does not know the interface or the method.
  incompatible,       ///< The two ends have different versions of the interface or the protocol, and may not use both.
  malformed,          ///< The bytes received do not encode what was expected.
  marshalling,        ///< A value to send cannot be encoded, such as an enum without that enumerator.
  too_large,          ///< A limit of rpc::Limits was exceeded; what() names it.
  overloaded,         ///< The server refused the call to protect itself.
  internal,           ///< A defect of the runtime itself.
  not_stored,         ///< The queue could not store a message, or not be opened; what() names the file and the reason.
  denied,             ///< The server does not let this caller call the method; what() has its reason.
};

/// The code as it is written in the source: "deadline_exceeded".
const char* to_string(Code code) noexcept;

/// The one exception type the runtime throws.
class Error : public std::exception {
 public:
  explicit Error(Code code, std::string text, std::string remote_type = {});

  Code code() const noexcept { return code_; }

  /// What happened, as one sentence without the code.
  const char* what() const noexcept override;

  /// For Code::failed the type the method threw ("std::out_of_range"), empty otherwise.
  const std::string& remote_type() const noexcept { return remote_type_; }

 private:
  std::string text_;
  std::string remote_type_;
  Code code_;
};

}  // namespace rpc
