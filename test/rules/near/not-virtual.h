// Without virtual methods at all, the client does not derive from the class.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  double target();
  double twice() { return 2 * target(); }
};
