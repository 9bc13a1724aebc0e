// A pointer to a base class may point to an object of a class that only this process knows. What
// arrived would be the base's part of it.
// From: C++: copying a derived object into its base slices it; MIDL passes interface pointers instead, which stay remote.
#pragma once

#include <memory>
#include <string>
#include <vector>

struct Shape {
  virtual ~Shape() = default;
  std::string name;
};
struct Drawing {
  std::vector<std::shared_ptr<const Shape>> shapes;
};
struct Circle : Shape {
  double radius = 0;
};
class [[rpc::interface]] Board {
 public:
  virtual ~Board() = default;
  virtual std::unique_ptr<Shape> first() = 0;  // expect: open-polymorphism
  virtual void draw(const Drawing& drawing) = 0;  // expect: open-polymorphism
  virtual void erase(Shape* shape) = 0;  // expect: open-polymorphism
  virtual void roll(const Circle& circle) = 0;  // expect: open-polymorphism
};
