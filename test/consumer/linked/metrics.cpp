// Shows that a program which is linked with Farcall::metrics can show what its server counts.
#include <rpc/metrics_endpoint.h>

#include <iostream>

int main() {
  rpc::Server server;
  rpc::MetricsEndpoint endpoint("0");
  endpoint.add(server);
  std::cout << endpoint.url() << '\n';
}
