// farcallctl top, on servers of this process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <rpc/dynamic.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <thread>

#include "ctl/program.h"

namespace farcall::ctl::test {
namespace {

using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr std::string_view clear = "\x1b[H\x1b[2J";

/// Calls until it goes: one of three fails.
class Load {
 public:
  explicit Load(const std::string& url) : client_(rpc::connect(url), "Odd", {"get", "put"}) {}
  ~Load() {
    stop_ = true;
    thread_.join();
  }

 private:
  void run() {
    while (!stop_) {
      client_.call("get", {});
      client_.call("get", {});
      try {
        client_.call("put", std::vector<std::byte>(1));
      } catch (const rpc::Error&) {
        ++failed_;
      }
    }
  }

  rpc::DynamicClient client_;
  std::atomic<bool> stop_ = false;
  int failed_ = 0;
  std::thread thread_{[this] { run(); }};
};

std::string answer(const std::string& arguments) {
  if (!arguments.empty()) throw std::runtime_error("no");
  return "";
}

json method(const json& all, const std::string& name) {
  for (const json& each : all["methods"]) {
    if (each["method"] == name) return each;
  }
  return {};
}

TEST(Top, ShowsRatesAndTimes) {
  const OddServer server(odd_contract("\"void\""), &answer);
  const Load load(server.url);
  const json all = json::parse(run_ctl("top --json --interval 100ms " + server.url).out);
  const json get = method(all, "Odd.get");
  const json put = method(all, "Odd.put");
  EXPECT_GE(all["seconds"], 0.1);
  EXPECT_EQ(all["connections"], 2);
  EXPECT_GT(get["calls"], 0);
  EXPECT_EQ(get["errors"], 0);
  EXPECT_GT(get["p50_seconds"], 0);
  EXPECT_GE(get["p99_seconds"], get["p50_seconds"]);
  EXPECT_GE(get["calls_ever"], get["calls"]);
  EXPECT_GT(put["calls"], 0);
  EXPECT_EQ(put["errors"], put["calls"]);
  EXPECT_EQ(method(all, "rpc::Reflection.contract")["p50_seconds"], nullptr);

  const CtlRun table = run_ctl("top --once --interval 100ms " + server.url);
  EXPECT_EQ(table.status, 0);
  EXPECT_THAT(table.out, AllOf(StartsWith(server.url + ": "), HasSubstr(" calls/s, "), HasSubstr(", 2 connections\n\n"),
                               HasSubstr("METHOD                CALLS/S  "), HasSubstr("\nOdd.get "), HasSubstr(" µs"),
                               Not(HasSubstr("\x1b")), Not(HasSubstr("rpc::Reflection"))));
}

/// What it writes to a terminal, until there are two screens.
std::string two_screens(const std::string& url) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    ::execl(FARCALLCTL, FARCALLCTL, "top", "--interval", "10ms", url.c_str(), nullptr);
    ::_exit(127);
  }
  std::string shown;
  std::array<char, 1024> some{};
  while (shown.find(clear) == shown.rfind(clear)) {
    const ssize_t got = ::read(terminal, some.data(), some.size());
    if (got <= 0) break;
    shown.append(some.data(), static_cast<std::size_t>(got));
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  ::close(terminal);
  return shown;
}

TEST(Top, IsOnceWithoutATerminalAndRedrawsOnOne) {
  const OddServer server(odd_contract("\"int32\""));
  EXPECT_THAT(run_ctl("top --interval 10ms " + server.url).out,
              AllOf(HasSubstr("METHOD "), Not(HasSubstr(std::string(clear)))));
  const std::string shown = two_screens(server.url);
  EXPECT_THAT(shown, HasSubstr("METHOD "));
  EXPECT_NE(shown.find(clear), shown.rfind(clear));
}

TEST(Top, SaysWhatIsWrong) {
  EXPECT_THAT(run_ctl("top").err, HasSubstr("top takes the address of a server"));
  EXPECT_EQ(run_ctl("top unix:/x --interval none").status, 2);
  EXPECT_THAT(run_ctl("top unix:/x --interval soon").err, HasSubstr("--interval: 'soon' is no time such as 250ms"));
  rpc::Server quiet;
  const Folder folder;
  EXPECT_THAT(run_ctl("top " + quiet.listen("unix:" + folder.path("s"))).err,
              HasSubstr("does not describe itself; it would with rpc::Server server({.reflection = true})"));
}

}  // namespace
}  // namespace farcall::ctl::test
