#include "commands.h"

#include <array>

#include "help.h"

namespace farcall::ctl {
namespace {

constexpr std::array describe_options = {json_option};
constexpr std::array counters_options = {json_option};
constexpr std::array call_options = {deadline_option, metadata_option, pretty_option, compact_option};

constexpr std::array table = {
    Command{.name = "ls",
            .summary = "list the interfaces that a server serves",
            .help = ls_help,
            .options = {},
            .run = list_interfaces,
            .asks_server = true},
    Command{.name = "describe",
            .summary = "print interfaces as C++ declarations, or as JSON",
            .help = describe_help,
            .options = describe_options,
            .run = describe_interface,
            .asks_server = true,
            .names = Names::interfaces},
    Command{.name = "call",
            .summary = "call a method with arguments in JSON, and print what it gives as JSON",
            .help = call_help,
            .options = call_options,
            .run = call_method,
            .asks_server = true,
            .names = Names::methods},
    Command{.name = "counters",
            .summary = "print what became of the calls without a reply that reached a server",
            .help = counters_help,
            .options = counters_options,
            .run = print_counters,
            .asks_server = true},
    Command{.name = "completion",
            .summary = "print what completes these commands in bash, zsh or fish",
            .help = completion_help,
            .options = {},
            .run = print_completion},
};

}  // namespace

std::span<const Command> commands() { return table; }

const Command* find_command(std::string_view name) {
  for (const Command& each : table) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

}  // namespace farcall::ctl
