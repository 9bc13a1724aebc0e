#include "queue/sender.h"

#include <random>

namespace rpc::queue {

std::string new_sender() {
  constexpr char digits[] = "0123456789abcdef";
  std::random_device random;
  std::string name;
  for (int i = 0; i < 32; ++i) name += digits[random() % 16];
  return name;
}

}  // namespace rpc::queue
