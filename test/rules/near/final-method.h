// A local method may be final.
#pragma once

class Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class Thermostat : public Device {
 public:
  [[rpc::local]] int id() final;
  virtual double target() = 0;
};
