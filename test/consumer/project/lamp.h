// An interface that does not compile without the include folders, the definitions and the C++ level of its target.
#pragma once
#include <string>

#include "palette.h"

#if __cplusplus <= 202002L
#error "the target is more than C++20"
#endif

namespace home {

class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual std::string paint(std::string room, palette::Colour colour) = 0;
  virtual long painted() = 0;
};

}  // namespace home
