// Priority, time to live and express are options of the queue that messages go through. Other calls do not queue.
// From: MIDL: the options of ncadg_mq bindings apply to [message] procedures.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::priority(3)]] virtual void record(int degrees) = 0;  // expect: option-without-message
  [[rpc::async, rpc::express]] virtual void note(int degrees) = 0;  // expect: option-without-message
  [[rpc::maybe, rpc::time_to_live("3s")]] virtual void ping() = 0;  // expect: option-without-message
};
