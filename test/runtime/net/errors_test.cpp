// What goes wrong, and what the caller reads then.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/net/running.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Failing, HandlerThrowsStandardException) {
  Running running;
  running.object->on_act = [](const std::string&) { throw std::out_of_range("no such sensor"); };
  const ProbeClient probe(rpc::connect(running.url));
  const rpc::Error error = error_of([&] { probe.act("x"); });
  EXPECT_EQ(error.code(), rpc::Code::failed);
  EXPECT_EQ(error.remote_type(), "std::out_of_range");
  EXPECT_STREQ(error.what(), "no such sensor");
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Failing, HandlerThrowsSomethingElse) {
  Running running;
  running.object->on_act = [](const std::string&) { throw 42; };
  const ProbeClient probe(rpc::connect(running.url));
  EXPECT_EQ(error_of([&] { probe.act("x"); }).code(), rpc::Code::failed);
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Failing, HandlerThrowsLongText) {
  Running running;
  running.object->on_act = [](const std::string&) { throw std::runtime_error(std::string(100'000, 'x')); };
  const ProbeClient probe(rpc::connect(running.url));
  EXPECT_EQ(std::string(error_of([&] { probe.act("x"); }).what()).size(), 4096U);
}

TEST(Failing, HandlerThrowsErrorOfTheRuntime) {
  Running running;
  running.object->on_act = [](const std::string&) { throw rpc::Error(rpc::Code::overloaded, "later, please"); };
  const ProbeClient probe(rpc::connect(running.url));
  const rpc::Error error = error_of([&] { probe.act("x"); });
  EXPECT_EQ(error.code(), rpc::Code::overloaded);
  EXPECT_STREQ(error.what(), "later, please");
}

TEST(Binding, InterfaceNobodyServes) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url);
  for (int i = 0; i < 2; ++i) {
    const rpc::Error error = error_of([&] { add_of_unserved(channel); });
    EXPECT_EQ(error.code(), rpc::Code::unimplemented);
    EXPECT_THAT(error.what(), HasSubstr("Unserved"));
  }
  EXPECT_EQ(ProbeClient(channel).add(1, 1), 2);
}

TEST(Binding, InterfaceOfAnotherVersion) {
  Running running;
  EXPECT_EQ(add_of_other_version(rpc::connect(running.url)), 3);
  const rpc::Channel channel = rpc::connect(running.url, {.encoding = rpc::Encoding::exact});
  const rpc::Error error = error_of([&] { add_of_other_version(channel); });
  EXPECT_EQ(error.code(), rpc::Code::incompatible);
  EXPECT_THAT(error.what(),
              AllOf(HasSubstr("Probe"), HasSubstr("0xfedcba0987654321"), HasSubstr("0x1234567890abcdef")));
  EXPECT_EQ(ProbeClient(channel).add(1, 1), 2);
}

TEST(Binding, TwiceOnOneServer) {
  Running running;
  const rpc::Error error = error_of([&] { running.server.serve<Probe>(std::make_shared<Probe>()); });
  EXPECT_THAT(error.what(), HasSubstr("Probe already"));
}

TEST(Addresses, MalformedOnesShowTheForms) {
  const std::vector<std::string> malformed = {"",
                                              "localhost:7000",
                                              "http://a:1",
                                              "tcp://host",
                                              "tcp://:80",
                                              "tcp://host:",
                                              "tcp://h:-1",
                                              "tcp://h:65536",
                                              "tcp://h:7000x",
                                              "tcp://::1:7000",
                                              "tcp://[::1]",
                                              "tcp://a b:1",
                                              "unix:",
                                              "unix:" + std::string(108, 'a'),
                                              "inproc:",
                                              "tcp:/host:1",
                                              "tcp://u@h:1",
                                              std::string("unix:a\0b", 8)};
  for (const std::string& url : malformed) {
    const rpc::Error error = error_of([&] { rpc::connect(url); });
    EXPECT_THAT(error.what(), AllOf(HasSubstr("tcp://host:port"), HasSubstr("unix:/path"), HasSubstr("inproc:name")))
        << url;
    EXPECT_THAT(error_of([&] { rpc::Server().listen(url); }).what(), HasSubstr("tcp://host:port")) << url;
  }
}

TEST(Addresses, OfABrokerNeedItsLibrary) {
  const rpc::Error error = error_of([] { rpc::connect("amqp://guest:secret@host/x"); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("link Farcall::amqp"), HasSubstr("amqp://guest@host/x")));
  EXPECT_THAT(error_of([] { rpc::Server().listen("amqp://host"); }).what(), HasSubstr("link Farcall::amqp"));
}

TEST(Addresses, AreShownWithoutPasswords) {
  for (const char* const url : {"ftp://guest:secret@host", "ftp://guest:se:cret@host:21/x@y"}) {
    const rpc::Error error = error_of([&] { rpc::connect(url); });
    EXPECT_THAT(error.what(), AllOf(HasSubstr("ftp://guest@host"), Not(HasSubstr("cret"))));
  }
}

TEST(Addresses, UnknownHost) {
  const ProbeClient probe(rpc::connect("tcp://nowhere.invalid:7000"), {.deadline = 500ms});
  const rpc::Error error = error_of([&] { probe.add(1, 1); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), HasSubstr("nowhere.invalid"));
}

TEST(Addresses, SocketFileInUse) {
  Running running;
  rpc::Server second;
  EXPECT_THAT(error_of([&] { second.listen(running.url); }).what(), HasSubstr("another server listens there"));
  EXPECT_EQ(ProbeClient(rpc::connect(running.url)).add(1, 1), 2);
}

TEST(Addresses, FileThatIsNoSocketIsKept) {
  const Folder folder;
  std::ofstream(folder.socket()) << "precious";
  EXPECT_EQ(error_of([&] { rpc::Server().listen(folder.url()); }).code(), rpc::Code::unavailable);
  std::string word;
  std::ifstream(folder.socket()) >> word;
  EXPECT_EQ(word, "precious");
}

TEST(Addresses, SocketFileLeftOverByADeadServer) {
  const Folder folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{.sun_family = AF_UNIX};
    folder.socket().copy(address.sun_path, sizeof address.sun_path - 1);
    ::_exit(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 && ::listen(fd, 1) == 0 ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  rpc::Server server;
  server.serve<Probe>(std::make_shared<Probe>());
  EXPECT_EQ(ProbeClient(rpc::connect(server.listen(folder.url()))).add(1, 1), 2);
}

TEST(Addresses, SocketFileGoesWithTheServer) {
  const Folder folder;
  {
    rpc::Server server;
    server.listen(folder.url());
    EXPECT_TRUE(std::filesystem::exists(folder.socket()));
  }
  EXPECT_FALSE(std::filesystem::exists(folder.socket()));
}

TEST(Addresses, PortInUse) {
  rpc::Server first;
  const std::string url = first.listen("tcp://127.0.0.1:0");
  rpc::Server second;
  EXPECT_THAT(error_of([&] { second.listen(url); }).what(), HasSubstr("Address already in use"));
}

TEST(Addresses, InprocNameInUse) {
  rpc::Server first;
  first.listen("inproc:taken");
  EXPECT_THAT(error_of([] { rpc::Server().listen("inproc:taken"); }).what(), HasSubstr("in use"));
}

}  // namespace
