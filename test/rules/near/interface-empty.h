// An inherited method is enough.
#pragma once

class Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class [[rpc::interface]] Thermostat : public Device {};
