#include "emit/frame.h"

namespace farcall {

std::string include_lines(const std::vector<std::string>& names) {
  std::string lines;
  for (const std::string& name : names) lines += "#include <" + name + ">\n";
  return lines;
}

std::string inclusion(const Plan& plan) {
  return plan.import.empty() ? "#include \"" + plan.include + "\"\n" : plan.import;
}

std::string open_namespaces(const std::vector<std::string>& namespaces) {
  std::string text;
  bool nests = false;  // the next name may stand behind the last one
  for (const std::string& name : namespaces) {
    const bool is_inline = name.starts_with("inline ");
    if (nests && !is_inline)
      text.replace(text.size() - 3, 3, "::" + name + " {\n");
    else
      text += (is_inline ? "inline namespace " + name.substr(7) : "namespace " + name) + " {\n";
    nests = !is_inline;
  }
  return text;
}

std::string close_namespaces(const std::vector<std::string>& namespaces) {
  std::string text;
  std::string open = open_namespaces(namespaces);
  while (!open.empty()) {
    open.resize(open.size() - 3);
    const std::size_t start = open.rfind('\n') + 1;
    text += "}  // " + open.substr(start) + "\n";
    open.resize(start);
  }
  return text;
}

std::string begin_quiet(bool names_deprecated) {
  if (!names_deprecated) return "";
  return "#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Wdeprecated-declarations\"\n";
}

std::string end_quiet(bool names_deprecated) { return names_deprecated ? "\n#pragma GCC diagnostic pop\n" : ""; }

}  // namespace farcall
