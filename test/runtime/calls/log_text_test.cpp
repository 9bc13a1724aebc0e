// What a line of the log has besides its text, and how it is written.
#include <rpc/log.h>
#include <rpc/spdlog.h>
#include <rpc/this_call.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <spdlog/sinks/ostream_sink.h>

#include <array>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include "fake_connection.h"
#include "fake_transport.h"
#include "log.h"

namespace rpc::test {
namespace {

TEST(LogText, IsOneLineWithFieldsBehindTheText) {
  const std::array<LogField, 4> fields{
      {{"peer", "tcp://10.0.0.7:1"}, {"method", "say \"hi\""}, {"what", "a=b"}, {"text", "x\ny"}}};
  const LogRecord record{.severity = Severity::warning, .text = "no ink\n", .fields = fields};
  EXPECT_EQ(to_text(record), R"(no ink\u000a peer=tcp://10.0.0.7:1 method="say \"hi\"" what="a=b" text="x\u000ay")");
  EXPECT_EQ(record.field("method"), "say \"hi\"");
  EXPECT_EQ(record.field("nothing"), "");
}

TEST(LogText, IsJsonWhateverIsInIt) {
  const std::array<LogField, 2> fields{{{"peer", "\x01\\\""}, {"text", "gr\xc3\xbc\xc3\x9f\x65 \xf0\x9f\x96\xa8"}}};
  EXPECT_EQ(to_json({.severity = Severity::error, .text = "a\tb", .fields = fields}),
            "{\"severity\":\"error\",\"text\":\"a\\u0009b\",\"peer\":\"\\u0001\\\\\\\"\","
            "\"text\":\"gr\xc3\xbc\xc3\x9f\x65 \xf0\x9f\x96\xa8\"}");
  for (const char* const bad : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"})
    EXPECT_THAT(to_json({.text = bad}), testing::StartsWith("{\"severity\":\"info\",\"text\":\"\xef\xbf\xbd")) << bad;
}

using Found = std::map<std::string, std::string, std::less<>>;

Found found;

/// Serves one call whose handler fails, of a caller that does not wait for it.
void fail_oneway(const std::string& metadata) {
  found.clear();
  set_log_handler([](const LogRecord& record) {
    found["severity"] = to_string(record.severity);
    found["said"] = record.text;
    for (const auto& [key, value] : record.fields) found[std::string(key)] = value;
  });
  const Skeleton skeleton{.info = &CalculatorClient::info,
                          .server = nullptr,
                          .dispatch = [](void*, std::uint16_t, Incoming&) { throw std::out_of_range("no ink"); }};
  FakeConnection connection;
  connection.metadata = metadata;
  connection.serve(skeleton, 0, "", true);
  set_log_handler(nullptr);
}

TEST(LogRecord, SaysWhichCallItIsAbout) {
  fail_oneway(
      "\13traceparent\67"
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
  EXPECT_EQ(found, (Found{{"severity", "warning"},
                          {"said", "no ink"},
                          {"code", "failed"},
                          {"interface", "test.Calculator"},
                          {"method", "add"},
                          {"peer", "fake:peer"},
                          {"trace", "4bf92f3577b34da6a3ce929d0e0e4736"},
                          {"span", "00f067aa0ba902b7"}}));
  fail_oneway("");
  EXPECT_FALSE(found.contains("trace"));
}

TEST(LogRecord, GoesToStandardErrorWithTheTrace) {
  testing::internal::CaptureStderr();
  FakeConnection connection;
  connection.metadata =
      "\13traceparent\67"
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const Skeleton skeleton{
      .info = &CalculatorClient::info, .server = nullptr, .dispatch = [](void*, std::uint16_t, Incoming& call) {
        internal::log(Severity::error, "low on ink");
        call.reply();
      }};
  connection.serve(skeleton, 0, "");
  internal::log(Severity::info, "full");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "rpc: error: low on ink (trace 4bf92f3577b34da6a3ce929d0e0e4736)\nrpc: info: full\n");
}

TEST(LogRecord, IsOneLineOnStandardErrorWhateverAPeerSaid) {
  testing::internal::CaptureStderr();
  internal::log(Severity::warning, "no\nrpc: info: \r\x1b[2Jink");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "rpc: warning: no\\u000arpc: info: \\u000d\\u001b[2Jink\n");
}

class Spdlog : public testing::Test {
 protected:
  ~Spdlog() override {
    set_log_handler(nullptr);
    internal::SpdlogTarget::get().logger = nullptr;
  }

  std::ostringstream out;
  std::shared_ptr<spdlog::logger> logger =
      std::make_shared<spdlog::logger>("rpc", std::make_shared<spdlog::sinks::ostream_sink_st>(out));
};

TEST_F(Spdlog, GetsTheTextAndTheFields) {
  logger->set_pattern("%l: %v");
  log_to(logger);
  internal::log(Severity::warning, "no {} ink", {{"peer", "unix:/run/t.sock (pid 12)"}, {"code", ""}});
  internal::log(Severity::error, "none");
  logger->set_level(spdlog::level::err);
  internal::log(Severity::info, "not asked for");
  EXPECT_EQ(out.str(), "warning: no {} ink peer=\"unix:/run/t.sock (pid 12)\"\nerror: none\n");
}

TEST_F(Spdlog, GetsJsonOnRequest) {
  logger->set_pattern("%v");
  log_to(logger, LogFormat::json);
  internal::log(Severity::info, "say \"hi\"", {{"peer", "inproc:x"}});
  EXPECT_EQ(out.str(), "{\"severity\":\"info\",\"text\":\"say \\\"hi\\\"\",\"peer\":\"inproc:x\"}\n");
}

}  // namespace
}  // namespace rpc::test
