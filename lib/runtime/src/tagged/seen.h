// Which fields of a record came already, while it is read.
//
//   Seen seen(record.count);
//   const bool again = seen.test_and_set(index);
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rpc::tagged {

/// Which fields came already.
class Seen {
 public:
  explicit Seen(std::uint32_t count) : missing_(count) {
    if (count > 64) more_.resize(count / 64);
  }

  /// Whether it did; from now on it has.
  bool test_and_set(std::size_t index) {
    const bool was = test(index);
    missing_ -= was ? 0 : 1;
    (index < 64 ? first_ : more_[index / 64 - 1]) |= bit(index);
    return was;
  }

  bool test(std::size_t index) const { return ((index < 64 ? first_ : more_[index / 64 - 1]) & bit(index)) != 0; }

  bool all() const { return missing_ == 0; }

 private:
  static std::uint64_t bit(std::size_t index) { return std::uint64_t{1} << index % 64; }

  std::uint32_t missing_;
  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> more_;
};

}  // namespace rpc::tagged
