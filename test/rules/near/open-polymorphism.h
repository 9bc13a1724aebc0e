// A variant says which classes there are, and a pointer to a class without virtual functions points to one of that class.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

struct Circle {
  double radius;
};
struct Label {
  std::string text;
  std::unique_ptr<Label> below;
};
using Shape = std::variant<Circle, Label>;
struct Drawing {
  std::vector<std::shared_ptr<const Shape>> shapes;
};
class [[rpc::interface]] Board {
 public:
  virtual ~Board() = default;
  virtual std::unique_ptr<Shape> first() = 0;
  virtual void draw(const Drawing& drawing) = 0;
};
