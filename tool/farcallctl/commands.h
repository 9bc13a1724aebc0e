// The sub-commands. A new one is a line in the table of commands.cpp and a function like these.
//
//   const Command* command = find_command("call");
//   command->run(read_arguments(words, command->options));
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arguments.h"

namespace farcall::ctl {

/// What the second word of a command names, behind the address of a server.
enum class Names : std::uint8_t { nothing, interfaces, methods };

struct Command {
  std::string_view name;  ///< of two words if it belongs to another one: "queue ls"
  std::string_view summary;
  const char* help;
  std::span<const Option> options;
  void (*run)(const Arguments& arguments);
  bool asks_server = false;      ///< the first word is an address
  Names names = Names::nothing;  ///< for completion
};

std::span<const Command> commands();
const Command* find_command(std::string_view name);

/// Those that belong to a command, or to none; only their own words.
std::vector<std::string> command_names(std::string_view of = "");

void list_interfaces(const Arguments& arguments);
void describe_interface(const Arguments& arguments);
void call_method(const Arguments& arguments);
void print_counters(const Arguments& arguments);
void watch_server(const Arguments& arguments);
void print_completion(const Arguments& arguments);
void explain_queue(const Arguments& arguments);
void list_queue(const Arguments& arguments);
void print_queue_stats(const Arguments& arguments);
void peek_in_queue(const Arguments& arguments);
void retry_in_queue(const Arguments& arguments);
void purge_queue(const Arguments& arguments);
void move_in_queue(const Arguments& arguments);

/// What may stand where the last of the words begins, one a line: what shells call. Never fails.
std::string complete(std::span<const std::string> words);

}  // namespace farcall::ctl
