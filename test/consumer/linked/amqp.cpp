// Shows that a program which is linked with Farcall::amqp, and says nothing else, knows addresses of RabbitMQ.
#include <rpc/channel.h>
#include <rpc/error.h>

#include <iostream>

int main() {
  try {
    rpc::connect("amqp://host/");
    std::cout << "connecting\n";
    rpc::connect("amqp://guest:guest@");
  } catch (const rpc::Error& error) {
    std::cout << error.what() << '\n';
  }
}
