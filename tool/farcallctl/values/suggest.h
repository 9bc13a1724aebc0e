// What somebody may have meant, for the end of an error: "; did you mean 'celsius'?"
//
//   place.fail("home::Reading has no '" + key + "'" + instead_of(key, names));
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/nearest.h"

namespace farcall::ctl {

/// The nearest of the names, or all of them if none is near. Empty if there are none.
inline std::string instead_of(const std::string& misspelt, const std::vector<std::string>& names) {
  constexpr std::size_t most = 20;
  const std::vector<std::string_view> words(names.begin(), names.end());
  const std::string_view meant = nearest(misspelt, words);
  if (!meant.empty()) return "; did you mean '" + std::string(meant) + "'?";
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) list += (i == 0 ? "; there are: " : ", ") + names[i];
  return list + (names.size() > most ? ", …" : "");
}

}  // namespace farcall::ctl
