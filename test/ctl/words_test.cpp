// The command line: what is printed where, and with which exit code.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rpc/this_call.h>

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>
#include <ostream>
#include <stop_token>
#include <string>

#include "ctl/program.h"

namespace farcall::ctl::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

std::string echo(std::string arguments) { return arguments; }

/// "put" with arguments.
std::string put(const OddServer& server, const std::string& words) {
  return "call " + server.url + " Odd.put " + words;
}

TEST(Words, ListTheInterfaces) {
  const OddServer server(odd_contract("\"int32\""));
  const CtlRun run = run_ctl("ls " + server.url);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "Odd\nrpc::Monitor\nrpc::Reflection\n");
  EXPECT_EQ(run.err, "");
}

TEST(Words, DescribeWithNumbersModesAndTimeouts) {
  std::string contract = odd_contract("{\"record\":\"Odd::Point\"}",
                                      R"({"name":"Odd::Point","fields":[
      {"name":"x","number":3,"cpp_name":"x","type":"int32","cpp_type":"int","bits":3},
      {"name":"kind","number":2,"cpp_name":"sort","type":{"enum":"Kind"},"cpp_type":"Kind"}]})",
                                      R"({"name":"Kind","underlying":"uint8","scoped":true,"flags":true,
      "values":[{"name":"low","value":1}]})");
  contract = replaced(contract, "\"mode\":\"call\"", R"("mode":"async","timeout_ns":250000000,"idempotent":true)");
  contract = replaced(contract, R"("name":"value","number":1)", R"("name":"value","number":4)");
  const OddServer server(contract);
  EXPECT_EQ(run_ctl("describe " + server.url + " Odd").out,
            R"(class [[rpc::interface]] Odd {
  [[rpc::async, rpc::idempotent, rpc::timeout("250ms")]] T get();  // 1
  T put(T value);                                                  // 2; value 4
};

struct Odd::Point {
  int x : 3;                        // 3
  [[rpc::name("kind")]] Kind sort;  // 2
};

enum class Kind : std::uint8_t {  // flags
  low = 1,
};
)");
  const CtlRun method = run_ctl("describe " + server.url + " Odd.put");
  EXPECT_THAT(method.out, StartsWith("class [[rpc::interface]] Odd {\n  T put(T value);  // 2; value 4\n};\n"));
  EXPECT_THAT(method.out,
              HasSubstr("\nfarcallctl call " + server.url + " Odd.put '{\"value\":{\"x\":0,\"kind\":\"low\"}}'\n"));
  EXPECT_THAT(run_ctl("describe " + server.url + " Odd --json").out, StartsWith("{\n  \"format\": 1,\n"));
  EXPECT_THAT(run_ctl("describe " + server.url).out, HasSubstr("class [[rpc::interface]] rpc::Reflection {"));
}

TEST(Words, CallWithJson) {
  const OddServer server(odd_contract("{\"vector\":\"int32\"}"), echo);
  EXPECT_EQ(run_ctl(put(server, "'{\"value\": [1, 2]}'")).out, "[1,2]\n");
  EXPECT_EQ(run_ctl(put(server, "'[[1, 2]]' --pretty")).out, "[\n  1,\n  2\n]\n");
  EXPECT_EQ(run_ctl(put(server, "--compact -"), "[[3]]").out, "[3]\n");
  EXPECT_EQ(run_ctl("call " + server.url + " Odd.get").out, "[]\n");
}

TEST(Words, OneWayCallsAreSentAndRead) {
  std::promise<void> called;
  const std::string contract =
      replaced(odd_contract("\"text\""), R"("cpp_name":"get","mode":"call")", R"("cpp_name":"get","mode":"maybe")");
  const OddServer server(contract, [&](std::string arguments) {
    called.set_value();
    return arguments;
  });
  const CtlRun run = run_ctl("call " + server.url + " Odd.get");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, "sent\n");
  EXPECT_EQ(called.get_future().wait_for(std::chrono::seconds(20)), std::future_status::ready);
}

TEST(Words, CountersOfTheServer) {
  const OddServer server(
      replaced(odd_contract("\"text\""), R"("cpp_name":"get","mode":"call")", R"("cpp_name":"get","mode":"maybe")"),
      echo);
  run_ctl("call " + server.url + " Odd.get");
  EXPECT_THAT(run_ctl("counters " + server.url).out,
              AllOf(HasSubstr("frames_received     1\n"), HasSubstr("ignored_overloaded  0\n")));
  EXPECT_THAT(run_ctl("counters " + server.url + " --json").out, HasSubstr("\n  \"frames_received\": 1,\n"));
  EXPECT_EQ(run_ctl("counters").status, 2);
  EXPECT_EQ(run_ctl("counters unix:/nowhere/at/all").status, 1);
}

TEST(Words, MetadataAndDeadlineTravel) {
  const OddServer server(odd_contract("\"text\""), [](const std::string&) {
    const std::string found(rpc::this_call().metadata("tenant").value_or("none"));
    return "\n" + std::string(1, static_cast<char>(found.size())) + found;
  });
  EXPECT_EQ(run_ctl("call " + server.url + " Odd.get --metadata tenant=north --metadata a=").out, "\"north\"\n");
}

// Both ends keep the time, and either may be first.
TEST(Words, TheDeadlineEndsTheCall) {
  const OddServer server(odd_contract("\"text\""), [](const std::string&) -> std::string {
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    stopped.wait(lock, rpc::this_call().stop_token(), [] { return false; });
    throw rpc::Error(rpc::Code::deadline_exceeded, "the handler was stopped");
  });
  const CtlRun run = run_ctl("call " + server.url + " Odd.get --deadline=50ms");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, StartsWith("farcallctl: error: Odd.get failed (deadline_exceeded): "));
}

TEST(Words, ExceptionsAreToldByTheirType) {
  const OddServer server(odd_contract("\"text\""),
                         [](const std::string&) -> std::string { throw std::out_of_range("no\x1b[2J such"); });
  const CtlRun run = run_ctl("call " + server.url + " Odd.get");
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.err, "farcallctl: error: Odd.get threw std::out_of_range: no\\x1b[2J such\n");
}

TEST(Words, ServersThatCannotBeAsked) {
  const Folder folder;
  const CtlRun unreachable = run_ctl("call unix:" + folder.path("nobody") + " Odd.get --deadline 20ms");
  EXPECT_EQ(unreachable.status, 1);
  EXPECT_THAT(unreachable.err, HasSubstr("no connection to unix:" + folder.path("nobody")));

  rpc::Server silent;
  silent.serve<Odd>(std::make_shared<Odd>());
  const std::string url = silent.listen("unix:" + folder.path("s"));
  for (const char* words : {"ls ", "describe ", "call "}) {
    const CtlRun run = run_ctl(words + url + (std::string(words) == "call " ? " Odd.get" : ""));
    EXPECT_EQ(run.status, 1);
    EXPECT_EQ(run.err, "farcallctl: error: the server at " + url +
                           " does not describe itself; it would with rpc::Server server({.reflection = true})\n");
  }
}

struct WrongUse {
  const char* words;  ///< with URL for the address of a server
  const char* problem;
};

void PrintTo(const WrongUse& wrong, std::ostream* out) { *out << wrong.words; }

class WrongWords : public testing::TestWithParam<WrongUse> {};

TEST_P(WrongWords, AreExplained) {
  const OddServer server(odd_contract("{\"vector\":\"int32\"}"), echo);
  std::string words = GetParam().words;
  if (words.find("URL") != std::string::npos) words = replaced(words, "URL", server.url);
  const CtlRun run = run_ctl(words);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr(GetParam().problem));
  EXPECT_EQ(run.out, "");
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongWords,
    testing::Values(
        WrongUse{"", "usage: farcallctl <command>"}, WrongUse{"cal", "'cal' is no command; did you mean 'call'?"},
        WrongUse{"frobnicate", "there are: ls, describe, call, counters, top, queue, completion"},
        WrongUse{"ls", "ls takes the address of a server; try: farcallctl ls tcp://"},
        WrongUse{"ls ftp://x", "ftp://x"}, WrongUse{"call URL", "call takes an address, a method and its arguments"},
        WrongUse{"ls URL --pretty", "there is no option '--pretty'"},
        WrongUse{"call URL Odd.get --dedline 1s", "there is no option '--dedline'; did you mean '--deadline'?"},
        WrongUse{"call URL Odd.get --deadline soon", "--deadline: 'soon' is no time such as 250ms"},
        WrongUse{"call URL Odd.get --deadline", "--deadline needs a value: --deadline 250ms"},
        WrongUse{"call URL Odd.get --pretty=1", "--pretty takes no value"},
        WrongUse{"call URL Odd.get --metadata tenant", "'tenant' is not of the form key=value"},
        WrongUse{"call URL Od.get", "the server does not serve 'Od'; did you mean 'Odd'?"},
        WrongUse{"call URL Odd", "Odd has no method ''; there are: get, put"},
        WrongUse{"call URL Odd.got", "Odd has no method 'got'; did you mean 'get'?"},
        WrongUse{"call URL Odd.put '[[1]'", "the arguments are no JSON: line 1, column 5: "},
        WrongUse{"call URL Odd.put '{\"value\":1,\"value\":2}'", "an object has 'value' twice"},
        WrongUse{"call URL Odd.put", "the parameter 'value' is missing"},
        WrongUse{"call URL Odd.put '{\"value\": [1, \"a\"]}'", "value[1]: expected a whole number"},
        WrongUse{"describe URL Odd.got", "did you mean 'get'?"},
        WrongUse{"describe URL --json", "--json prints the contract of one interface: name it"},
        WrongUse{"queue", "queue is followed by what is to be done; there are: ls, stats, peek, retry, purge, move"},
        WrongUse{"queue lst", "'lst' is no command for queues; did you mean 'ls'?"},
        WrongUse{"queue ls a b", "queue ls takes the folder of one queue; try: farcallctl queue ls /"},
        WrongUse{"queue ls --box inbx", "--box: a queue has no 'inbx'; did you mean 'inbox'?"},
        WrongUse{"queue ls --to x --from y", "--to is for those of the outbox, --from for those of the inbox"},
        WrongUse{"queue ls --limit 0", "--limit: '0' is no number of messages such as 1000, nor 'all'"},
        WrongUse{"queue ls --limit", "--limit needs a value: --limit 1000"},
        WrongUse{"queue peek", "queue peek takes the id of a message, as queue ls prints it"},
        WrongUse{"queue retry", "queue retry takes the ids of messages, as queue ls prints them, or --dead"},
        WrongUse{"queue retry o1 --dead", "queue retry takes either ids or --dead, not both"},
        WrongUse{"queue purge --all --dead --yes", "--dead are only some of --all: say which is meant"},
        WrongUse{"queue purge o1", "say --yes where there is no terminal to ask at"},
        WrongUse{"queue move o1", "queue move needs the address where messages go: --to tcp://"},
        WrongUse{"queue move o1 --to ftp://x", "malformed address"},
        WrongUse{"completion", "completion takes the name of a shell; there are: bash, zsh, fish"},
        WrongUse{"completion bsh", "did you mean 'bash'?"}));

TEST(Words, HelpTeaches) {
  EXPECT_THAT(run_ctl("--help").out, HasSubstr("\n  call        call a method"));
  EXPECT_THAT(run_ctl("call --help").out, HasSubstr("\n  --deadline <time>"));
  EXPECT_THAT(run_ctl("call x --help").out, HasSubstr("\n  --metadata <key>=<value>"));
  EXPECT_THAT(run_ctl("describe -h").out, HasSubstr("\n  --json "));
  EXPECT_THAT(run_ctl("ls --help").out, HasSubstr("Exit codes"));
  EXPECT_THAT(run_ctl("queue --help").out, HasSubstr("\n  farcallctl queue ls "));
  EXPECT_THAT(run_ctl("queue move x --help").out, HasSubstr("\n  --to <url> "));
  EXPECT_THAT(run_ctl("completion --help").out, HasSubstr("farcallctl completion bash|zsh|fish"));
  EXPECT_THAT(run_ctl("--version").out, StartsWith("farcallctl 0."));
}

}  // namespace
}  // namespace farcall::ctl::test
