// A batch of messages on its way into the inbox: what a sender delivered, until it is answered.
//
//   core.submit(*new Receiving(core, box, receiver, {sender, true}, messages, std::move(done)));   // deletes itself
#pragma once

#include "queue/box.h"
#include "queue/core.h"
#include "queue/delivery.h"

#include <string>
#include <vector>

namespace rpc::queue {

class Receiving final : public Job {
 public:
  struct From {
    std::string sender;
    bool durable;
  };

  /// Throws Error (malformed) for what no sender says.
  static void check(const std::string& sender, const std::vector<Delivery>& messages);

  /// In the handler of the call that brings them. Refuses what nobody would handle, and what is not allowed.
  Receiving(Core& core, Box& box, const MessageReceiver& receiver, From from, const std::vector<Delivery>& messages,
            Reply<std::vector<Refusal>> done);

  void apply() override;
  void done(const Error* error) noexcept override;

 private:
  struct Entry {
    Stored stored;
    bool is_new = false;
  };

  ~Receiving() = default;
  std::optional<Error> refusal(const MessageReceiver& receiver, const Delivery& message) const;

  Core& core_;
  Box& box_;
  const From from_;
  Lane* lane_ = nullptr;
  std::vector<Entry> entries_;
  std::vector<Refusal> refused_;
  std::vector<Refusal> over_quota_;  // of the last time it was applied
  Reply<std::vector<Refusal>> done_;
};

}  // namespace rpc::queue
