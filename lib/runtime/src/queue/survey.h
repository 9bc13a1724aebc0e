// The messages of a queue one after the other, and by their ids.
//
//   Survey survey(core);
//   const std::string next = survey.each(after, 1000, [](QueueBox box, const Row& row) { … return true; });
#pragma once

#include "queue/core.h"
#include "queue/rows.h"

#include <rpc/queue_control.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace rpc::queue {

/// For one operation on the queue's thread. Everything throws Error.
class Survey {
 public:
  explicit Survey(Core& core);

  /// At most `most` messages from where an earlier page ended, until `use` gives false. Gives where this one ended;
  /// empty if everything was seen.
  std::string each(const std::string& after, std::size_t most,
                   const std::function<bool(QueueBox box, const Row& row)>& use);

  struct Found {
    QueueBox box = QueueBox::outbox;
    Row row;
  };
  /// Nothing if there is none.
  std::optional<Found> find(const std::string& id);

  static std::string id_of(QueueBox box, const Position& at);
  QueuedMessage message(QueueBox box, const Row& row) const;
  bool matches(const QueueFilter& filter, QueueBox box, const Row& row) const;

  Rows& rows(QueueBox box) noexcept { return box == QueueBox::outbox ? outbox_ : inbox_; }
  Lane& lane(QueueBox box, const Row& row) const;

 private:
  Rows outbox_;
  Rows inbox_;
  std::map<std::pair<QueueBox, std::int64_t>, Lane*> lanes_;
};

}  // namespace rpc::queue
