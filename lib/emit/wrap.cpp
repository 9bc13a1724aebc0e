#include "emit/wrap.h"

namespace farcall {

std::string wrap(const Wrapped& text) {
  std::size_t length = text.indent + text.head.size() + text.tail.size();
  for (const std::string& part : text.parts) length += part.size() + text.separator.size();
  const bool fits = length <= max_columns + text.separator.size();

  std::string made = text.head;
  std::size_t column = text.indent + text.head.size();
  std::size_t margin = text.head.size();
  if (!fits && column > max_columns / 2) {
    margin = 4;
    column = max_columns;
  }
  for (const std::string& part : text.parts) {
    const bool last = &part == &text.parts.back();
    const std::size_t width = part.size() + (last ? text.tail : text.separator).size();
    if (!fits && column + width > max_columns && made != text.head + std::string(margin, ' ')) {
      while (made.ends_with(' ')) made.pop_back();
      made += "\n" + std::string(margin, ' ');
      column = text.indent + margin;
    }
    made += last ? part : part + text.separator;
    column += width;
  }
  return made + text.tail;
}

std::string derived(const std::string& head, const std::string& base) {
  const std::string tail = ": " + base + " {};";
  return head + (head.size() + 1 + tail.size() <= max_columns ? " " : "\n    ") + tail;
}

}  // namespace farcall
