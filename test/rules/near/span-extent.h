// As a parameter it is made when they have arrived.
#pragma once

#include <array>
#include <optional>
#include <span>

class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void corner(std::span<const double, 3> at, std::optional<std::array<double, 3>> other) = 0;
};
