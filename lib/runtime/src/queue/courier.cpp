#include "queue/courier.h"

#include "net/broker.h"
#include "queue/delivery.rpc.h"

#include <rpc/channel.h>
#include <rpc/stop.h>

#include <utility>

namespace rpc::queue {

namespace {

/// How long a server may take to store what it is given.
constexpr std::chrono::seconds delivery_time{30};

class InboxCourier final : public Courier {
 public:
  InboxCourier(const std::string& url, TlsRef tls, const std::stop_token& stop)
      : client_(connect(url, {.tls = tls}), CallOptions{.deadline = delivery_time, .stop_token = stop}) {}

  void deliver(const std::string& sender, bool durable, std::vector<Delivery> messages, Answered done) override {
    client_.deliver(sender, durable, std::move(messages), std::move(done));
  }

  // There is no hurry to know what became of messages, only to learn whether the server is there.
  void outcomes(const std::string& sender, bool durable, std::vector<Delivered> messages, Known done) override {
    if (messages.empty()) return client_.outcomes(sender, durable, {}, std::move(done));
    client_.with({.deadline = no_deadline}).outcomes(sender, durable, std::move(messages), std::move(done));
  }

 private:
  InboxClient client_;
};

class NoCourier final : public Courier {
 public:
  explicit NoCourier(Error reason) : reason_(std::move(reason)) {}

  void deliver(const std::string&, bool, std::vector<Delivery>, Answered done) override { done(reason_); }
  void outcomes(const std::string&, bool, std::vector<Delivered>, Known done) override { done(reason_); }

 private:
  const Error reason_;
};

}  // namespace

std::unique_ptr<Courier> courier_to(const std::string& url, TlsRef tls, const std::stop_token& stop) try {
  if (const net::Broker* const broker = net::find_broker(url)) return broker->courier(url, stop);
  return std::make_unique<InboxCourier>(url, tls, stop);
} catch (const Error& error) {
  return std::make_unique<NoCourier>(error);
}

}  // namespace rpc::queue
