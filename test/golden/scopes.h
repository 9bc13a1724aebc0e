// Interfaces in every place a class can stand, and names that are made to get in each other's way.
#pragma once

#include <string>
#include <tuple>
#include <vector>

struct Reading {
  std::string text;
};

/// In the global namespace, and not virtual.
class [[rpc::interface]] Counter {
 public:
  int next(int step) { return value_ += step; }
  [[rpc::async]] int peek() const noexcept { return value_; }

 private:
  int value_ = 0;
};

namespace trap {

namespace std {
struct string {};
}  // namespace std
namespace rpc {
struct Future {};
}  // namespace rpc

struct Reading {
  int number;
};

/// Everything it uses has a namesake closer by.
class [[rpc::interface]] Server {
 public:
  virtual ~Server() = default;
  virtual ::std::vector<::Reading> readings(const ::std::string& text, Reading own) = 0;
  [[rpc::async]] virtual bool names(int at, int call, int in, int out, int& reply, int result, int server, int stub_, int bits,
                                    int bits2, int method, int value, int arguments, int options) = 0;
  virtual int write_names_arguments(int dispatch, int info, int methods) = 0;
};

inline namespace v1 {

class Outer {
 public:
  class [[rpc::interface]] Inner {
   public:
    virtual ~Inner() = default;
    [[rpc::async]] virtual void ping() = 0;
  };
};

}  // namespace v1
}  // namespace trap
