// gRPC's hello world, in a namespace with a version.
#ifndef CORPUS_GREETER_H_
#define CORPUS_GREETER_H_

#include <string>
#include <utility>
#include <vector>

namespace helloworld {
inline namespace v1 {

struct HelloRequest {
  std::string name;
};

struct HelloReply {
  HelloReply() = default;
  explicit HelloReply(std::string text) : message(std::move(text)) {}

  std::string message;
};

class [[rpc::async]] Greeter {
 public:
  Greeter() = default;
  Greeter(const Greeter&) = delete;
  Greeter& operator=(const Greeter&) = delete;
  virtual ~Greeter() = default;

  virtual HelloReply say_hello(const HelloRequest& request) = 0;
  virtual std::vector<HelloReply> say_hello_often(const HelloRequest& request, int times = 2) = 0;
};

}  // namespace v1
}  // namespace helloworld

#endif  // CORPUS_GREETER_H_
