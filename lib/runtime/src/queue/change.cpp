#include "queue/change.h"

#include "net/url.h"
#include "queue/selection.h"

#include <utility>

namespace rpc::queue {

namespace {

/// In memory at a time.
constexpr std::size_t page = 1024;

std::string listed(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

void refuse(const std::vector<std::string>& ids, const std::string& one, const std::string& several) {
  if (!ids.empty())
    throw Error(Code::failed, listed(ids) + (ids.size() == 1 ? one : several) + "; nothing was changed");
}

}  // namespace

Change::Change(Core& core, What what, QueueSelection selection, std::string url)
    : core_(core), what_(what), selection_(std::move(selection)), url_(std::move(url)) {
  check(selection_);
  if (what_ == What::move) net::parse_url(url_);
}

void Change::apply() {
  if (core_.unsettled())
    throw Error(Code::not_stored, "the queue cannot be written at the moment; its process logs why");
  survey_.emplace(core_);
  last_sequence_ = core_.last_sequence();
  if (what_ == What::move) {
    Box& outbox = core_.box(QueueBox::outbox);
    target_ = &outbox.lane(url_, true);
    if (!target_->written) outbox.write_lane(*target_);
    touched(QueueBox::outbox, *target_);
  }
  selection_.matching ? change_matching() : change_named();
  for (auto& [place, touched] : touched_)
    touched.fresh = core_.box(place.first).reread(*place.second, touched.under_way);
  survey_.reset();
}

Change::Touched& Change::touched(QueueBox box, Lane& lane) {
  const auto found = touched_.find({box, &lane});
  if (found != touched_.end()) return found->second;
  std::set<Key> keys = box == QueueBox::outbox ? core_.forwarder().under_way(lane) : core_.dispatcher().under_way(lane);
  return touched_.emplace(Place{box, &lane}, Touched{.under_way = std::move(keys)}).first->second;
}

// All of them are looked at before one is touched.
void Change::change_named() {
  const std::vector<Survey::Found> found = named();
  std::vector<std::string> received;
  std::vector<std::string> busy;
  for (const auto& [box, row] : found) {
    if (what_ == What::move && box == QueueBox::inbox) received.push_back(Survey::id_of(box, row.at));
    if (under_way(box, row)) busy.push_back(Survey::id_of(box, row.at));
  }
  const std::string why = " in the inbox and cannot be moved: what was received is handled here, or purged";
  refuse(received, " is" + why, " are" + why);
  refuse(busy, " is being delivered or handled right now", " are being delivered or handled right now");
  for (const auto& [box, row] : found) change(box, row);
}

std::vector<Survey::Found> Change::named() {
  std::vector<Survey::Found> found;
  std::vector<std::string> unknown;
  std::set<std::string> seen;
  for (const std::string& id : selection_.ids) {
    if (!seen.insert(id).second) continue;
    if (std::optional<Survey::Found> one = survey_->find(id)) {
      found.push_back(std::move(*one));
    } else {
      unknown.push_back("'" + id + "'");
    }
  }
  refuse(unknown, " is no message of this queue (any more)", " are no messages of this queue (any more)");
  return found;
}

void Change::change_matching() {
  std::string next;
  do {
    std::vector<Survey::Found> found;
    next = survey_->each(next, page, [&](QueueBox box, const Row& row) {
      if (is_meant(box, row)) found.push_back({box, row});
      return true;
    });
    for (const auto& [box, row] : found) {
      if (under_way(box, row)) {
        ++result_.under_way;
      } else {
        change(box, row);
      }
    }
  } while (!next.empty());
}

bool Change::is_meant(QueueBox box, const Row& row) const {
  if (what_ == What::move && box == QueueBox::inbox) return false;
  if (box == QueueBox::outbox && row.at.sequence > last_sequence_) return false;
  return survey_->matches(*selection_.matching, box, row);
}

bool Change::under_way(QueueBox box, const Row& row) {
  if (row.dead) return false;
  return touched(box, survey_->lane(box, row)).under_way.contains(key_of(row.priority(), row.at.sequence));
}

void Change::change(QueueBox box, const Row& row) {
  Lane& lane = survey_->lane(box, row);
  Position now{.sequence = 0};
  switch (what_) {
    case What::retry: now = retry(box, row); break;
    case What::purge: purge(box, row); break;
    case What::move: now = move(row); break;
  }
  const Key key = key_of(row.priority(), row.at.sequence);
  Touched& touched = this->touched(box, lane);
  ++result_.changed;
  if (what_ != What::purge && !selection_.matching) result_.ids.push_back(Survey::id_of(box, now));
  if (what_ == What::retry) {
    touched.hurried.insert(key);
  } else if (!row.dead || box == QueueBox::inbox) {
    gone_.push_back({box, &lane, key, row.at.sequence, now.sequence});
  }
}

// The receiver takes a number that is lower than the last one for a repetition: of the outbox none comes back.
Position Change::retry(QueueBox box, const Row& row) {
  if (!row.dead) {
    core_.box(box).table().set_attempts(row.id, 0);
    return row.at;
  }
  Position now = row.at;
  if (box == QueueBox::outbox) now.sequence = core_.next_sequence();
  survey_->rows(box).revive(row, now.lane, now.sequence);
  core_.box(box).count_revived();
  return now;
}

void Change::purge(QueueBox box, const Row& row) {
  if (row.dead) {
    survey_->rows(box).erase_dead(row);
  } else {
    core_.box(box).table().erase(row.id);
  }
  core_.box(box).count_out(row.size(), row.dead);
}

Position Change::move(const Row& row) {
  const Position now{.lane = target_->id, .rank = row.at.rank, .sequence = core_.next_sequence()};
  Rows& rows = survey_->rows(QueueBox::outbox);
  row.dead ? rows.revive(row, now.lane, now.sequence) : rows.relocate(row, now.lane, now.sequence);
  if (row.dead) core_.box(QueueBox::outbox).count_revived();
  return now;
}

void Change::committed() noexcept {
  for (auto& [place, touched] : touched_) {
    Box::replace(*place.second, std::move(touched.fresh), touched.hurried);
    if (place.first == QueueBox::outbox && !touched.hurried.empty()) core_.forwarder().hurry(*place.second);
  }
  const Error purged(Code::cancelled, "the message was purged");
  for (const Gone& each : gone_) {
    if (each.box == QueueBox::inbox) {
      core_.dispatcher().dropped(*each.lane, each.key, purged);
    } else if (each.new_sequence == 0) {
      core_.forwarder().dropped(*each.lane, each.sequence, purged);
    } else {
      core_.forwarder().moved(*each.lane, each.sequence, *target_, each.new_sequence);
    }
  }
}

}  // namespace rpc::queue
