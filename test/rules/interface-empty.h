// Everything is private here.
#pragma once

class [[rpc::interface]] Thermostat {  // expect: interface-empty
  double target();
};
