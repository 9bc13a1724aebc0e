// What is deprecated, called alike in two bases, or spelt in ways that a generator trips over.
#pragma once

#include <cstdint>
#include <string>

namespace maß {

enum class Farbe { grün, rot [[deprecated("it was never red")]] };

template <char separator>
struct Line {
  std::int32_t länge;
  std::string text;
};

struct Size {
  std::int32_t width = 0;
  [[deprecated("nobody needs it")]] std::string depth;
};

struct Readable {
  virtual ~Readable() = default;
  virtual std::int32_t size() const = 0;
  virtual Line<':'> read(std::int32_t count) = 0;
};

struct Writable {
  virtual ~Writable() = default;
  virtual std::int32_t size() const = 0;
  [[rpc::name("read_all"), deprecated]] virtual Line<'\''> read() = 0;
};

/// Both bases have a size, and each its own read.
class [[rpc::interface]] File : public Readable, public Writable {
 public:
  virtual void paint(const Size& größe, Farbe farbe) = 0;
};

class [[rpc::interface]] Numbers {
 public:
  virtual ~Numbers() = default;
  virtual std::int32_t add(std::int32_t number) = 0;
};

class Left : public Numbers {};
class Right : public Numbers {};

/// Has Numbers twice.
class [[rpc::interface, deprecated]] Both : public Left, public Right {};

}  // namespace maß
