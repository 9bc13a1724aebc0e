// completion, and what the scripts that it prints ask for.
#include <algorithm>
#include <iostream>

#include "commands.h"
#include "remote.h"
#include "values/suggest.h"

namespace farcall::ctl {
namespace {

// bash takes a word apart at its colons and replaces only what is behind the last one.
constexpr const char* bash_script = R"sh(_farcallctl() {
  local words current
  read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
  [[ ${COMP_LINE:0:COMP_POINT} != *[[:space:]] ]] || words+=("")
  current=${words[-1]}
  mapfile -t COMPREPLY < <("${words[0]}" __complete "${words[@]:1}" 2>/dev/null)
  if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*:}"}"}")
  fi
  [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} == *[.:/] ]] || COMPREPLY[0]+=" "
}
complete -o nospace -F _farcallctl farcallctl
)sh";

constexpr const char* zsh_script = R"sh(#compdef farcallctl
_farcallctl() {
  local -a found
  found=("${(@f)$(${words[1]} __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -S '' -a found
}
compdef _farcallctl farcallctl
)sh";

constexpr const char* fish_script = R"sh(function __farcallctl_complete
  set -l words (commandline -opc) (commandline -ct)
  farcallctl __complete $words[2..-1] 2>/dev/null
end
complete -c farcallctl -f -a '(__farcallctl_complete)'
)sh";

struct Script {
  const char* shell;
  const char* text;
};
constexpr Script scripts[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};

/// Names go to a shell, and come from a stranger.
bool is_harmless(const std::string& name) {
  return std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
           c == '.';
  });
}

class Candidates {
 public:
  explicit Candidates(const std::string& begun) : begun_(begun) {}

  void add(const std::string& word) {
    if (word.starts_with(begun_)) text_ += word + "\n";
  }
  [[nodiscard]] std::string text() const { return text_; }

 private:
  const std::string& begun_;
  std::string text_;
};

/// Interfaces, each with a dot behind it if methods are wanted, or the methods of the one that stands there already.
void add_names(Candidates& candidates, const Command& command, const std::string& url, const std::string& begun) {
  const Arguments soon{.deadline = std::chrono::seconds(1)};
  Remote remote(url, soon);
  for (const std::string& interface : remote.interfaces()) {
    if (!is_harmless(interface)) continue;
    if (!begun.starts_with(interface + ".")) {
      candidates.add(interface + (command.names == Names::methods ? "." : ""));
      continue;
    }
    const Described described = remote.describe(interface);
    for (const FrozenMethod& each : described.interface().methods) {
      if (is_harmless(each.name)) candidates.add(interface + "." + each.name);
    }
  }
}

/// The words that are neither options nor their values, but for the last.
std::vector<std::string> words_before(const Command& command, std::span<const std::string> words) {
  std::vector<std::string> found;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const auto option = std::ranges::find(command.options, std::string_view(words[i]), &Option::name);
    if (option != command.options.end() && option->takes_value())
      ++i;
    else if (!words[i].starts_with('-'))
      found.push_back(words[i]);
  }
  return found;
}

void add_for(Candidates& candidates, const Command& command, std::span<const std::string> words) {
  const std::string& begun = words.back();
  if (begun.starts_with('-')) {
    candidates.add("--help");
    for (const Option& each : command.options) candidates.add(std::string(each.name));
    return;
  }
  const std::vector<std::string> before = words_before(command, words);
  if (before.empty()) {
    for (const std::string& each : command_names(command.name)) candidates.add(each);
  }
  if (command.asks_server && before.empty()) {
    for (const char* scheme : {"tcp://", "unix:"}) candidates.add(scheme);
  } else if (command.names != Names::nothing && before.size() == 1) {
    add_names(candidates, command, before[0], begun);
  } else if (command.run == print_completion && before.empty()) {
    for (const Script& each : scripts) candidates.add(each.shell);
  }
}

}  // namespace

void print_completion(const Arguments& arguments) {
  std::vector<std::string> shells;
  for (const Script& each : scripts) {
    if (arguments.words.size() == 1 && arguments.words[0] == each.shell) {
      std::cout << each.text;
      return;
    }
    shells.emplace_back(each.shell);
  }
  const std::string given = arguments.words.empty() ? "" : arguments.words[0];
  throw UsageError("completion takes the name of a shell" + instead_of(given, shells));
}

std::string complete(std::span<const std::string> words) {
  const std::string nothing;
  Candidates candidates(words.empty() ? nothing : words.back());
  try {
    const Command* const command = words.size() > 1 ? find_command(words[0]) : nullptr;
    const Command* const sub = words.size() > 2 ? find_command(words[0] + " " + words[1]) : nullptr;
    if (sub != nullptr) {
      add_for(candidates, *sub, words.subspan(1));
    } else if (command != nullptr) {
      add_for(candidates, *command, words);
    } else if (words.size() <= 1) {
      for (const std::string& each : command_names()) candidates.add(each);
      for (const char* option : {"--help", "--version"}) candidates.add(option);
    }
  } catch (const std::exception&) {
    return candidates.text();  // a server that cannot be asked has nothing to complete
  }
  return candidates.text();
}

}  // namespace farcall::ctl
