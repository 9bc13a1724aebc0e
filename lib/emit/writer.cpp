#include "emit/writer.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace farcall {
namespace {

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(' ') == std::string_view::npos; }

std::string_view indentation_of(std::string_view line) {
  return line.substr(0, std::min(line.find_first_not_of(' '), line.size()));
}

/// Without the template's first and last line break, and without the indentation all of its lines share.
std::vector<std::string_view> template_lines(std::string_view text) {
  std::vector<std::string_view> lines = split_lines(text);
  if (!lines.empty() && is_blank(lines.front())) lines.erase(lines.begin());
  if (!lines.empty() && is_blank(lines.back()) && !text.ends_with('\n')) lines.pop_back();
  std::size_t shared = std::string_view::npos;
  for (std::string_view line : lines) {
    if (!is_blank(line)) shared = std::min(shared, indentation_of(line).size());
  }
  for (std::string_view& line : lines) line = is_blank(line) ? std::string_view() : line.substr(shared);
  return lines;
}

/// The name in a line that is nothing but `$name$`, else empty.
std::string_view sole_name(std::string_view line) {
  const std::string_view rest = line.substr(indentation_of(line).size());
  if (rest.size() < 3 || rest.front() != '$' || rest.find('$', 1) != rest.size() - 1) return {};
  return rest.substr(1, rest.size() - 2);
}

[[noreturn]] void fail(std::string_view problem, std::string_view name) {
  std::fprintf(stderr, "farcall: template %.*s '%.*s'\n", static_cast<int>(problem.size()), problem.data(),
               static_cast<int>(name.size()), name.data());
  std::abort();
}

}  // namespace

void Writer::emit(Variables variables, std::string_view text) {
  for (std::string_view line : template_lines(text)) {
    const std::string_view name = sole_name(line);
    if (line.empty() && (out_.ends_with("\n\n") || out_.empty())) continue;
    if (name.empty()) {
      emit_line(variables, line);
    } else {
      emit_alone(find(variables, name), indentation_of(line));
    }
  }
}

void Writer::line(std::string_view text) {
  if (!text.empty()) out_.append(indentation_).append(text);
  out_ += '\n';
}

void Writer::emit_line(Variables variables, std::string_view line) {
  std::string made;
  while (!line.empty()) {
    const std::size_t dollar = std::min(line.find('$'), line.size());
    made += line.substr(0, dollar);
    line.remove_prefix(dollar);
    if (line.empty()) break;
    const std::size_t end = line.find('$', 1);
    if (end == std::string_view::npos) fail("has an unfinished name", line);
    const std::string_view name = line.substr(1, end - 1);
    if (name.empty()) {
      made += '$';
    } else {
      const Value& value = find(variables, name);
      if (value.callback_) fail("has a callback within a line:", name);
      made += value.text_;
    }
    line.remove_prefix(end + 1);
  }
  for (std::string_view each : split_lines(made)) this->line(each);
  if (made.empty()) this->line({});
}

void Writer::emit_alone(const Value& value, std::string_view indentation) {
  const std::size_t outer = indentation_.size();
  indentation_ += indentation;
  if (value.callback_) {
    value.callback_();
  } else {
    for (std::string_view each : split_lines(value.text_)) line(each);
  }
  indentation_.resize(outer);
}

const Writer::Value& Writer::find(Variables variables, std::string_view name) {
  const auto found = std::ranges::find(variables, name, &Variable::name);
  if (found == variables.end()) fail("uses an unknown name", name);
  return found->value;
}

}  // namespace farcall
