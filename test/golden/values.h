// How values are passed: views of the request, references, moves, defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lab {

struct Point {
  double x = 0;
  double y = 0;
};

/// Goes only to the server, where it points into the request.
struct Line {
  std::string_view text;
  std::optional<std::u16string_view> note;
  std::span<const std::uint32_t> columns;
};

/// Can only be moved.
struct Lease {
  std::string holder;

  Lease() = default;
  Lease(Lease&&) = default;
  Lease& operator=(Lease&&) = default;
};

class [[rpc::interface]] Notebook {
 public:
  virtual ~Notebook() = default;
  virtual void title(std::string_view text = "untitled", std::span<const std::byte> icon = {}) = 0;
  virtual std::size_t plot(const std::string_view& name, std::span<const Point> points,
                           std::span<const double, 2> scale) = 0;
  [[rpc::async]] virtual std::string write(const std::vector<Line>& lines, std::u16string_view&& note,
                                           std::span<const float, 3> colour) = 0;
  [[rpc::async]] virtual Lease renew(Lease lease, Lease& other) = 0;
  virtual void release(Lease&& lease) = 0;
};

}  // namespace lab
