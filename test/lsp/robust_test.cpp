// Clients that do not keep to the protocol, or that are gone.

#include <gtest/gtest.h>

#include "lsp/server_process.h"

namespace farcall::lsp::test {
namespace {

const Json shutdown_request = {{"jsonrpc", "2.0"}, {"id", "end"}, {"method", "shutdown"}};
const Json exit_notification = {{"jsonrpc", "2.0"}, {"method", "exit"}};

Json initialize() {
  return {
      {"jsonrpc", "2.0"}, {"id", "start"}, {"method", "initialize"}, {"params", {{"capabilities", Json::object()}}}};
}

class Robust : public testing::Test {
 protected:
  void expect_alive() {
    server_.send(initialize());
    EXPECT_TRUE(server_.expect({{"id", "start"}}).contains("result"));
    server_.send(shutdown_request);
    EXPECT_TRUE(server_.expect({{"id", "end"}}).contains("result"));
    server_.send(exit_notification);
    EXPECT_EQ(server_.finish(), 0);
  }

  int code_of_error() {
    const Json answer = server_.expect({{"id", nullptr}});
    return answer.is_object() ? answer["error"]["code"].get<int>() : 0;
  }

  Folder folder_;
  Folder cache_;
  ServerProcess server_{folder_, cache_};
};

TEST_F(Robust, AgainstJsonThatIsNone) {
  for (const char* text :
       {"{", "nonsense", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":", "\xff\xfe", "\"\\ud800\xc0\""}) {
    server_.send_text(text);
    EXPECT_EQ(code_of_error(), -32700) << text;
  }
  expect_alive();
}

TEST_F(Robust, AgainstJsonThatIsNested) {
  server_.send_text(std::string(1'000'000, '['));
  EXPECT_EQ(code_of_error(), -32700);
  server_.send_text("{\"jsonrpc\":\"2.0\",\"x\":" + std::string(300, '[') + std::string(300, ']') + "}");
  EXPECT_EQ(code_of_error(), -32700);
  expect_alive();
}

TEST_F(Robust, AgainstMessagesThatAreNone) {
  for (const char* text : {"[]", "7", "null", "{}", R"({"jsonrpc":"1.0","method":"x"})",
                           R"({"jsonrpc":"2.0","method":7})", R"({"jsonrpc":"2.0","method":"x","id":[]})"}) {
    server_.send_text(text);
    EXPECT_EQ(code_of_error(), -32600) << text;
  }
  expect_alive();
}

TEST_F(Robust, AgainstAnswersToNothing) {
  server_.send_text(R"({"jsonrpc":"2.0","id":99,"result":null})");
  server_.send_text(R"({"jsonrpc":"2.0","id":99,"error":{"code":1,"message":"no"}})");
  server_.send_text(R"({"jsonrpc":"2.0","id":99,"error":7})");
  expect_alive();
}

TEST_F(Robust, AgainstHeadersThatAreNone) {
  server_.send_bytes("Hello: world\r\n\r\n");
  server_.send_bytes("Content-Length: 0\r\n\r\n");
  server_.send_bytes("Content-Length: many\r\n\r\n");
  server_.send_bytes("\r\n\r\n");
  server_.send_bytes("Content-Type: x\r\nContent-Length: 2\r\n\r\n{}");
  EXPECT_EQ(code_of_error(), -32600);
  expect_alive();
}

TEST_F(Robust, AgainstAnEndInTheMiddleOfAMessage) {
  server_.send(initialize());
  server_.send_bytes("Content-Length: 100\r\n\r\n{\"jsonrpc\"");
  EXPECT_EQ(server_.finish(), 1);
}

TEST_F(Robust, AgainstAnEndInTheMiddleOfAHeader) {
  server_.send_bytes("Content-Len");
  EXPECT_EQ(server_.finish(), 1);
}

TEST_F(Robust, AgainstAnEndAtOnce) { EXPECT_EQ(server_.finish(), 1); }

TEST_F(Robust, AgainstExitWithoutShutdown) {
  server_.send(initialize());
  server_.send(exit_notification);
  EXPECT_EQ(server_.finish(), 1);
}

/// More than fits into the pipes of both directions, before anything is read.
TEST_F(Robust, AgainstClientsThatDoNotRead) {
  constexpr int many = 5000;
  for (int i = 0; i < many; ++i)
    server_.send({{"jsonrpc", "2.0"}, {"id", i}, {"method", "no/such/" + std::string(100, 'x')}});
  for (int i = 0; i < many; ++i) {
    const Json answer = server_.expect({{"id", i}});
    ASSERT_EQ(answer.value("/error/code"_json_pointer, 0), -32002);
  }
  expect_alive();
}

/// Whether a request had begun when it was cancelled nobody can tell, but it gets one answer.
TEST_F(Robust, AgainstCancelledRequests) {
  folder_.put("lamp.h", "class [[rpc::interface]] Lamp { public: virtual ~Lamp() = default; virtual int f() = 0; };");
  const std::string uri = "file://" + folder_.path("lamp.h");
  server_.send(initialize());
  server_.send({{"jsonrpc", "2.0"},
                {"method", "textDocument/didOpen"},
                {"params", {{"textDocument", {{"uri", uri}, {"version", 1}, {"text", folder_.get("lamp.h")}}}}}});
  constexpr int many = 200;
  for (int id = 0; id < many; ++id) {
    server_.send({{"jsonrpc", "2.0"},
                  {"id", id},
                  {"method", "textDocument/documentSymbol"},
                  {"params", {{"textDocument", {{"uri", uri}}}}}});
    server_.send({{"jsonrpc", "2.0"}, {"method", "$/cancelRequest"}, {"params", {{"id", id}}}});
  }
  for (int id = 0; id < many; ++id) {
    const Json answer = server_.expect({{"id", id}});
    EXPECT_TRUE(answer.contains("result") || answer.value("/error/code"_json_pointer, 0) == -32800) << answer;
    EXPECT_TRUE(server_.last_unexpected({{"id", id}}).is_null()) << "a second answer";
  }
}

/// Any bytes as params of any method: an error, or an answer, and the server lives.
TEST_F(Robust, AgainstParamsThatAreNone) {
  server_.send(initialize());
  const std::vector<Json> all = {nullptr,
                                 7,
                                 Json::array(),
                                 Json::object(),
                                 {{"textDocument", 7}},
                                 {{"textDocument", {{"uri", 7}}}},
                                 {{"textDocument", {{"uri", "untitled:Untitled-1"}}}},
                                 {{"textDocument", {{"uri", "file://"}}}},
                                 {{"textDocument", {{"uri", "file:///%zz"}}}},
                                 {{"textDocument", {{"uri", "file:///tmp/not-open.h"}}}, {"position", {{"line", -1}}}},
                                 {{"command", "farcall.generate"}, {"arguments", {{{"uri", 7}}}}},
                                 {{"command", "farcall.generate"}, {"arguments", 7}}};
  int id = 0;
  for (const char* method : {"textDocument/hover", "textDocument/codeAction", "textDocument/completion",
                             "textDocument/documentSymbol", "textDocument/codeLens", "workspace/executeCommand"}) {
    for (const Json& params : all) {
      server_.send({{"jsonrpc", "2.0"}, {"id", ++id}, {"method", method}, {"params", params}});
      EXPECT_TRUE(server_.expect({{"id", id}}).contains("error")) << method << params;
    }
  }
  for (const char* method : {"textDocument/didChange", "textDocument/didSave", "textDocument/didClose",
                             "textDocument/didOpen", "workspace/didChangeConfiguration",
                             "workspace/didChangeWatchedFiles", "$/cancelRequest", "$/setTrace", "no/such"})
    for (const Json& params : all) server_.send({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
  server_.send(shutdown_request);
  EXPECT_TRUE(server_.expect({{"id", "end"}}).contains("result"));
  server_.send(exit_notification);
  EXPECT_EQ(server_.finish(), 0);
}

}  // namespace
}  // namespace farcall::lsp::test
