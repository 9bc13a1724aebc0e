#include "values/place.h"

namespace farcall::ctl {

Place::Step Place::field(const std::string& name) {
  check_depth();
  const std::size_t size = path_.size();
  path_ += (path_.empty() ? "" : ".") + name;
  return {*this, size};
}

Place::Step Place::element(std::size_t index) {
  check_depth();
  const std::size_t size = path_.size();
  path_ += "[" + std::to_string(index) + "]";
  return {*this, size};
}

void Place::check_depth() const {
  if (depth_ == max_depth) fail("values are nested more than " + std::to_string(max_depth) + " deep");
}

void Place::fail(const std::string& what) const {
  const std::string where =
      path_.empty() || path_.front() == '[' || whole_.empty() ? whole_ + path_ : whole_ + "." + path_;
  throw BadValue(where.empty() ? what : where + ": " + what);
}

void Place::expected(const std::string& what, const nlohmann::json& found) const {
  using Kind = nlohmann::json::value_t;
  const char* name = "null";
  switch (found.type()) {
    case Kind::object: name = "an object"; break;
    case Kind::array: name = "an array"; break;
    case Kind::string: name = "a string"; break;
    case Kind::boolean: name = found.get<bool>() ? "true" : "false"; break;
    case Kind::number_integer:
    case Kind::number_unsigned:
    case Kind::number_float: name = "a number"; break;
    default: break;
  }
  fail("expected " + what + ", not " + name);
}

}  // namespace farcall::ctl
