// What the services of the corpus share: one page of a long list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace common {

template <class T>
struct Page {
  using value_type = T;

  std::vector<T> items;
  std::string next;  ///< where the next page begins; empty for the last one
  std::uint32_t total = 0;

  [[nodiscard]] bool last() const noexcept { return next.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return items.size(); }
};

}  // namespace common
