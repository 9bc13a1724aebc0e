// A server and a client of one service of the corpus, as a test for each encoding.
//
//   TEST_P(Corpus, Greeter) {
//     auto greeter = connect<helloworld::Greeter, helloworld::GreeterClient>(std::make_shared<Hall>());
//     EXPECT_EQ(greeter.say_hello({"Ada"}).message, "Hello Ada");
//   }
#pragma once

#include <gtest/gtest.h>
#include <rpc/rpc.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>

namespace corpus {

class Corpus : public testing::TestWithParam<rpc::Encoding> {
 protected:
  /// Once in each test.
  template <class Interface, class Client, class Object>
  Client connect(std::shared_ptr<Object> object) {
    server_.serve<Interface>(std::move(object));
    const std::string url = server_.listen("inproc:corpus-" + std::to_string(getpid()));
    return Client(rpc::connect(url, {.encoding = GetParam()}));
  }

  /// What the server says when it is asked something it refuses: the type of its exception and the text.
  template <class Call>
  static std::string refusal(Call call) {
    try {
      call();
    } catch (const rpc::Error& error) {
      return std::string(error.remote_type()) + ": " + error.what();
    }
    return "no refusal";
  }

 private:
  rpc::Server server_;
};

}  // namespace corpus
