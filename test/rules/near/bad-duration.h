// Every unit, and no limit at all.
#pragma once

class [[rpc::timeout("none")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("1ns")]] virtual void a() = 0;
  [[rpc::timeout("1us")]] virtual void b() = 0;
  [[rpc::timeout("1ms")]] virtual void c() = 0;
  [[rpc::timeout("1s")]] virtual void d() = 0;
  [[rpc::timeout("1min")]] virtual void e() = 0;
  [[rpc::timeout("1h")]] virtual void f() = 0;
};
