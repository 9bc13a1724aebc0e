// Must not compile, and say which header is missing.
#include <rpc/stub.h>

#include <stop_token>

rpc::CallOptions options(const std::stop_token& token) { return {.stop_token = token}; }
