#include "arguments.h"

#include <algorithm>

#include "model/attributes.h"
#include "values/suggest.h"

namespace farcall::ctl {
namespace {

const Option& option_called(const std::string& name, std::span<const Option> allowed) {
  std::vector<std::string> names = {"--help"};
  for (const Option& each : allowed) {
    if (each.name == name) return each;
    names.emplace_back(each.name);
  }
  throw UsageError("there is no option '" + name + "'" + instead_of(name, names));
}

std::pair<std::string, std::string> metadata_from(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string::npos)
    throw UsageError("--metadata: '" + text + "' is not of the form key=value");
  return {text.substr(0, equals), text.substr(equals + 1)};
}

void apply(Arguments& arguments, const Option& option, const std::string& value) {
  if (option.name == deadline_option.name) {
    arguments.deadline = time_from(option, value);
  } else if (option.name == metadata_option.name) {
    arguments.metadata.push_back(metadata_from(value));
  } else if (option.name == pretty_option.name || option.name == compact_option.name) {
    arguments.pretty = option.name == pretty_option.name;
  } else if (option.name == json_option.name) {
    arguments.json = true;
  } else {
    arguments.others[option.name] = value;
  }
}

}  // namespace

std::chrono::nanoseconds time_from(const Option& option, const std::string& text) {
  const Parsed<std::chrono::nanoseconds> parsed = parse_timeout(text);
  if (parsed.value) return *parsed.value;
  throw UsageError(std::string(option.name) + ": '" + text + "' is no time such as 250ms or 10s: " + parsed.problem);
}

Arguments read_arguments(std::span<const std::string> given, std::span<const Option> allowed) {
  Arguments made;
  bool only_words = false;
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::string& word = given[i];
    if (only_words || word == "-" || !word.starts_with('-')) {
      made.words.push_back(word);
      continue;
    }
    only_words = word == "--";
    if (only_words) continue;
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const Option& option = option_called(name, allowed);
    if (!option.takes_value() && equals != std::string::npos) throw UsageError(name + " takes no value");
    if (!option.takes_value())
      apply(made, option, "");
    else if (equals != std::string::npos)
      apply(made, option, word.substr(equals + 1));
    else if (++i < given.size())
      apply(made, option, given[i]);
    else
      throw UsageError(name + " needs a value: " + name + " " + std::string(option.example));
  }
  return made;
}

}  // namespace farcall::ctl
