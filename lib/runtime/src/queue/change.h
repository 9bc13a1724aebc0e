// What somebody decided about messages: to try them again, to delete them, to send them elsewhere.
//
//   Change change(core, Change::What::retry, {.ids = {"o17"}});
//   change.apply();          // in a transaction of its own
//   change.committed();      // after it
#pragma once

#include "queue/survey.h"

#include <rpc/queue_control.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rpc::queue {

/// On the queue's thread.
class Change {
 public:
  enum class What : std::uint8_t { retry, purge, move };

  /// `url` is where they are moved to. Throws Error (malformed) for a selection that is none.
  Change(Core& core, What what, QueueSelection selection, std::string url = {});

  /// Throws Error; then nothing is changed.
  void apply();

  /// Has what is in memory follow.
  void committed() noexcept;

  QueueChange& result() noexcept { return result_; }

 private:
  /// A message that waited, and is no more where it was.
  struct Gone {
    QueueBox box;
    Lane* lane;
    Key key;
    std::uint64_t sequence;
    std::uint64_t new_sequence;  ///< 0: it is deleted
  };

  /// What becomes of a lane in memory.
  struct Touched {
    std::set<Key> under_way;
    std::set<Key> hurried{};
    Lane fresh{};
  };

  using Place = std::pair<QueueBox, Lane*>;

  Touched& touched(QueueBox box, Lane& lane);
  void change_named();
  std::vector<Survey::Found> named();
  void change_matching();
  bool is_meant(QueueBox box, const Row& row) const;
  bool under_way(QueueBox box, const Row& row);
  void change(QueueBox box, const Row& row);
  Position retry(QueueBox box, const Row& row);
  void purge(QueueBox box, const Row& row);
  Position move(const Row& row);

  Core& core_;
  const What what_;
  const QueueSelection selection_;
  const std::string url_;
  std::optional<Survey> survey_;  // during apply()
  Lane* target_ = nullptr;
  std::uint64_t last_sequence_ = 0;  // what has a higher one was made here
  std::map<Place, Touched> touched_;
  std::vector<Gone> gone_;
  QueueChange result_;
};

}  // namespace rpc::queue
