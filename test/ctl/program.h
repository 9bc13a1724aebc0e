// Runs farcallctl as a user does, against a server in this process that describes one interface as the test likes.
//
//   Described server(contract, [](std::string) { return reply; });
//   EXPECT_EQ(run_ctl("call " + server.url + " Odd.get").out, "7\n");
#pragma once

#include <rpc/outgoing.h>
#include <rpc/server.h>
#include <rpc/skeleton.h>
#include <sys/wait.h>

#include <cstdlib>
#include <functional>
#include <memory>
#include <string>

#include "output/folder.h"

namespace farcall::ctl::test {

using farcall::Folder;

struct CtlRun {
  int status = -1;
  std::string out;
  std::string err;
};

/// `arguments` are words for a shell.
inline CtlRun run_ctl(const std::string& arguments, const std::string& input = "") {
  const Folder folder;
  folder.put("in", input);
  const std::string command = "'" FARCALLCTL "' " + arguments + " <'" + folder.path("in") + "' >'" +
                              folder.path("out") + "' 2>'" + folder.path("err") + "'";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, folder.get("out"), folder.get("err")};
}

inline rpc::MethodInfo odd_methods[] = {{.name = "get"}, {.name = "put"}};
inline rpc::InterfaceInfo odd_info = {.name = "Odd", .fingerprint = 1, .methods = odd_methods, .method_count = 2};

/// What the methods of Odd answer to their arguments, both in the tagged encoding.
struct Odd {
  std::function<std::string(std::string)> answer;
};

inline void dispatch_odd(void* server, std::uint16_t, rpc::Incoming& call) {
  rpc::Decoder in = call.arguments();
  rpc::Reader from = in.begin();
  const std::size_t size = in.size();
  const std::string arguments(reinterpret_cast<const char*>(from.get_bytes(size)), size);
  const std::string reply = static_cast<Odd*>(server)->answer(arguments);
  rpc::Encoder& out = call.reply();
  rpc::Writer to = out.begin();
  to.room(reply.size());
  to.put_bytes(reply.data(), reply.size());
  out.commit(to);
}

}  // namespace farcall::ctl::test

template <>
struct rpc::Interface<farcall::ctl::test::Odd> {
  static const InterfaceInfo& info() { return farcall::ctl::test::odd_info; }
  static Skeleton skeleton(farcall::ctl::test::Odd& server) {
    return {&info(), &server, &farcall::ctl::test::dispatch_odd};
  }
};

namespace farcall::ctl::test {

/// Serves Odd with this description, one at a time.
class OddServer {
 public:
  explicit OddServer(const std::string& description, std::function<std::string(std::string)> answer = {})
      : description_(description) {
    odd_info.description = description_.c_str();
    server_.serve<Odd>(std::make_shared<Odd>(Odd{std::move(answer)}));
    url = server_.listen("unix:" + folder_.path("s"));
  }

  std::string url;

 private:
  Folder folder_;
  std::string description_;
  rpc::Server server_{{.reflection = true}};
};

/// A contract of Odd with one type for everything: `get` gives a value, and `put` takes one as "value" and gives it
/// back.
inline std::string odd_contract(const std::string& type, const std::string& records = "",
                                const std::string& enums = "") {
  const std::string spelt = R"("type":)" + type + R"(,"cpp_type":"T")";
  const auto method = [&](const std::string& name, int number, const std::string& parameters) {
    return R"({"name":")" + name + R"(","number":)" + std::to_string(number) + R"(,"cpp_name":")" + name +
           R"(","mode":"call","virtual":"pure","result":{)" + spelt + R"(},"parameters":[)" + parameters + "]}";
  };
  return R"({"format":1,"header":"odd.h","interfaces":[{"name":"Odd","cpp_name":"Odd","methods":[)" +
         method("get", 1, "") + "," +
         method("put", 2, R"({"name":"value","number":1,)" + spelt + R"(,"passing":"value","direction":"in"})") +
         R"(]}],"records":[)" + records + R"(],"enums":[)" + enums + "]}";
}

}  // namespace farcall::ctl::test
