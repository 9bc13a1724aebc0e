#include "route_guide.rpc.h"

#include <cstdlib>

#include "corpus/corpus.h"

namespace corpus {

namespace {

using namespace routeguide;

std::int32_t distance(const Point& a, const Point& b) {
  return std::abs(a.latitude - b.latitude) + std::abs(a.longitude - b.longitude);
}

class Guide : public RouteGuide {
 public:
  std::optional<Feature> get_feature(const Point& point) const override {
    for (const Feature& feature : features_) {
      if (feature.location == point) return feature;
    }
    return std::nullopt;
  }

  bool nearest(const Point& point, Feature& feature, std::int32_t& metres) const override {
    feature = features_.front();
    metres = distance(feature.location, point);
    return true;
  }

  std::vector<Feature> list_features(const Rectangle& rectangle) const override {
    std::vector<Feature> found;
    for (const Feature& feature : features_) {
      if (rectangle.contains(feature.location)) found.push_back(feature);
    }
    return found;
  }

  RouteSummary record_route(std::vector<Point> points) override {
    RouteSummary summary;
    summary.point_count = static_cast<std::int32_t>(points.size());
    for (std::size_t i = 1; i < points.size(); ++i) summary.distance += distance(points[i - 1], points[i]);
    summary.elapsed_time = std::chrono::minutes(2);
    return summary;
  }

  NotesByPlace route_chat(std::vector<RouteNote> notes) override {
    for (const RouteNote& note : notes) notes_[note.location].push_back(note);
    return notes_;
  }

 private:
  std::vector<Feature> features_ = {{"Patriots Path", {407838351, -746143763}}, {"Office", {419999544, -740371136}}};
  NotesByPlace notes_;
};

TEST_P(Corpus, RouteGuide) {
  auto guide = connect<RouteGuide, RouteGuideClient>(std::make_shared<Guide>());
  EXPECT_EQ(guide.get_feature({419999544, -740371136}).value().name, "Office");
  EXPECT_FALSE(guide.get_feature({}).has_value());
  EXPECT_EQ(guide.list_features({{400000000, -750000000}, {420000000, -730000000}}).size(), 2U);

  Feature feature;
  std::int32_t metres = 0;
  EXPECT_TRUE(guide.nearest({407838351, -746143760}, feature, metres));
  EXPECT_EQ(feature.name, "Patriots Path");
  EXPECT_EQ(metres, 3);

  const RouteSummary summary = guide.async_record_route({{0, 0}, {3, 4}, {0, 0}}).get();
  EXPECT_EQ(summary.distance, 14);
  EXPECT_EQ(summary.elapsed_time, std::chrono::seconds(120));

  const NotesByPlace notes = guide.route_chat({{{1, 1}, "first"}, {{0, 0}, "second"}, {{1, 1}, "third"}});
  EXPECT_EQ(notes.begin()->second.front().message, "second");
  EXPECT_EQ((notes.at({1, 1}).back().message), "third");
}

}  // namespace
}  // namespace corpus
