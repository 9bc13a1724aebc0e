#include "driver/include_names.h"

namespace farcall {

std::string text_of(const IncludeNames& names) {
  std::string text;
  for (const std::string& each : names.direct) text += " " + each + "\n";
  for (const auto& [includer, included] : names.others) {
    text += ">" + includer + "\n";
    for (const std::string& each : included) text += " " + each + "\n";
  }
  return text;
}

IncludeNames read_include_names(std::string_view text) {
  IncludeNames names;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(line.size() < text.size() ? line.size() + 1 : line.size());
    if (line.starts_with('>'))
      names.others.emplace_back(line.substr(1), std::vector<std::string>());
    else if (line.starts_with(' '))
      (names.others.empty() ? names.direct : names.others.back().second).emplace_back(line.substr(1));
  }
  return names;
}

}  // namespace farcall
