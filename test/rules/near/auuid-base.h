// An async class may have a base that is not.
#pragma once

class [[rpc::interface]] Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class [[rpc::async]] Thermostat : public Device {
 public:
  virtual double target() = 0;
};
