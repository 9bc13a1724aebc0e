#include <algorithm>

#include "output/output.h"

namespace farcall {
namespace {

/// Spaces, '#' and ':' take a backslash, and so do the backslashes before them; '$' is doubled.
std::string escape(const std::string& name) {
  std::string escaped;
  std::size_t backslashes = 0;
  for (const char c : name) {
    if (c == ' ' || c == '\t' || c == '#' || c == ':') escaped.append(backslashes + 1, '\\');
    if (c == '$') escaped += '$';
    backslashes = c == '\\' ? backslashes + 1 : 0;
    escaped += c;
  }
  return escaped;
}

std::string list(const std::vector<std::string>& names, const std::string& separator) {
  std::string text;
  for (const std::string& name : names) {
    if (name.find('\n') != std::string::npos) continue;
    text += (text.empty() ? "" : separator) + escape(name);
  }
  return text;
}

}  // namespace

std::string depfile(const std::vector<std::string>& targets, const std::vector<std::string>& prerequisites) {
  const std::string separator = " \\\n  ";
  return list(targets, separator) + ":" + separator + list(prerequisites, separator) + "\n";
}

}  // namespace farcall
