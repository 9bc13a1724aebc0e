// There is nothing to call. Only public methods are remote.
// From: Farcall.
#pragma once

class [[rpc::interface]] Thermostat {  // expect: interface-empty
  double target();
};
