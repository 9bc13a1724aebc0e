// Where a value is in what surrounds it, for errors: "readings[3].celsius: expected a number, not a string".
//
//   const Place::Step step = place.field("celsius");       // until the end of the block
//   if (!json.is_number()) place.expected("a number", json);
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

namespace farcall::ctl {

/// A value that is not what the interface says, from the user or from a server. The text begins with the place.
struct BadValue : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Place {
 public:
  /// `whole` is what the value as a whole is called: "the result"; empty if errors need no name for it.
  explicit Place(std::string whole = "") : whole_(std::move(whole)) {}

  class Step {
   public:
    Step(Place& place, std::size_t size) : place_(place), size_(size) { ++place.depth_; }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() {
      place_.path_.resize(size_);
      --place_.depth_;
    }

   private:
    Place& place_;
    std::size_t size_;
  };

  /// Throws BadValue where values are nested deeper than anybody needs and the stack holds.
  [[nodiscard]] Step field(const std::string& name);
  [[nodiscard]] Step element(std::size_t index);

  [[noreturn]] void fail(const std::string& what) const;

  /// "expected a number, not a string"
  [[noreturn]] void expected(const std::string& what, const nlohmann::json& found) const;

 private:
  static constexpr int max_depth = 200;

  void check_depth() const;

  std::string whole_;
  std::string path_;
  int depth_ = 0;
};

}  // namespace farcall::ctl
