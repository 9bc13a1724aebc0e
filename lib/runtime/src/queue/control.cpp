#include "queue/control.h"

#include "metadata.h"
#include "net/broker.h"
#include "queue/waiting_job.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>
#include <utility>

namespace rpc::queue {

namespace {

/// Looked at for one page: then others have the queue's thread.
constexpr std::size_t most_rows = 8192;

/// On one page.
constexpr std::uint32_t most_messages = 1024;

class Operation final : public WaitingJob {
 public:
  Operation(const std::function<void()>& apply, const std::function<void()>& committed)
      : apply_(apply), committed_(committed) {}

  bool alone() const noexcept override { return true; }
  void apply() override { apply_(); }
  void done(const Error* error) noexcept override {
    if (error == nullptr && committed_) committed_();
    finish(error);
  }

 private:
  const std::function<void()>& apply_;
  const std::function<void()>& committed_;
};

std::vector<std::pair<std::string, std::string>> pairs_in(std::span<const std::byte> block) {
  std::vector<std::pair<std::string, std::string>> pairs;
  internal::for_each_pair(block, Limits(), [&](std::string_view key, std::string_view value) {
    pairs.emplace_back(key, value);
    return true;
  });
  return pairs;
}

}  // namespace

void Control::perform(const std::function<void()>& apply, const std::function<void()>& committed) {
  Operation operation(apply, committed);
  core_->is_started() ? core_->submit(operation) : core_->perform(operation);
  operation.wait();
}

QueueState Control::state() {
  QueueState state;
  perform([&] {
    state.folder = core_->path();
    state.bytes = core_->forwarder().bytes() + core_->dispatcher().bytes();
    const std::string quota = core_->read_state("max_bytes");
    state.max_bytes = core_->options().max_bytes;
    std::from_chars(quota.data(), quota.data() + quota.size(), state.max_bytes);
  });
  return state;
}

QueuePage Control::list(QueueFilter filter, std::string after, std::uint32_t limit) {
  const std::size_t most = std::clamp(limit, std::uint32_t{1}, most_messages);
  QueuePage page;
  perform([&] {
    Survey survey(*core_);
    page.next = survey.each(after, most_rows, [&](QueueBox box, const Row& row) {
      if (survey.matches(filter, box, row)) page.messages.push_back(survey.message(box, row));
      return page.messages.size() < most;
    });
  });
  return page;
}

QueueTally Control::tally(std::string after) {
  std::map<std::tuple<QueueBox, bool, const Lane*, std::int64_t>, QueueGroup> groups;
  QueueTally tally;
  perform([&] {
    Survey survey(*core_);
    tally.next = survey.each(after, most_rows, [&](QueueBox box, const Row& row) {
      const Lane& lane = survey.lane(box, row);
      QueueGroup& group = groups[{box, row.dead, &lane, row.at.rank}];
      const std::chrono::sys_time stored{std::chrono::milliseconds(row.stored)};
      if (group.messages == 0) {
        group = {.box = box, .dead = row.dead, .peer = net::without_password(lane.name), .oldest = stored};
        group.priority = static_cast<std::uint8_t>(row.priority());
      }
      ++group.messages;
      group.bytes += row.size();
      group.attempts += row.attempts;
      group.oldest = std::min(group.oldest, stored);
      return true;
    });
  });
  for (auto& [key, group] : groups) tally.groups.push_back(std::move(group));
  return tally;
}

QueueContents Control::peek(std::string id) {
  QueueContents contents;
  perform([&] {
    Survey survey(*core_);
    const std::optional<Survey::Found> found = survey.find(id);
    if (!found) throw Error(Code::failed, "'" + id + "' is no message of this queue (any more)");
    auto [metadata, body] = survey.rows(found->box).contents(found->row);
    contents = {survey.message(found->box, found->row), pairs_in(metadata), std::move(body)};
  });
  return contents;
}

QueueChange Control::change(Change change) {
  perform([&] { change.apply(); }, [&] { change.committed(); });
  return std::move(change.result());
}

QueueChange Control::retry(QueueSelection what) { return change(Change(*core_, Change::What::retry, std::move(what))); }

QueueChange Control::purge(QueueSelection what) { return change(Change(*core_, Change::What::purge, std::move(what))); }

QueueChange Control::move(QueueSelection what, std::string url) {
  return change(Change(*core_, Change::What::move, std::move(what), std::move(url)));
}

}  // namespace rpc::queue
