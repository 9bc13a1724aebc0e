// A span points into the request, so its elements have to lie there as they do in memory. Text and containers do not;
// bool and enums are checked when they arrive, and structs with padding travel without it.
// From: Farcall.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

enum class Colour { red, green };
struct Padded {
  char letter;
  double number;
};
class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void words(std::span<const std::string> words) = 0;            // expect: span-element
  virtual void flags(std::span<const bool> flags) = 0;                   // expect: span-element
  virtual void colours(std::span<const Colour> colours) = 0;             // expect: span-element
  virtual void padded(std::span<const Padded> padded) = 0;               // expect: span-element
  virtual void nested(std::vector<std::span<const std::string>> all) = 0;  // expect: span-element
};
