// A server or a client of one version: `program serve` prints its address and serves until its input ends, `program
// call URL v2` calls a server of version 2 and says what is wrong.
#pragma once

#include <rpc/rpc.h>

#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace evolution {

inline int failures = 0;

template <class T, class U>
void expect(const char* what, const T& got, const U& expected) {
  if (got == expected) return;
  ++failures;
  std::cerr << "wrong: " << what << '\n';
}

/// The error that a call fails with; one of code internal if it does not.
template <class Call>
rpc::Error error_of(Call call) {
  try {
    call();
  } catch (const rpc::Error& error) {
    return error;
  }
  return rpc::Error(rpc::Code::internal, "nothing was thrown");
}

inline bool says(const rpc::Error& error, std::string_view text) {
  return std::string_view(error.what()).find(text) != std::string_view::npos;
}

template <class X, class Object>
int serve() {
  rpc::Server server;
  server.serve<X>(std::make_shared<Object>());
  std::cout << server.listen("tcp://127.0.0.1:0") << std::endl;
  std::cin.get();
  return 0;
}

/// `check` gets the address and whether the server is of version 2.
template <class X, class Object, class Check>
int run(int count, char** arguments, Check check) {
  if (count == 2 && std::string_view(arguments[1]) == "serve") return serve<X, Object>();
  if (count != 4) return std::cerr << "usage: " << arguments[0] << " serve | call URL v1|v2\n", 2;
  try {
    check(arguments[2], std::string_view(arguments[3]) == "v2");
  } catch (const rpc::Error& error) {
    ++failures;
    std::cerr << "unexpected: " << rpc::to_string(error.code()) << ": " << error.what() << '\n';
  }
  return failures == 0 ? 0 : 1;
}

}  // namespace evolution
