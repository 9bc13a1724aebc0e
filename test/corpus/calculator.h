// The calculator of the Thrift tutorial: an interface that extends another one, an exception, a call without a reply.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

namespace shared {

struct SharedStruct {
  std::int32_t key = 0;
  std::string value;
};

class [[rpc::interface]] SharedService {
 public:
  virtual ~SharedService() = default;

  /// What the calculation with that log id has given.
  virtual SharedStruct get_struct(std::int32_t key) = 0;
};

}  // namespace shared

namespace tutorial {

enum class Operation { add = 1, subtract = 2, multiply = 3, divide = 4 };

struct Work {
  std::int32_t num1 = 0;
  std::int32_t num2 = 0;
  Operation op = Operation::add;
  std::optional<std::string> comment;
};

/// Thrown by calculate().
class InvalidOperation final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class [[rpc::interface("tutorial.Calculator")]] Calculator : public shared::SharedService {
 public:
  virtual void ping() = 0;
  [[nodiscard]] virtual std::int32_t add(std::int32_t num1, std::int32_t num2) = 0;
  [[nodiscard, rpc::idempotent]] virtual std::int32_t calculate(std::int32_t logid, const Work& work) = 0;

  /// Nobody waits for it.
  [[rpc::maybe]] virtual void zip() = 0;
};

}  // namespace tutorial
