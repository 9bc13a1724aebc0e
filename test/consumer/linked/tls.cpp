// Shows that a program which is linked with Farcall::tls, and says nothing else, speaks TLS.
#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/tls.h>

#include <iostream>

int main() {
  try {
    rpc::connect("tls://127.0.0.1:1");
    std::cout << "connecting\n";
    rpc::Tls({.ca = "none.pem"});
  } catch (const rpc::Error& error) {
    std::cout << error.what() << '\n';
  }
}
