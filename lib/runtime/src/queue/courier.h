// Who brings messages to one address: a connection with the server there, or a broker's library.
//
//   const std::unique_ptr<Courier> courier = courier_to("tls://127.0.0.1:7000", tls, stop.get_token());
//   courier->deliver(sender, true, messages, [](const Result<std::vector<Refusal>>& refused) { … });
#pragma once

#include "queue/delivery.h"

#include <rpc/result.h>
#include <rpc/tls.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace rpc::queue {

/// Used by one thread. Answers come on any thread, and may come before the function returns. After a stop everything is
/// answered soon; none comes when it is destroyed.
class Courier {
 public:
  using Answered = std::function<void(const Result<std::vector<Refusal>>& refused)>;
  using Known = std::function<void(const Result<std::vector<Outcome>>& outcomes)>;

  Courier() = default;
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;
  virtual ~Courier() = default;

  /// At a time.
  virtual std::size_t most_messages() const noexcept { return 1024; }

  // Like those of Inbox. What `messages` refer to stays until the answer. An error is about all of them: some may be
  // stored all the same, and are recognised when they come again.
  virtual void deliver(const std::string& sender, bool durable, std::vector<Delivery> messages, Answered done) = 0;
  virtual void outcomes(const std::string& sender, bool durable, std::vector<Delivered> messages, Known done) = 0;
};

/// Where nobody can bring anything, everything is answered with the reason. `tls` is for tls:// addresses.
std::unique_ptr<Courier> courier_to(const std::string& url, TlsRef tls, const std::stop_token& stop);

}  // namespace rpc::queue
