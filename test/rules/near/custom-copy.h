// The author says how it travels, or that its members are the value.
#pragma once

namespace rpc {
struct Access;
template <class T>
struct Codec;
}  // namespace rpc
class Handle {
 public:
  Handle() = default;
  Handle(const Handle& other);

 private:
  int number = 0;
};
template <>
struct rpc::Codec<Handle>;
class Counted {
  friend struct rpc::Access;

 public:
  Counted() = default;
  Counted(const Counted& other);

 private:
  int number = 0;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void open(Handle handle) = 0;
  virtual void count(Counted counted) = 0;
};
