// The span that the server gets points into the request, so what is written through it would never come back.
// From: Farcall.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

struct Block {
  std::span<int> numbers;
};
class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void fill(std::span<double> values) = 0;         // expect: span-not-const
  virtual void corner(const std::span<float, 3>& at) = 0;  // expect: span-not-const
  virtual void words(std::span<std::string> words) = 0;    // expect: span-not-const
  virtual void block(const Block& block) = 0;              // expect: span-not-const
};
