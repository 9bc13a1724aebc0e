#include "commands.h"

#include <array>

#include "help.h"
#include "queue_help.h"
#include "queue_options.h"
#include "top_options.h"

namespace farcall::ctl {
namespace {

constexpr std::array ls_options = {tls_ca_option, tls_cert_option, tls_key_option};
constexpr std::array describe_options = {json_option, tls_ca_option, tls_cert_option, tls_key_option};
constexpr std::array counters_options = {json_option, tls_ca_option, tls_cert_option, tls_key_option};
constexpr std::array top_options = {interval_option, once_option,     json_option,
                                    tls_ca_option,   tls_cert_option, tls_key_option};
constexpr std::array call_options = {deadline_option, metadata_option, pretty_option, compact_option,
                                     tls_ca_option,   tls_cert_option, tls_key_option};
constexpr std::array queue_ls_options = {dead_option,  box_option, to_option,   from_option,    method_option,
                                         limit_option, dir_option, json_option, deadline_option};
constexpr std::array queue_stats_options = {dir_option, json_option, deadline_option};
constexpr std::array queue_peek_options = {contract_option, server_option, dir_option, json_option, deadline_option};
constexpr std::array queue_retry_options = {dead_option,   box_option, to_option,   from_option,
                                            method_option, dir_option, json_option, deadline_option};
constexpr std::array queue_purge_options = {dead_option,   all_option, box_option, to_option,   from_option,
                                            method_option, yes_option, dir_option, json_option, deadline_option};
constexpr std::array queue_move_options = {dead_option,   all_option, from_option, to_option,
                                           method_option, dir_option, json_option, deadline_option};

constexpr std::array table = {
    Command{.name = "ls",
            .summary = "list the interfaces that a server serves",
            .help = ls_help,
            .options = ls_options,
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
    Command{.name = "top",
            .summary = "show what a server does: rates, latencies, queues",
            .help = top_help,
            .options = top_options,
            .run = watch_server,
            .asks_server = true},
    Command{.name = "queue",
            .summary = "show what is in a queue of messages, and try it again, delete it or send it elsewhere",
            .help = queue_help,
            .options = {},
            .run = explain_queue},
    Command{.name = "queue ls", .summary = "", .help = queue_ls_help, .options = queue_ls_options, .run = list_queue},
    Command{.name = "queue stats",
            .summary = "",
            .help = queue_stats_help,
            .options = queue_stats_options,
            .run = print_queue_stats},
    Command{.name = "queue peek",
            .summary = "",
            .help = queue_peek_help,
            .options = queue_peek_options,
            .run = peek_in_queue},
    Command{.name = "queue retry",
            .summary = "",
            .help = queue_retry_help,
            .options = queue_retry_options,
            .run = retry_in_queue},
    Command{.name = "queue purge",
            .summary = "",
            .help = queue_purge_help,
            .options = queue_purge_options,
            .run = purge_queue},
    Command{.name = "queue move",
            .summary = "",
            .help = queue_move_help,
            .options = queue_move_options,
            .run = move_in_queue},
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

std::vector<std::string> command_names(std::string_view of) {
  std::vector<std::string> names;
  for (const Command& each : table) {
    const std::size_t space = each.name.find(' ');
    const bool belongs = space == std::string_view::npos ? of.empty() : each.name.substr(0, space) == of;
    if (belongs) names.emplace_back(each.name.substr(space == std::string_view::npos ? 0 : space + 1));
  }
  return names;
}

}  // namespace farcall::ctl
