// Numbers, records without padding, arrays and durations can be viewed.
#pragma once

#include <array>
#include <chrono>
#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

struct Point {
  double x;
  double y;
};
class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void points(std::span<const Point> points, std::span<const std::byte> bytes) = 0;
  virtual void times(std::span<const std::chrono::milliseconds> times, std::span<const std::array<int, 3>> rows) = 0;
  virtual void waves(std::span<const std::complex<float>> waves, std::vector<std::span<const int>> all) = 0;
  virtual void words(const std::vector<std::string>& words) = 0;
};
