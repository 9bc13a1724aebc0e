// Must not compile, and say what a continuation takes.
#include <rpc/stub.h>

#include <string>

void call(rpc::Future<int> future) {
  future.then([](std::string) {});
}
