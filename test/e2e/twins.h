// Interfaces with asynchronous twins, for all the ways in which they can be called and served.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace e2e {

class [[rpc::uuid("4F1E5A10-7c1d-4d0e-8f57-0d6a1b9c2e01"), rpc::async_uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e02")]]
Station {
 public:
  virtual ~Station() = default;
  virtual std::string name() const = 0;
};

class [[rpc::async, rpc::uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e03"),
        rpc::async_uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e04")]] Tower : public Station {
 public:
  virtual bool adjust([[rpc::out]] std::vector<std::string>& log, std::string_view room, double& low, int step) = 0;
  virtual int add(int a, int b) = 0;
  [[rpc::name("add_text")]] virtual std::string add(const std::string& a, const std::string& b) = 0;
  virtual std::unique_ptr<int> pass(std::unique_ptr<int> value) = 0;
  virtual void reset() = 0;
  virtual void fail(std::string why) = 0;

  /// Until the caller does not want it any more, or the tower is told to go on.
  virtual int wait() = 0;
};

}  // namespace e2e
