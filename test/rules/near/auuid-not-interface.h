// A class without virtual methods has an asynchronous client all the same.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  double target();
};
