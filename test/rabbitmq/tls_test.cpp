// RabbitMQ by TLS: it works, and each way in which certificates can be wrong says what to do.
#include <gmock/gmock.h>

#include "rabbitmq/by_rabbitmq.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Who signed the broker's certificate, and one's own.
constexpr const char* trusting = "cacertfile=$/ca.pem";
constexpr const char* known = "&certfile=$/client.pem&keyfile=$/client.key";

class RabbitMqByTls : public ByRabbitMq {
 protected:
  std::string answer_of(const std::string& parameters, const std::string& host = "localhost") {
    return problem_of(broker().tls_url(parameters, host));
  }
};

TEST_F(RabbitMqByTls, BringsMessages) {
  const std::string url = broker().tls_url(trusting + std::string(known));
  const auto receiver = receive(url);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(url, {.queue = outbox}));
  const std::string large(1'000'000, 'x');
  Texts texts = numbers(0, 1'000);
  texts.push_back(large);
  for (const std::string& text : texts) client.async_record(text);
  EXPECT_TRUE(soon_has(texts));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
}

TEST_F(RabbitMqByTls, SaysThatNobodyTrustedSignedTheBrokersCertificate) {
  EXPECT_THAT(answer_of("cacertfile=$/other.pem" + std::string(known)),
              AllOf(HasSubstr("its certificate is not accepted, self-signed certificate in certificate chain"),
                    HasSubstr("/other.pem")));
  EXPECT_THAT(answer_of(known + 1), HasSubstr("name another one with cacertfile"));
}

TEST_F(RabbitMqByTls, SaysThatTheCertificateIsForAnotherHost) {
  EXPECT_THAT(answer_of(trusting + std::string(known), "127.0.0.1"),
              HasSubstr("IP address mismatch: it has to be for 127.0.0.1"));
}

TEST_F(RabbitMqByTls, SaysThatItDemandsACertificate) {
  EXPECT_THAT(answer_of(trusting), HasSubstr("it demands a certificate: name one with certfile and keyfile"));
  EXPECT_THAT(answer_of(trusting + std::string("&certfile=$/other.pem&keyfile=$/other.key")),
              HasSubstr("it does not accept "));
}

TEST_F(RabbitMqByTls, SaysWhichFileCannotBeUsed) {
  EXPECT_THAT(answer_of("cacertfile=$/nowhere"), HasSubstr("/nowhere cannot be used"));
  EXPECT_THAT(answer_of("certfile=$/client.pem&keyfile=$/ca.key"),
              HasSubstr("/ca.key cannot be used: key values mismatch"));
}

TEST_F(RabbitMqByTls, SaysThatThePortIsNotForTls) {
  EXPECT_THAT(problem_of("amqps://guest:guest@localhost:" + std::to_string(broker().port())),
              HasSubstr("it does not speak TLS at this port"));
}

TEST_F(RabbitMqByTls, SaysWhatIsWrongWithParameters) {
  EXPECT_THAT(problem_of("amqps://localhost?cacertfile=x&certfile=y"), HasSubstr("certfile and keyfile go together"));
  EXPECT_THAT(problem_of("amqps://localhost?verify=perhaps"), HasSubstr("there is no parameter verify=perhaps"));
  EXPECT_THAT(problem_of("amqps://localhost/x?verify"), HasSubstr("key=value"));
  EXPECT_THAT(problem_of("amqp://localhost/x?verify=verify_none"), HasSubstr("only with amqps://"));
}

TEST_F(RabbitMqByTls, VerifiesNothingIfItIsToldSo) {
  EXPECT_EQ(answer_of("verify=verify_none" + std::string(known), "127.0.0.1"), "");
}

}  // namespace
