// queue peek.
#include <fstream>
#include <iostream>
#include <iterator>

#include "commands.h"
#include "contract/read.h"
#include "queue.h"
#include "queue_options.h"
#include "queue_text.h"
#include "remote.h"
#include "values/decode.h"
#include "values/place.h"
#include "values/suggest.h"
#include "values/text.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;

/// A server that is asked without having been named.
constexpr std::chrono::milliseconds patience_unasked{250};

std::string_view text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The arguments, or why they are not known.
struct Shown {
  std::optional<ordered_json> arguments;
  std::string problem;
};

Shown decoded(const Frozen& contract, const FrozenInterface& interface, const rpc::QueueContents& contents) try {
  const FrozenMethod* const method = find_named(interface.methods, contents.message.method);
  if (method == nullptr) return {{}, interface.name + " has no method '" + contents.message.method + "' there"};
  return {decode_arguments(contract, *method, text_of(contents.arguments)), ""};
} catch (const BadValue& problem) {
  return {{}, problem.what()};
}

Shown by_file(const std::string& path, const rpc::QueueContents& contents) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file) throw UsageError("--contract: '" + path + "' cannot be read");
  const ReadFrozen read = read_frozen(text);
  if (!read.frozen) throw UsageError("--contract: '" + path + "' is no contract: " + read.problem);
  std::vector<std::string> names;
  for (const FrozenInterface& each : read.frozen->interfaces) {
    if (each.name == contents.message.interface) return decoded(*read.frozen, each, contents);
    names.push_back(each.name);
  }
  const std::string& wanted = contents.message.interface;
  throw UsageError("--contract: '" + path + "' has no interface '" + wanted + "'" + instead_of(wanted, names));
}

Shown by_server(const std::string& url, const Arguments& arguments, const rpc::QueueContents& contents) {
  Remote remote(url, arguments);
  const Described described = remote.describe(contents.message.interface);
  return decoded(described.contract, described.interface(), contents);
}

Shown shown(const Arguments& arguments, const rpc::QueueContents& contents) {
  if (arguments.has(contract_option)) return by_file(arguments.text(contract_option), contents);
  if (arguments.has(server_option)) return by_server(arguments.text(server_option), arguments, contents);
  if (contents.message.box != rpc::QueueBox::outbox || is_broker(contents.message.peer))
    return {{}, "their types are not known"};
  try {
    return by_server(contents.message.peer, {.deadline = patience_unasked}, contents);
  } catch (const std::exception& error) {
    return {{}, error.what()};
  }
}

void print(const rpc::QueueContents& contents, const Shown& shown) {
  const rpc::QueuedMessage& message = contents.message;
  Table table({"id", message.id});
  table.add({"box", name_of(message.box)});
  table.add({"state", message.dead ? "dead: " + message.reason : "waiting"});
  table.add({"method", message.interface + "." + message.method});
  table.add({message.box == rpc::QueueBox::outbox ? "to" : "from", message.peer});
  table.add({"priority", std::to_string(message.priority)});
  table.add({"size", in_bytes(message.bytes)});
  table.add({"tried", std::to_string(message.attempts)});
  table.add({"stored", time_json(message.stored).get<std::string>()});
  table.add({"expires", message.expires ? time_json(*message.expires).get<std::string>() : "never"});
  for (const auto& [key, value] : contents.metadata) table.add({"metadata", key + "=" + value});
  std::cout << table.text();
  if (shown.arguments) {
    std::cout << "arguments " << one_line(shown.arguments->dump()) << "\n";
    return;
  }
  std::cout << "arguments are not known by name: " << one_line(shown.problem)
            << "; --server <url> or --contract <file> tells them\n"
            << hexdump(text_of(contents.arguments));
}

ordered_json contents_json(const rpc::QueueContents& contents, const Shown& shown) {
  ordered_json made = message_json(contents.message);
  made["metadata"] = ordered_json::array();
  for (const auto& [key, value] : contents.metadata) made["metadata"].push_back(ordered_json::array({key, value}));
  made["arguments"] = shown.arguments.value_or(ordered_json());
  if (!shown.arguments) made["problem"] = shown.problem;
  made["body"] = to_base64(text_of(contents.arguments));
  return made;
}

}  // namespace

void peek_in_queue(const Arguments& arguments) {
  if (arguments.words.size() != 1)
    throw UsageError("queue peek takes the id of a message, as queue ls prints it; try: farcallctl queue peek o17");
  const rpc::QueueContents contents = open_queue(arguments)->peek(arguments.words[0]);
  const Shown shown = ctl::shown(arguments, contents);
  if (arguments.json) {
    std::cout << dumped(contents_json(contents, shown));
  } else {
    print(contents, shown);
  }
}

}  // namespace farcall::ctl
