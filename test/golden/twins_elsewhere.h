// A twin whose base is generated from another header, and one with two bases.
#pragma once

#include "twins.h"

namespace plant {

class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b08"),
        rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b09")]] Clock : public Device {
 public:
  virtual void set(std::int64_t seconds) = 0;
};

class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b0a"),
        rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b0b")]] Radio {
 public:
  virtual ~Radio() = default;
  virtual void reset() = 0;
  virtual void tune(double megahertz) = 0;
};

class [[rpc::uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b0c"),
        rpc::async_uuid("9ac1f3e0-6a0b-4b6c-9b1e-2f5d0c7a1b0d")]] ClockRadio : public Clock, public Radio {
 public:
  virtual bool wakes() = 0;
};

}  // namespace plant
