// What a container or a struct holds is made first and then filled, but a span of three elements cannot be made before
// there are three. As a whole parameter it can, since it is made when they have arrived.
// From: Farcall.
#pragma once

#include <array>
#include <optional>
#include <span>

struct Corner {
  std::span<const double, 3> at;
};
class [[rpc::interface]] Book {
 public:
  virtual ~Book() = default;
  virtual void corner(std::optional<std::span<const double, 3>> at) = 0;  // expect: span-extent
  virtual void corners(const Corner& corner) = 0;                         // expect: span-extent
};
