// Brings the messages of the outbox to their servers: for each a connection, over which they go in order, a batch at a
// time. What a server has stored leaves the outbox.
//
//   forwarder.accept(lane, std::move(stored), receipt);    // one that is stored
//   Time next = forwarder.go(now);
#pragma once

#include "queue/box.h"
#include "queue/courier.h"

#include <rpc/message.h>
#include <rpc/queue.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace rpc::queue {

class Core;

/// Used by the queue's thread only, but for give_up().
class Forwarder {
 public:
  Forwarder(const Core& core, Database& database);

  void set_core(std::weak_ptr<Core> core) { core_ = std::move(core); }
  void set_sender(std::string sender) { sender_ = std::move(sender); }

  /// For the connections to `target`, from now on.
  void use(const std::string& target, const Tls& tls);

  /// In a transaction: numbers the message and writes it. Gives its lane.
  Lane& store(const std::string& target, bool durable, Stored& stored);

  /// After it.
  void accept(Lane& lane, Stored stored, const ReceiptSource* receipt);

  /// Sends what can be sent; gives the time when there is more to do.
  Time go(Time now);

  /// Ends what is on its way, and begins nothing any more. Any thread.
  void give_up() noexcept { stop_.request_stop(); }

  void write_settled() { box_.write_settled(); }
  void committed() noexcept { box_.committed(); }
  void rolled_back() noexcept { box_.rolled_back(); }
  bool unsettled() const noexcept { return box_.unsettled(); }
  std::uint64_t bytes() const noexcept { return box_.totals().bytes; }

  Box& box() noexcept { return box_; }

  /// What was sent, and is not answered.
  std::set<Key> under_way(const Lane& lane) const;

  // What others did with a message that waited, after it is written.
  void dropped(const Lane& lane, std::uint64_t sequence, const Error& error);
  void moved(const Lane& from, std::uint64_t sequence, const Lane& to, std::uint64_t new_sequence);

  /// Nothing has to wait any more because the server was away, or refused something.
  void hurry(const Lane& lane) noexcept;

  /// Nothing is written any more, nor told.
  void close() noexcept;

 private:
  /// A message of which somebody wants to know what becomes of it.
  struct Tracked {
    ReceiptSource receipt;
    int priority;
    bool delivered = false;
  };

  /// What there is besides the messages of a lane.
  struct Peer {
    std::vector<Stored> in_flight;
    std::unique_ptr<Courier> courier;  // which may read what is in flight as long as it exists
    bool outdated = false;             // it has another Tls than it should
    bool busy = false;                 // a call is under way
    unsigned failures = 0;             // in a row
    std::string problem;               // why the last one, as it was logged
    Time again_at{};                   // no call before
    std::size_t most = most_in_flight;
    std::map<std::uint64_t, Tracked> tracked;  // by sequence
    bool reached = false;                      // it answered, and no call failed since
    bool asking = false;
    Time ask_at{};
  };

  static constexpr std::size_t most_in_flight = 2048;

  Time send(Lane& lane, Time now);
  std::vector<Stored> next_batch(Lane& lane, Peer& peer, Time now);
  void reach(Lane& lane, Peer& peer);
  void reached(Lane& lane, const Result<std::vector<Outcome>>& result);
  void deliver(Lane& lane, Peer& peer, Time now);
  Time ask(Lane& lane, Time now);
  void delivered(Lane& lane, const Result<std::vector<Refusal>>& result);
  void accepted(Lane& lane, std::vector<Stored>& batch, const std::vector<Refusal>& refused);
  void undelivered(Lane& lane, std::vector<Stored>& batch, const Error& error);
  void refused(Lane& lane, Stored& stored, const Error& error);
  void bury(Lane& lane, const Stored& stored, const Error& error);
  void outcomes(Lane& lane, const Result<std::vector<Outcome>>& result);
  void fail(Peer& peer, std::uint64_t sequence, const Error& error);
  Courier& courier_of(const Lane& lane, Peer& peer);
  std::string sender_of(const Lane& lane) const;

  const QueueOptions& options_;
  std::weak_ptr<Core> core_;
  Box box_;
  std::string sender_;
  const std::string express_sender_;
  std::uint64_t express_sequence_ = 0;
  std::stop_source stop_;
  std::map<const Lane*, Peer> peers_;
  std::map<std::string, Tls> tls_;  // by address
};

}  // namespace rpc::queue
