#include "queue/box.h"

#include <algorithm>

namespace rpc::queue {

Box::Box(Database& database, const std::string& name) {
  table_.emplace(database, name);
  table_->each_lane([this](std::int64_t id, std::string_view lane_name, const Seen& seen) {
    Lane& lane = lanes_[{std::string(lane_name), true}];
    lane.id = id;
    lane.name = lane_name;
    lane.written = true;
    seen_[&lane] = seen;
    next_lane_ = std::max(next_lane_, id + 1);
  });
  for (auto& [key, lane] : lanes_) lane.more = table_->has_any(lane.id);
  totals_ = totals_before_ = table_->totals();
}

Lane& Box::lane(std::string_view name, bool durable) {
  const auto [found, is_new] = lanes_.try_emplace({std::string(name), durable});
  Lane& lane = found->second;
  if (is_new) {
    lane.id = next_lane_++;
    lane.name = name;
    lane.durable = durable;
  }
  return lane;
}

Lane* Box::find(std::string_view name, bool durable) {
  const auto found = lanes_.find({std::string(name), durable});
  return found == lanes_.end() ? nullptr : &found->second;
}

Seen& Box::change_seen(Lane& lane) {
  before_.emplace_back(&lane, seen_[&lane]);
  return seen_[&lane];
}

void Box::store(Lane& lane, Stored& stored) {
  if (lane.durable) {
    if (!lane.written) write_lane(lane);
    stored.id = table_->insert(lane.id, stored);
  }
  ++totals_.count;
  totals_.bytes += size_of(stored);
}

void Box::write_lane(Lane& lane) {
  table_->write_lane(lane.id, lane.name, seen_[&lane]);
  wrote_.push_back(&lane);
}

void Box::write_settled() {
  writing_ = settled_.size();
  for (const Settlement& each : settled_) {
    switch (each.what) {
      case Settlement::What::erase: table_->erase(each.id); break;
      case Settlement::What::bury: table_->bury(each.id, each.attempts, each.reason); break;
      case Settlement::What::attempts: table_->set_attempts(each.id, each.attempts); break;
    }
  }
}

void Box::committed() noexcept {
  settled_.erase(settled_.begin(), settled_.begin() + static_cast<std::ptrdiff_t>(std::exchange(writing_, 0)));
  for (Lane* lane : wrote_) lane->written = true;
  wrote_.clear();
  before_.clear();
  totals_before_ = totals_;
}

void Box::rolled_back() noexcept {
  writing_ = 0;
  wrote_.clear();
  for (; !before_.empty(); before_.pop_back()) seen_[before_.back().first] = before_.back().second;
  totals_ = totals_before_;
}

void Box::settle(Settlement settlement) {
  if (settlement.what != Settlement::What::attempts &&
      (settlement.id == 0 || settlement.what == Settlement::What::erase)) {
    --totals_.count;
    totals_.bytes -= settlement.bytes;
    totals_before_ = totals_;
  } else if (settlement.what == Settlement::What::bury) {
    ++totals_.dead;
    totals_before_ = totals_;
  }
  if (settlement.id != 0) settled_.push_back(std::move(settlement));
}

void Box::count_out(std::size_t bytes, bool dead) noexcept {
  --totals_.count;
  if (dead) --totals_.dead;
  totals_.bytes -= bytes;
}

Lane Box::reread(const Lane& lane, const std::set<Key>& taken) {
  Lane fresh{.id = lane.id};
  fresh.refill(*table_, taken);
  return fresh;
}

void Box::replace(Lane& lane, Lane fresh, const std::set<Key>& hurried) noexcept {
  for (auto& [key, stored] : fresh.window) {
    const auto before = lane.window.find(key);
    if (before != lane.window.end() && !hurried.contains(key)) stored.again_at = before->second.again_at;
  }
  lane.window.swap(fresh.window);
  lane.bytes = fresh.bytes;
  lane.more = fresh.more;
}

bool Box::refill(Lane& lane, const std::set<Key>& taken) {
  if (!lane.more || !lane.window.empty()) return true;
  if (unsettled()) return false;
  lane.refill(*table_, taken);
  return true;
}

}  // namespace rpc::queue
