// The client of a class without virtual methods does not.
#pragma once

class [[rpc::interface]] Thermostat final {
 public:
  double target();
};
