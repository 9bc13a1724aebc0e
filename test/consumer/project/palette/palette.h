// Comes with a library that the consumer links: found only with its include folder and its definition.
#pragma once

#ifndef PALETTE_MAKER
#error "the definition of the library is missing"
#endif

namespace palette {
struct Colour {
  unsigned char red = 0, green = 0, blue = 0;
};
}  // namespace palette
