// Must not compile with warnings as errors, and say what dropping a future does.
#include <rpc/stub.h>

rpc::Future<int> start();
void call() { start(); }
