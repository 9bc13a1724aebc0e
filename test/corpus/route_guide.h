// gRPC's route guide: coordinates as map keys, outputs by reference, const methods. What are streams there are vectors.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace routeguide {

/// In units of 1e-7 degrees.
struct Point {
  std::int32_t latitude{};
  std::int32_t longitude{};

  friend constexpr auto operator<=>(const Point&, const Point&) = default;
};

struct Rectangle {
  Point lo, hi;

  [[nodiscard]] constexpr bool contains(const Point& point) const noexcept {
    return lo.latitude <= point.latitude && point.latitude <= hi.latitude && lo.longitude <= point.longitude &&
           point.longitude <= hi.longitude;
  }
};

struct Feature {
  std::string name;
  Point location;
};

struct RouteNote {
  Point location;
  std::string message;
};

struct RouteSummary {
  std::int32_t point_count = 0;
  std::int32_t feature_count = 0;
  std::int32_t distance = 0;  ///< in metres
  std::chrono::seconds elapsed_time{0};
};

using NotesByPlace = std::map<Point, std::vector<RouteNote>>;

class [[rpc::interface, rpc::timeout("30s")]] RouteGuide {
 public:
  virtual ~RouteGuide() = default;

  [[nodiscard]] virtual std::optional<Feature> get_feature(const Point& point) const = 0;
  virtual bool nearest(const Point& point, [[rpc::out]] Feature& feature,
                       [[rpc::out]] std::int32_t& distance) const = 0;
  [[nodiscard]] virtual std::vector<Feature> list_features(const Rectangle& rectangle) const = 0;
  [[rpc::async]] virtual RouteSummary record_route(std::vector<Point> points) = 0;
  [[rpc::async]] virtual NotesByPlace route_chat(std::vector<RouteNote> notes) = 0;
};

}  // namespace routeguide
