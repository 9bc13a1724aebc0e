// ls, describe and counters.
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "declare.h"
#include "remote.h"
#include "values/sample.h"
#include "values/text.h"

namespace farcall::ctl {
namespace {

/// In single quotes for a shell.
std::string quoted(const std::string& text) {
  std::string made = "'";
  for (const char c : text) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return made + "'";
}

void print_method(const std::string& url, const Described& described, const FrozenMethod& method) {
  const std::string name = described.interface().name + "." + method.name;
  const std::string arguments = sample_arguments(described.contract, method).dump();
  std::cout << printable(declare(described.contract, &method)) << "\nfarcallctl call " << url << " " << printable(name)
            << (arguments == "{}" ? "" : " " + quoted(printable(arguments))) << "\n";
}

}  // namespace

void list_interfaces(const Arguments& arguments) {
  if (arguments.words.size() != 1)
    throw UsageError("ls takes the address of a server; try: farcallctl ls tcp://127.0.0.1:7000");
  for (const std::string& each : Remote(arguments.words[0], arguments).interfaces())
    std::cout << printable(each) << "\n";
}

void describe_interface(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.words;
  if (words.empty() || words.size() > 2)
    throw UsageError(
        "describe takes the address of a server and perhaps the name of an interface or a method; try: "
        "farcallctl describe tcp://127.0.0.1:7000");
  Remote remote(words[0], arguments);
  const Target target = words.size() == 2 ? remote.target(words[1]) : Target();
  if (arguments.json && (target.interface.empty() || !target.method.empty()))
    throw UsageError("--json prints the contract of one interface: name it");
  if (arguments.json) {
    const Described described = remote.describe(target.interface);
    std::cout << nlohmann::ordered_json::parse(described.text).dump(2) << "\n";
    return;
  }
  if (!target.method.empty()) {
    const Described described = remote.describe(target.interface);
    return print_method(words[0], described, method_called(described.interface(), target.method));
  }
  const std::vector<std::string> names =
      target.interface.empty() ? remote.interfaces() : std::vector<std::string>{target.interface};
  for (const std::string& each : names) {
    std::cout << (&each == &names.front() ? "" : "\n") << printable(declare(remote.describe(each).contract));
  }
}

void print_counters(const Arguments& arguments) {
  if (arguments.words.size() != 1)
    throw UsageError("counters takes the address of a server; try: farcallctl counters tcp://127.0.0.1:7000");
  const std::map<std::string, std::uint64_t> counters = Remote(arguments.words[0], arguments).counters();
  if (arguments.json) {
    std::cout << nlohmann::ordered_json(counters).dump(2) << "\n";
    return;
  }
  std::size_t widest = 0;
  for (const auto& [name, value] : counters) widest = std::max(widest, name.size());
  for (const auto& [name, value] : counters)
    std::cout << printable(name) << std::string(widest - name.size() + 2, ' ') << value << "\n";
}

}  // namespace farcall::ctl
