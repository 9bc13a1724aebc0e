// Locks, threads and what else an operating system knows of one process.
// From: Farcall.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <thread>

struct Guarded {
  std::string name;
  std::mutex lock;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(const Guarded& guarded) = 0;  // expect: process-resource
  virtual void stop(std::thread::id thread) = 0;  // expect: process-resource
  virtual void watch(std::weak_ptr<int> value) = 0;  // expect: process-resource
};
