// Asynchronous twins: every way a parameter travels, overloads, an override, a base.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace plant {

struct Sample {
  std::string sensor;
  double value;
};

class [[rpc::uuid("9AC1F3E0-6A0B-4B6C-9B1E-2F5D0C7A1B01"),
        rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b02")]] Device {
 public:
  virtual ~Device() = default;

  /// Who it is.
  virtual std::string serial() const = 0;
  virtual void reset() = 0;
};

class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b03"),
        rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b04")]] Meter : public Device {
 public:
  void reset() override = 0;

  /// Reads a register.
  ///
  /// Also when it is busy.
  virtual int read(std::uint16_t address, int retries = 3) = 0;
  [[rpc::name("read_many")]] virtual std::vector<int> read(const std::vector<std::uint16_t>& addresses) = 0;

  // Source order is kept in both halves, and what goes both ways is in both.
  virtual bool exchange([[rpc::out]] std::vector<Sample>& samples, std::string sensor, double& low, Sample& last,
                        [[rpc::out]] int& count) = 0;
  [[rpc::async]] virtual void move(std::unique_ptr<Sample> sample, Sample&& other, [[rpc::in]] Sample& third,
                                   [[rpc::out]] std::unique_ptr<Sample>& back) = 0;
  virtual void view(std::string_view text, std::span<const double> numbers, std::span<const float, 3> position) = 0;

  // Names that generated functions have themselves.
  virtual int names(int pending, int object, const Sample& server, int& in, int uuid) = 0;
  virtual Sample begin(Sample Sample) = 0;
  virtual int call(int plant) = 0;
};

// A UUID alone, and a twin of a class inside of another, in a global name.
class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b05")]] Named {
 public:
  virtual ~Named() = default;
  virtual int uuid() = 0;
};

}  // namespace plant

struct uuid {
  std::uint64_t high;
  std::uint64_t low;
};

struct Outer {
  class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b06"),
          rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b07")]] Inner : virtual public plant::Device {
   public:
    virtual uuid identify() = 0;
  };
};
