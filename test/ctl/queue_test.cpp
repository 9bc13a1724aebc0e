// farcallctl queue, on queues that this process has open and on those that nobody has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rpc/message.h>
#include <rpc/queue_control.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ctl/program.h"

namespace farcall::ctl::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::StartsWith;

/// "hi" as the only argument of Odd.put
constexpr std::string_view hi = "\x0a\x02hi";

class Queue : public testing::Test {
 protected:
  Queue() { open(); }

  void open() { queue_.emplace(rpc::open_queue({.folder = folder_.path("queue"), .max_attempts = 1})); }
  void close() { queue_.reset(); }

  void store(const std::string& target, std::string_view method = "put", std::string_view body = hi,
             int priority = 0) const {
    constexpr std::string_view tenant = "\x06tenant\x05north";
    queue_->transport().store({.target = target,
                               .interface = "Odd",
                               .method = method,
                               .metadata = std::as_bytes(std::span(tenant)),
                               .body = std::as_bytes(std::span(body)),
                               .priority = priority,
                               .time_to_live = priority == 0 ? std::chrono::hours(0) : std::chrono::hours(1)});
  }

  /// One that the server refuses, which has no messages.
  void bury(const OddServer& server) const {
    store(server.url);
    while (messages("--dead").empty()) std::this_thread::yield();
  }

  [[nodiscard]] CtlRun run(const std::string& words) const {
    return run_ctl("queue " + words + " --dir '" + folder_.path("queue") + "'");
  }
  [[nodiscard]] json messages(const std::string& words = "") const {
    return json::parse(run("ls --json " + words).out)["messages"];
  }
  [[nodiscard]] std::vector<std::string> ids(const std::string& words = "") const {
    std::vector<std::string> found;
    for (const json& each : messages(words)) found.push_back(each["id"]);
    return found;
  }

  Folder folder_;
  std::optional<rpc::Queue> queue_;
};

using Ids = std::vector<std::string>;

TEST_F(Queue, IsTheSameWhetherAProcessHasItOpenOrNot) {
  const OddServer server(odd_contract("\"text\""));
  bury(server);
  store("unix:/nowhere", "put", hi, 3);
  store("unix:/nowhere");
  const std::string words[] = {"ls --json",
                               "ls --json --limit 1",
                               "ls --json --to unix:/nowhere",
                               "stats --json",
                               "peek o1 --json",
                               "peek o2 --json --server " + server.url,
                               "peek o9",
                               "retry o1 o9",
                               "purge o9 --yes",
                               "move i1.1 --to unix:/x",
                               "ls --json --method Odd"};
  std::vector<CtlRun> open;
  for (const std::string& each : words) open.push_back(run(each));
  close();
  for (std::size_t i = 0; i < open.size(); ++i) {
    const CtlRun closed = run(words[i]);
    EXPECT_EQ(closed.out, open[i].out) << words[i];
    EXPECT_EQ(closed.err, open[i].err) << words[i];
    EXPECT_EQ(closed.status, open[i].status) << words[i];
  }
  EXPECT_EQ(open[7].err, "farcallctl: error: 'o9' is no message of this queue (any more); nothing was changed\n");
  EXPECT_EQ(open[7].status, 1);
  EXPECT_EQ(ids(), (Ids{"o2", "o3", "o1"}));
}

TEST_F(Queue, ListsMessages) {
  const OddServer server(odd_contract("\"text\""));
  bury(server);
  store("unix:/nowhere", "put", hi, 3);
  const json dead = messages("--dead").at(0);
  EXPECT_EQ(dead["id"], "o1");
  EXPECT_EQ(dead["state"], "dead");
  EXPECT_EQ(dead["to"], server.url);
  EXPECT_EQ(dead["attempts"], 1);
  EXPECT_EQ(dead["bytes"], 17);
  EXPECT_THAT(std::string(dead["reason"]), StartsWith("unimplemented: "));
  EXPECT_THAT(run("ls").out, StartsWith("ID  BOX     STATE    PRIORITY  METHOD   TO / FROM "));
  EXPECT_THAT(run("ls").out, HasSubstr("\no2  outbox  waiting  3         Odd.put  unix:/nowhere "));
  EXPECT_THAT(run("ls --limit 1").out,
              HasSubstr("These are the first 1, there are more: --limit says how many, or --limit all.\n"));
  EXPECT_EQ(run("ls --box inbox").out, "no messages\n");
}

TEST_F(Queue, CountsMessages) {
  for (const std::string_view body : {hi, std::string_view("x")}) store("unix:/a", "put", body, 3);
  store("unix:/b");
  const json stats = json::parse(run("stats --json").out);
  EXPECT_EQ(stats["folder"], folder_.path("queue"));
  EXPECT_EQ(stats["max_bytes"], 1 << 30);
  EXPECT_EQ(stats["bytes"], stats["outbox"]["waiting"]["bytes"]);
  EXPECT_EQ(stats["outbox"]["waiting"]["messages"], 3);
  EXPECT_EQ(stats["outbox"]["dead"]["oldest"], nullptr);
  EXPECT_EQ(stats["outbox"]["groups"].size(), 2U);
  EXPECT_EQ(stats["outbox"]["groups"][0]["messages"], 2);
  EXPECT_EQ(stats["inbox"]["groups"].size(), 0U);
  EXPECT_THAT(run("stats").out,
              HasSubstr("of 1.0 GiB are used\n\nBOX     STATE    TO / FROM  PRIORITY  MESSAGES  SIZE "));
}

TEST_F(Queue, ShowsAddressesOfBrokersWithoutTheirPasswords) {
  store("amqp://guest:secret@nowhere/x");
  EXPECT_EQ(messages("--to amqp://guest:secret@nowhere/x").at(0)["to"], "amqp://guest@nowhere/x");
  EXPECT_EQ(ids("--to amqp://guest@nowhere/x"), Ids{"o1"});
  close();
  for (const char* words : {"ls", "stats", "peek o1", "peek o1 --json", "ls --to amqp://guest:secret@other"}) {
    const CtlRun shown = run(words);
    EXPECT_THAT(shown.out + shown.err, testing::Not(HasSubstr("secret"))) << words;
  }
  EXPECT_THAT(run("stats amqp://guest:se/cret@nowhere").err, testing::Not(HasSubstr("se/cret")));
}

TEST_F(Queue, ShowsArgumentsByTheContract) {
  const OddServer server(odd_contract("\"text\""));
  folder_.put("odd.rpc.json", odd_contract("\"text\""));
  store("unix:/nowhere");
  store("unix:/nowhere", "put", "\x0a\x09");
  close();
  const CtlRun unknown = run("peek o1");
  EXPECT_THAT(unknown.out, StartsWith("id        o1\nbox       outbox\nstate     waiting\nmethod    Odd.put\n"));
  EXPECT_THAT(unknown.out, HasSubstr("\nmetadata  tenant=north\n"));
  EXPECT_THAT(unknown.out, HasSubstr("arguments are not known by name: no connection to unix:/nowhere"));
  EXPECT_THAT(unknown.out, HasSubstr("\n  00000000  0a 02 68 69                                      |..hi|\n"));
  EXPECT_THAT(run("peek o1 --server " + server.url).out, HasSubstr("\narguments {\"value\":\"hi\"}\n"));
  const CtlRun known = run("peek o1 --json --contract " + folder_.path("odd.rpc.json"));
  EXPECT_EQ(json::parse(known.out)["arguments"], json({{"value", "hi"}}));
  EXPECT_EQ(json::parse(known.out)["body"], "CgJoaQ==");
  EXPECT_EQ(json::parse(known.out)["metadata"], json::parse("[[\"tenant\", \"north\"]]"));
  EXPECT_THAT(run("peek o2 --contract " + folder_.path("odd.rpc.json")).out,
              HasSubstr("arguments are not known by name: the arguments"));
  EXPECT_THAT(run("peek o1 --contract /nowhere").err, HasSubstr("--contract: '/nowhere' cannot be read"));
}

TEST_F(Queue, ChangesMessages) {
  const OddServer server(odd_contract("\"text\""));
  bury(server);
  store("unix:/nowhere");
  close();
  EXPECT_EQ(run("retry o1").out, "o1 is o3 now\n1 message to be tried again\n");
  EXPECT_EQ(run("retry --dead").out, "0 messages to be tried again\n");
  EXPECT_EQ(run("move --all --from unix:/nowhere --to unix:/x").out, "1 message on the way to unix:/x\n");
  EXPECT_EQ(ids("--to unix:/x"), Ids{"o4"});
  EXPECT_EQ(run("purge o4 --json --yes").out, "{\n  \"changed\": 1,\n  \"under_way\": 0,\n  \"ids\": []\n}\n");
  const CtlRun unasked = run("purge --all");
  EXPECT_EQ(unasked.status, 2);
  EXPECT_EQ(ids(), Ids{"o3"});
  EXPECT_EQ(run("purge --all --method Odd.get --yes").out, "0 messages deleted\n");
  EXPECT_EQ(run("purge --all --yes").out, "1 message deleted\n");
  EXPECT_EQ(ids(), Ids());
}

/// What farcallctl says that looks for the user's queues there.
CtlRun run_at_home(const Folder& home, const std::string& words) {
  ::setenv("XDG_STATE_HOME", home.path("state").c_str(), 1);
  CtlRun run = run_ctl(words);
  ::unsetenv("XDG_STATE_HOME");
  return run;
}

TEST(Queues, OfTheUserAreFound) {
  const Folder home;
  EXPECT_THAT(run_at_home(home, "queue ls").err, HasSubstr("no program of yours has a queue in its usual place"));
  rpc::open_queue({.folder = home.path("state/farcall/a")});
  EXPECT_EQ(run_at_home(home, "queue ls").out, "no messages\n");
  rpc::open_queue({.folder = home.path("state/farcall/b")});
  const CtlRun several = run_at_home(home, "queue ls");
  EXPECT_EQ(several.status, 2);
  EXPECT_EQ(several.err, "farcallctl: error: you have several queues; name the one that you mean:\n  --dir " +
                             home.path("state/farcall/a") + "\n  --dir " + home.path("state/farcall/b") + "\n");
  EXPECT_EQ(run_at_home(home, "queue ls /nowhere").err,
            "farcallctl: error: there is no queue in /nowhere: it has no messages.db\n");
}

}  // namespace
}  // namespace farcall::ctl::test
