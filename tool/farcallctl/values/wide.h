// Whole numbers that hold every 64-bit one, signed or not, and products of two.
//
//   std::optional<Wide> seconds = times(Wide{minutes}, 60);
#pragma once

#include <optional>

namespace farcall::ctl {

// NOLINTNEXTLINE(modernize-use-using): only before a typedef does __extension__ allow the type
__extension__ typedef __int128 Wide;

/// Nothing where it does not fit.
inline std::optional<Wide> times(Wide a, Wide b) {
  Wide product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}
inline std::optional<Wide> plus(Wide a, Wide b) {
  Wide sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

/// a·b ÷ c, if that is a whole number that fits.
inline std::optional<Wide> scaled(Wide a, Wide b, Wide c) {
  const auto gcd = [](Wide x, Wide y) {
    while (y != 0) {
      const Wide rest = x % y;
      x = y;
      y = rest;
    }
    return x < 0 ? -x : x;
  };
  if (a == 0) return 0;
  const Wide first = gcd(a, c);
  const Wide second = gcd(b, c / first);
  if (c / first / second != 1) return std::nullopt;
  return times(a / first, b / second);
}

}  // namespace farcall::ctl
