#include "greeter.rpc.h"

#include "corpus/corpus.h"

namespace corpus {

namespace {

class HelloWorld : public helloworld::GreeterService {
 public:
  rpc::Task<helloworld::HelloReply> say_hello(helloworld::HelloRequest request) override {
    co_return helloworld::HelloReply("Hello " + request.name);
  }
  rpc::Task<std::vector<helloworld::HelloReply>> say_hello_often(helloworld::HelloRequest request, int times) override {
    co_return std::vector<helloworld::HelloReply>(static_cast<std::size_t>(times), co_await say_hello(request));
  }
};

TEST_P(Corpus, Greeter) {
  auto greeter = connect<helloworld::Greeter, helloworld::GreeterClient>(std::make_shared<HelloWorld>());
  EXPECT_EQ(greeter.say_hello({"Ada"}).message, "Hello Ada");
  rpc::Future<std::vector<helloworld::HelloReply>> pending = greeter.async_say_hello_often({"Grace"});
  const std::vector<helloworld::HelloReply> replies = pending.get();
  ASSERT_EQ(replies.size(), 2U);
  EXPECT_EQ(replies[1].message, "Hello Grace");
}

}  // namespace
}  // namespace corpus
