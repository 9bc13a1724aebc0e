// The twin is an abstract class that mirrors another one, method by method. A class without virtual methods cannot be
// mirrored so that a server could implement either.
// From: MIDL: [async_uuid] stands on [object] interfaces.
#pragma once

class [[rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
        rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8")]] Thermostat {  // expect: auuid-not-interface
 public:
  double target();
};
