// A span of const elements is an input, a vector is an output.
#pragma once

#include <span>
#include <vector>

class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void fill(std::span<const double> values, [[rpc::out]] std::vector<double>& more) = 0;
};
