// queue ls and queue stats.
#include "queue.h"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <limits>
#include <map>
#include <tuple>

#include "commands.h"
#include "queue_options.h"
#include "queue_text.h"
#include "values/suggest.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;

/// The user's only queue.
std::string only_folder() {
  const std::vector<std::string> folders = rpc::queue_folders();
  if (folders.size() == 1) return folders.front();
  if (folders.empty())
    throw UsageError(
        "no program of yours has a queue in its usual place; name its folder: --dir /var/lib/thermostat/queue");
  std::string list;
  for (const std::string& each : folders) list += "\n  --dir " + each;
  throw UsageError("you have several queues; name the one that you mean:" + list);
}

/// The address that stats and ls may have in place of a folder; empty: they have none.
std::string broker_of(const Arguments& arguments) {
  const std::string word = arguments.words.empty() ? arguments.text(dir_option) : arguments.words.front();
  return is_broker(word) ? word : "";
}

std::string folder_word(const Arguments& arguments, const char* command) {
  if (arguments.words.size() > 1 || (!arguments.words.empty() && arguments.has(dir_option)))
    throw UsageError(std::string("queue ") + command + " takes the folder of one queue; try: farcallctl queue " +
                     command + " /var/lib/thermostat/queue");
  return arguments.words.empty() ? "" : arguments.words.front();
}

std::uint64_t limit_from(const Arguments& arguments) {
  const std::string text = arguments.text(limit_option);
  if (!arguments.has(limit_option)) return 100;
  if (text == "all") return std::numeric_limits<std::uint64_t>::max();
  std::uint64_t limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc{} || end != text.data() + text.size() || limit == 0)
    throw UsageError("--limit: '" + text + "' is no number of messages such as 1000, nor 'all'");
  return limit;
}

void print_messages(const std::vector<rpc::QueuedMessage>& found, bool more) {
  Table table({"ID", "BOX", "STATE", "PRIORITY", "METHOD", "TO / FROM", "SIZE", "AGE", "TRIED", "LEFT", "REASON"});
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  for (const rpc::QueuedMessage& each : found) {
    table.add({each.id, name_of(each.box), each.dead ? "dead" : "waiting", std::to_string(each.priority),
               each.interface + "." + each.method, each.peer, in_bytes(each.bytes), age_of(each.stored),
               std::to_string(each.attempts), each.expires ? in_words(*each.expires - now) : "-", each.reason});
  }
  if (found.empty()) {
    std::cout << "no messages\n";
  } else {
    std::cout << table.text();
  }
  if (more)
    std::cout << "These are the first " << found.size() << ", there are more: --limit says how many, or --limit all.\n";
}

using GroupKey = std::tuple<rpc::QueueBox, bool, std::string, std::uint8_t>;
using Groups = std::map<GroupKey, rpc::QueueGroup>;

void add(rpc::QueueGroup& to, const rpc::QueueGroup& group) {
  to.oldest = to.messages == 0 ? group.oldest : std::min(to.oldest, group.oldest);
  to.messages += group.messages;
  to.bytes += group.bytes;
  to.attempts += group.attempts;
}

Groups groups_of(rpc::QueueControl& queue) {
  Groups groups;
  std::string next;
  do {
    const rpc::QueueTally tally = queue.tally(next);
    for (const rpc::QueueGroup& each : tally.groups) add(groups[{each.box, each.dead, each.peer, each.priority}], each);
    next = tally.next;
  } while (!next.empty());
  return groups;
}

rpc::QueueGroup total(const Groups& groups, rpc::QueueBox box, bool dead) {
  rpc::QueueGroup sum;
  for (const auto& [key, group] : groups) {
    if (std::get<0>(key) == box && std::get<1>(key) == dead) add(sum, group);
  }
  return sum;
}

ordered_json group_json(const rpc::QueueGroup& group) {
  return {{"messages", group.messages},
          {"bytes", group.bytes},
          {"attempts", group.attempts},
          {"oldest", group.messages == 0 ? ordered_json() : time_json(group.oldest)}};
}

ordered_json groups_json(const Groups& groups, rpc::QueueBox box) {
  ordered_json made = {{"waiting", group_json(total(groups, box, false))},
                       {"dead", group_json(total(groups, box, true))}};
  ordered_json& list = made["groups"] = ordered_json::array();
  for (const auto& [key, group] : groups) {
    const auto& [of, dead, peer, priority] = key;
    if (of != box) continue;
    ordered_json each = {{box == rpc::QueueBox::outbox ? "to" : "from", peer},
                         {"priority", priority},
                         {"state", dead ? "dead" : "waiting"}};
    each.update(group_json(group));
    list.push_back(std::move(each));
  }
  return made;
}

void print_stats(const rpc::QueueState& state, const Groups& groups) {
  constexpr std::array boxes = {rpc::QueueBox::outbox, rpc::QueueBox::inbox};
  std::cout << one_line(state.folder) << ": " << in_bytes(state.bytes) << " of " << in_bytes(state.max_bytes)
            << " are used\n\n";
  Table table({"BOX", "STATE", "TO / FROM", "PRIORITY", "MESSAGES", "SIZE", "OLDEST", "TRIED"});
  const auto row = [&](rpc::QueueBox box, bool dead, const std::string& peer, const std::string& priority,
                       const rpc::QueueGroup& group) {
    table.add({name_of(box), dead ? "dead" : "waiting", peer, priority, std::to_string(group.messages),
               in_bytes(group.bytes), group.messages == 0 ? "-" : age_of(group.oldest),
               std::to_string(group.attempts)});
  };
  for (const rpc::QueueBox box : boxes) {
    for (const bool dead : {false, true}) row(box, dead, "all", "all", total(groups, box, dead));
  }
  for (const auto& [key, group] : groups)
    row(std::get<0>(key), std::get<1>(key), std::get<2>(key), std::to_string(std::get<3>(key)), group);
  std::cout << table.text();
}

/// What waits, and what was put aside.
void print_broker_stats(const Arguments& arguments, const std::string& url) {
  const auto first = arguments.words.begin() + (arguments.words.empty() ? 0 : 1);
  const std::vector<std::string> interfaces(first, arguments.words.end());
  const std::vector<rpc::BrokerQueue> queues = rpc::broker_queues(url, interfaces);
  const std::shared_ptr<rpc::QueueControl> dead = rpc::control_broker(url);
  const Groups groups = groups_of(*dead);
  if (arguments.json) {
    ordered_json list = ordered_json::array();
    for (const auto& [name, waiting, servers] : queues)
      list.push_back({{"queue", name}, {"waiting", waiting}, {"servers", servers}});
    std::cout << dumped({{"address", rpc::without_password(url)},
                         {"queues", std::move(list)},
                         {"dead", groups_json(groups, rpc::QueueBox::broker)["dead"]}});
    return;
  }
  const rpc::QueueGroup sum = total(groups, rpc::QueueBox::broker, true);
  Table table({"QUEUE", "MESSAGES", "SERVERS", "SIZE", "OLDEST"});
  for (const auto& [name, waiting, servers] : queues)
    table.add({name, std::to_string(waiting), std::to_string(servers), "-", "-"});
  table.add({"farcall.dead", std::to_string(sum.messages), "-", in_bytes(sum.bytes),
             sum.messages == 0 ? "-" : age_of(sum.oldest)});
  std::cout << one_line(rpc::without_password(url)) << "\n\n" << table.text();
  if (interfaces.empty())
    std::cout << "\nWhat waits for an interface is counted if it is named: farcallctl queue stats "
              << one_line(rpc::without_password(url)) << " home::Thermostat\n";
}

}  // namespace

bool is_broker(std::string_view word) { return word.starts_with("amqp://") || word.starts_with("amqps://"); }

std::shared_ptr<rpc::QueueControl> open_queue(const Arguments& arguments, const std::string& word) {
  const std::chrono::nanoseconds deadline = arguments.deadline.value_or(std::chrono::seconds(10));
  std::string folder = word.empty() ? arguments.text(dir_option) : word;
  if (is_broker(folder)) return rpc::control_broker(folder);
  if (folder.empty()) folder = only_folder();
  return rpc::control_queue(folder, deadline.count() < 0 ? std::chrono::nanoseconds::max() : deadline);
}

rpc::QueueFilter filter_from(const Arguments& arguments) {
  rpc::QueueFilter filter{.method = arguments.text(method_option)};
  const std::string box = arguments.text(box_option);
  if (arguments.has(box_option) && box != "outbox" && box != "inbox")
    throw UsageError("--box: a queue has no '" + box + "'" + instead_of(box, {"outbox", "inbox"}));
  const bool outbox = box == "outbox" || arguments.has(to_option);
  const bool inbox = box == "inbox" || arguments.has(from_option);
  if (outbox && inbox)
    throw UsageError("no message is in both boxes: --to is for those of the outbox, --from for those of the inbox");
  if (outbox) filter.box = rpc::QueueBox::outbox;
  if (inbox) filter.box = rpc::QueueBox::inbox;
  if (arguments.has(dead_option)) filter.dead = true;
  filter.peer = arguments.text(outbox ? to_option : from_option);
  return filter;
}

void for_each_message(rpc::QueueControl& queue, const rpc::QueueFilter& filter,
                      const std::function<bool(const rpc::QueuedMessage&)>& use) {
  std::string next;
  do {
    const rpc::QueuePage page = queue.list(filter, next, 1000);
    for (const rpc::QueuedMessage& each : page.messages) {
      if (!use(each)) return;
    }
    next = page.next;
  } while (!next.empty());
}

void explain_queue(const Arguments& arguments) {
  const std::string given = arguments.words.empty() ? "" : arguments.words.front();
  throw UsageError(
      (given.empty() ? "queue is followed by what is to be done" : "'" + given + "' is no command for queues") +
      instead_of(given, command_names("queue")));
}

void list_queue(const Arguments& arguments) {
  const rpc::QueueFilter filter = filter_from(arguments);
  const std::uint64_t limit = limit_from(arguments);
  const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments, folder_word(arguments, "ls"));
  std::vector<rpc::QueuedMessage> found;
  bool more = false;
  for_each_message(*queue, filter, [&](const rpc::QueuedMessage& message) {
    more = found.size() == limit;
    if (!more) found.push_back(message);
    return !more;
  });
  if (!arguments.json) return print_messages(found, more);
  ordered_json list = ordered_json::array();
  for (const rpc::QueuedMessage& each : found) list.push_back(message_json(each));
  std::cout << dumped({{"messages", std::move(list)}, {"more", more}});
}

void print_queue_stats(const Arguments& arguments) {
  if (const std::string url = broker_of(arguments); !url.empty()) return print_broker_stats(arguments, url);
  const std::shared_ptr<rpc::QueueControl> queue = open_queue(arguments, folder_word(arguments, "stats"));
  const rpc::QueueState state = queue->state();
  const Groups groups = groups_of(*queue);
  if (!arguments.json) return print_stats(state, groups);
  std::cout << dumped({{"folder", state.folder},
                       {"bytes", state.bytes},
                       {"max_bytes", state.max_bytes},
                       {"outbox", groups_json(groups, rpc::QueueBox::outbox)},
                       {"inbox", groups_json(groups, rpc::QueueBox::inbox)}});
}

}  // namespace farcall::ctl
