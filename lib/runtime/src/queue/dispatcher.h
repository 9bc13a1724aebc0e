// Takes messages in, stores them, and has them handled: of each sender one at a time, in order, or as many as the
// options say. What was handled leaves the inbox.
//
//   dispatcher.attach(receiver);
//   Time next = dispatcher.go(now);
#pragma once

#include "queue/box.h"
#include "queue/delivery.h"

#include <rpc/message.h>
#include <rpc/queue.h>

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace rpc::queue {

class Core;

/// Used by the queue's thread only, but for what says otherwise.
class Dispatcher final : public Inbox {
 public:
  Dispatcher(const Core& core, Database& database);

  void set_core(std::weak_ptr<Core> core) { core_ = std::move(core); }

  /// Handlers may have been at work when the process ended: whoever ended it is to be known after some attempts.
  void set_careful(bool careful);

  // Inbox. Any thread.
  void deliver(std::string sender, bool durable, std::vector<Delivery> messages,
               Reply<std::vector<Refusal>> done) override;
  void outcomes(std::string sender, bool durable, std::vector<Delivered> messages,
                Reply<std::vector<Outcome>> done) override;

  // Any thread; see MessageTransport.
  void attach(std::shared_ptr<MessageReceiver> receiver);
  void detach(const MessageReceiver& receiver, Time until) noexcept;

  /// What Handlers ask and tell: whether they may go on, and that they ended. Any thread.
  bool serves(const MessageReceiver& receiver) const;
  void end_handlers() noexcept;

  /// What became of the first ones of a batch; the others did not begin.
  void handled(Lane& lane, std::vector<Stored>& batch, const std::vector<Handling>& results);

  /// Lets handlers begin that can; gives the time when there is more to do.
  Time go(Time now);

  void write_settled() { box_.write_settled(); }
  void committed() noexcept { box_.committed(); }
  void rolled_back() noexcept { box_.rolled_back(); }
  bool unsettled() const noexcept { return box_.unsettled(); }
  std::uint64_t bytes() const noexcept { return box_.totals().bytes; }

  Box& box() noexcept { return box_; }

  /// Those whose handlers may be at work.
  std::set<Key> under_way(const Lane& lane) const;

  /// Others erased a message of the table.
  void dropped(const Lane& lane, Key key, const Error& error);

  /// Nothing is written any more.
  void close() noexcept { box_.close(); }

 private:
  /// A question that has no answer yet.
  struct Question {
    std::vector<Delivered> messages;
    Reply<std::vector<Outcome>> reply;
  };

  /// After an unclean end the first message of a sender is one that may have caused it. It is tried alone, which is
  /// written down before, and what became of it is written down before another one begins.
  enum class Care : std::uint8_t { none, alone_is_written, alone, note };

  /// What is being done for a sender.
  struct Work {
    std::set<Key> running;  // taken out of the window, and it is not known what becomes of them
    std::size_t handlers = 0;
    Seen settled{};  // of each priority what has a lower number is not in the table any more
    Care care = Care::none;
    std::vector<Question> questions;
    bool news = false;                  // some were settled since the questions were looked at
    std::map<Key, std::string> untold;  // why messages failed that the table does not know
  };

  std::shared_ptr<MessageReceiver> receiver() const;
  Time dispatch(Lane& lane, const std::shared_ptr<MessageReceiver>& receiver, Time now);
  Lane::Place next_place(Lane& lane, Time now) const;
  std::size_t may_begin(Work& work, Stored& first);
  void begin(Lane& lane, Work& work, const std::shared_ptr<MessageReceiver>& receiver, std::vector<Stored> batch);
  void note_settled(Lane& lane, Work& work) const;
  std::optional<Error> obstacle(const Stored& stored, Time now) const;
  void failed(Lane& lane, Stored& stored, const Handling& handling);
  void remember(const Lane& lane, Key key, std::string reason);
  void bury(Lane& lane, const Stored& stored, const Error& error);
  void ask(const std::string& sender, bool durable, Question question);
  void answer(Lane& lane, bool something_new);
  std::optional<Outcome> outcome_of(Lane& lane, const Delivered& message);
  void drop_questions();
  void begin_handlers();

  const QueueOptions& options_;
  std::weak_ptr<Core> core_;
  Box box_;
  std::map<const Lane*, Work> work_;

  mutable std::mutex mutex_;  // for what follows
  std::condition_variable changed_;
  std::shared_ptr<MessageReceiver> receiver_;
  std::size_t handlers_ = 0;  // at work
};

}  // namespace rpc::queue
