// Its contract promises an int as well. A wider number takes all values that old clients send, and a parameter that they
// do not know has its default argument.
#pragma once

class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual void dim(long long level, int seconds = 1) = 0;
};
