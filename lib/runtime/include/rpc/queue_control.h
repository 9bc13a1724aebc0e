// What is in a queue, and what can be done about it, whether a process has it open or not: what farcallctl queue does.
//
//   const std::shared_ptr<rpc::QueueControl> queue = rpc::control_queue("/var/lib/thermostat/queue");
//   for (const rpc::QueuedMessage& each : queue->list({.dead = true}, "", 100).messages) std::cout << each.reason;
//   queue->retry({.ids = {"i3.17"}});
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rpc {

/// Of a broker only the dead letters are shown: what waits there is with the servers, or about to be.
enum class QueueBox : std::uint8_t { outbox, inbox, broker };

/// A message on the disk. Express ones are in memory only, and not shown.
struct QueuedMessage {
  std::string id;  ///< "o17", "i3.17": of this queue, and never of another message
  QueueBox box = QueueBox::outbox;
  bool dead = false;  ///< put aside; else it waits
  std::string peer;   ///< the server's address, without a password; in the inbox and at a broker the sender
  std::string interface;
  std::string method;
  std::uint64_t bytes = 0;  ///< of the arguments and the metadata
  std::uint8_t priority = 0;
  std::uint32_t attempts = 0;  ///< that failed
  std::chrono::sys_time<std::chrono::milliseconds> stored;
  std::optional<std::chrono::sys_time<std::chrono::milliseconds>> expires;
  std::string reason;  ///< why it is dead
};

struct QueueFilter {
  std::optional<QueueBox> box;
  std::optional<bool> dead;
  std::string peer;    ///< the server's address, or what the sender's name begins with; empty: any
  std::string method;  ///< "home::Thermostat.record", or the interface or the method alone; empty: any
};

/// Some messages, and where to go on: empty if there are no more.
struct QueuePage {
  std::vector<QueuedMessage> messages;
  std::string next;
};

/// What messages of one kind come to.
struct QueueGroup {
  QueueBox box = QueueBox::outbox;
  bool dead = false;
  std::string peer;
  std::uint8_t priority = 0;
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;     ///< as QueueOptions::max_bytes counts them
  std::uint64_t attempts = 0;  ///< that failed, together
  std::chrono::sys_time<std::chrono::milliseconds> oldest;
};

/// The same for groups. A group may come on several pages.
struct QueueTally {
  std::vector<QueueGroup> groups;
  std::string next;
};

struct QueueContents {
  QueuedMessage message;
  std::vector<std::pair<std::string, std::string>> metadata;
  std::vector<std::byte> arguments;  ///< in the tagged encoding
};

struct QueueState {
  std::string folder;
  std::uint64_t bytes = 0;
  std::uint64_t max_bytes = 0;  ///< QueueOptions::max_bytes of the process that has it open, or had it last
};

/// Either messages by their ids, or all that match.
struct QueueSelection {
  std::vector<std::string> ids;
  std::optional<QueueFilter> matching;
};

struct QueueChange {
  std::uint64_t changed = 0;
  std::uint64_t under_way = 0;   ///< that matched and are as they were: they are being delivered or handled right now
  std::vector<std::string> ids;  ///< of messages named by their ids, in that order: those they have now
};

/// Each change is one transaction: with an error, nothing is changed. Errors name what is wrong: ids that there are not
/// (any more), messages that are being delivered or handled right now.
class [[rpc::interface]] QueueControl {
 public:
  virtual ~QueueControl() = default;

  [[rpc::idempotent]] virtual QueueState state() = 0;

  /// First those of the outbox that wait, then its dead ones, then the same of the inbox; each by peer and in the order
  /// in which they go. `after` is empty, or where the last page ended. A page may have fewer messages than `limit`
  /// although it is not the last.
  [[rpc::idempotent]] virtual QueuePage list(QueueFilter filter, std::string after, std::uint32_t limit) = 0;

  [[rpc::idempotent]] virtual QueueTally tally(std::string after) = 0;

  [[rpc::idempotent]] virtual QueueContents peek(std::string id) = 0;

  /// Dead letters wait again, and what waits for its next attempt is tried now. Attempts start over, and so does the
  /// time to live of dead letters. One of the outbox that was dead is sent as a new message, behind the others.
  virtual QueueChange retry(QueueSelection what) = 0;

  /// Deletes messages for good.
  virtual QueueChange purge(QueueSelection what) = 0;

  /// Messages of the outbox go to another address, as new messages, behind others for it. Of all that match those of
  /// the inbox stay where they are; one that is named is an error.
  virtual QueueChange move(QueueSelection what, std::string url) = 0;
};

/// The queue in this folder: of the process that has it open, or opened here for as long as this exists, which the
/// process of the queue waits for. Throws Error: not_stored if there is none or it cannot be opened, deadline_exceeded
/// or unavailable if its process does not answer, of which `deadline` is how long each call may take.
std::shared_ptr<QueueControl> control_queue(const std::string& folder,
                                            std::chrono::nanoseconds deadline = std::chrono::seconds(10));

/// The dead letters at a broker, of whose address the program has the library: "amqp://user:password@host/vhost". They
/// are taken from there to be looked at, and go back when this is destroyed; meanwhile nobody else sees them. They are
/// changed one after the other: what an error says of "nothing" is about ids. Throws Error (unavailable).
std::shared_ptr<QueueControl> control_broker(const std::string& url);

/// A queue that servers take messages from.
struct BrokerQueue {
  std::string name;
  std::uint64_t waiting = 0;  ///< without what servers have taken, and not handled yet
  std::uint32_t servers = 0;
};

/// Those of interfaces: "home::Thermostat" has one for each priority in use, or none. Throws Error (unavailable).
std::vector<BrokerQueue> broker_queues(const std::string& url, const std::vector<std::string>& interfaces);

/// The address as it may be shown.
std::string without_password(std::string_view url);

/// The folders of the user's queues: that in $FARCALL_QUEUE_DIR, else all that programs have in the user's state
/// directory, see QueueOptions::folder.
std::vector<std::string> queue_folders();

}  // namespace rpc
