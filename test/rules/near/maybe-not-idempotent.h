// Setting something twice is the same as once, and so is what is marked.
#pragma once

class Account {
 public:
  virtual ~Account() = default;
  [[rpc::maybe]] virtual void set_balance(int cents) = 0;
  [[rpc::maybe, rpc::idempotent]] virtual void add_tag(int tag) = 0;
  [[rpc::maybe]] virtual void address(int street) = 0;
  [[rpc::maybe]] virtual void push() const = 0;
  [[rpc::async]] virtual void deposit(int cents) = 0;
};
