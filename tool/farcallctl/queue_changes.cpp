// queue retry, queue purge and queue move.
#include <rpc/channel.h>
#include <rpc/error.h>
#include <unistd.h>

#include <iostream>

#include "commands.h"
#include "queue.h"
#include "queue_options.h"
#include "queue_text.h"
#include "remote.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;

/// Either ids or --dead or --all, and what narrows these down.
rpc::QueueSelection selection_from(const Arguments& arguments, const std::string& command,
                                   const rpc::QueueFilter& filter) {
  const bool all = arguments.has(all_option);
  const bool dead = arguments.has(dead_option);
  const auto is_given = [&](const auto&... options) { return (arguments.has(options) || ...); };
  if (!arguments.words.empty() && (all || dead || is_given(box_option, from_option, method_option)))
    throw UsageError("queue " + command + " takes either ids or " +
                     (command == "retry" ? "--dead" : "--dead or --all") + ", not both");
  if (all && dead) throw UsageError("--dead are only some of --all: say which is meant");
  if (arguments.words.empty() && !all && !dead)
    throw UsageError("queue " + command + " takes the ids of messages, as queue ls prints them, or --dead" +
                     (command == "retry" ? "" : " or --all"));
  rpc::QueueSelection selection{.ids = arguments.words};
  if (selection.ids.empty()) selection.matching = filter;
  return selection;
}

/// A change whose answer is not there may have been made.
template <class Call>
rpc::QueueChange changed(Call call) try {
  return call();
} catch (const rpc::Error& error) {
  switch (error.code()) {
    case rpc::Code::deadline_exceeded:
    case rpc::Code::unavailable:
    case rpc::Code::abandoned:
      throw Failure(std::string(error.what()) +
                    "; it is not known whether the change was made: farcallctl queue ls tells");
    default: throw;
  }
}

void print(const Arguments& arguments, const rpc::QueueChange& change, const std::string& what) {
  if (arguments.json) {
    std::cout << dumped({{"changed", change.changed}, {"under_way", change.under_way}, {"ids", change.ids}});
    return;
  }
  for (std::size_t i = 0; i < change.ids.size() && i < arguments.words.size(); ++i) {
    if (change.ids[i] != arguments.words[i]) std::cout << arguments.words[i] << " is " << change.ids[i] << " now\n";
  }
  std::cout << messages(change.changed) << " " << what << "\n";
  if (change.under_way != 0)
    std::cout << messages(change.under_way) << " being delivered or handled right now: left alone\n";
}

std::uint64_t count_of(const Arguments& arguments, const rpc::QueueSelection& selection) {
  if (!selection.matching) return selection.ids.size();
  std::uint64_t count = 0;
  for_each_message(*open_queue(arguments), *selection.matching,
                   [&](const rpc::QueuedMessage&) { return ++count != 0; });
  return count;
}

/// The queue is not kept from its process while somebody thinks.
bool may_purge(const Arguments& arguments, const rpc::QueueSelection& selection) {
  if (arguments.has(yes_option)) return true;
  if (::isatty(STDIN_FILENO) == 0)
    throw UsageError("queue purge deletes messages for good: say --yes where there is no terminal to ask at");
  std::cerr << "Delete " << messages(count_of(arguments, selection)) << " for good? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

}  // namespace

void retry_in_queue(const Arguments& arguments) {
  rpc::QueueSelection selection = selection_from(arguments, "retry", filter_from(arguments));
  const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments);
  print(arguments, changed([&] { return queue->retry(std::move(selection)); }), "to be tried again");
}

void purge_queue(const Arguments& arguments) {
  rpc::QueueSelection selection = selection_from(arguments, "purge", filter_from(arguments));
  if (!may_purge(arguments, selection)) throw Failure("nothing was deleted");
  const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments);
  print(arguments, changed([&] { return queue->purge(std::move(selection)); }), "deleted");
}

void move_in_queue(const Arguments& arguments) {
  const std::string url = arguments.text(to_option);
  if (url.empty()) throw UsageError("queue move needs the address where messages go: --to tcp://127.0.0.1:7000");
  try {
    rpc::connect(url);
  } catch (const rpc::Error& error) {
    throw UsageError(error.what());
  }
  rpc::QueueFilter filter{.box = rpc::QueueBox::outbox, .peer = arguments.text(from_option)};
  filter.method = arguments.text(method_option);
  if (arguments.has(dead_option)) filter.dead = true;
  rpc::QueueSelection selection = selection_from(arguments, "move", filter);
  const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments);
  print(arguments, changed([&] { return queue->move(std::move(selection), url); }),
        "on the way to " + one_line(rpc::without_password(url)));
}

}  // namespace farcall::ctl
