// A maybe call runs zero, one or several times: a datagram can be lost, and it can arrive twice. Adding or removing
// something twice is not the same as once. If that does no harm here, rpc::idempotent says so.
// From: MIDL: [maybe] implies [idempotent], silently.
#pragma once

class Account {
 public:
  virtual ~Account() = default;
  [[rpc::maybe]] virtual void deposit(int cents) = 0;       // expect: maybe-not-idempotent
  [[using rpc: maybe]] virtual void addVisitor() = 0;       // expect: maybe-not-idempotent
};
