// The end of a process whose channels and servers are still there.
#include <gtest/gtest.h>

#include <rpc/channel.h>
#include <rpc/server.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "runtime/net/probe.h"
#include "runtime/net/running.h"

namespace {

bool has_thread(const std::string& wanted) {
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    std::getline(std::ifstream(task.path() / "comm") >> std::ws, name);
    if (name == wanted) return true;
  }
  return false;
}

/// Each in a process of its own, which is not to hang.
class Exit : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

// What is being connected looks at statics of asio. They are destroyed a little later than this looks.
TEST_F(Exit, EndsTheConnecting) {
  EXPECT_EXIT(
      {
        ::alarm(patience.count());
        std::atexit([] { ::_exit(soon([] { return !has_thread("rpc-control"); }) ? 0 : 3); });
        const rpc::Channel channel = rpc::connect("unix:/nobody/listens/here");
        if (!soon([] { return has_thread("rpc-control"); })) ::_exit(4);
        std::exit(1);
      },
      testing::ExitedWithCode(0), "");
}

TEST_F(Exit, StopsAServerThatIsAStatic) {
  EXPECT_EXIT(
      {
        ::alarm(patience.count());
        static rpc::Server server;
        server.listen("tcp://127.0.0.1:0");
        std::exit(0);
      },
      testing::ExitedWithCode(0), "");
}

/// Calls once more when what the main thread kept is gone.
struct LastCaller {
  ~LastCaller() {
    for (const std::size_t size : {10UL, 1'000'000UL}) {
      if (client.echo(std::string(size, 'x')).size() != size) ::_exit(3);
    }
  }

  ProbeClient client;
};

TEST_F(Exit, LetsTheDestructorOfAStaticCall) {
  EXPECT_EXIT(
      {
        ::alarm(patience.count());
        static rpc::Server server;
        server.serve<Probe>(std::make_shared<Probe>());
        static const LastCaller caller{ProbeClient(rpc::connect(server.listen("tcp://127.0.0.1:0")))};
        for (const std::size_t size : {10UL, 1'000'000UL}) caller.client.echo(std::string(size, 'x'));
        std::exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
