// A server's connection without a network: runs one call at a time and keeps what was answered.
//
//   FakeConnection connection;
//   connection.serve(skeleton, 0, request);      // as if a frame had come in
//   EXPECT_EQ(connection.answers, …);
#pragma once

#include <rpc/marshal.h>
#include <rpc/skeleton.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "pending_call.h"
#include "server_call.h"

namespace rpc::test {

/// What became of one call.
struct Answer {
  std::uint32_t id = 0;
  enum Kind { replied, failed, finished } kind = finished;
  std::string body;
  Error error{Code::internal, "none"};
  long owners = 0;  ///< who held the server's object when the answer came
};

class FakeConnection final : public internal::ServerTransport, public internal::RequestMemory {
 public:
  /// Serves one call on this thread; gives its id.
  std::uint32_t serve(const Skeleton& skeleton, std::uint16_t method, const std::string& body, bool oneway = false) {
    const std::uint32_t id = next_id_++;
    body_ = body;
    const auto bytes = [](const std::string& text) { return std::as_bytes(std::span(text.data(), text.size())); };
    internal::ServerCall call({.connection = this,
                               .info = skeleton.info,
                               .method = method,
                               .id = id,
                               .oneway = oneway,
                               .body = bytes(body_),
                               .metadata = bytes(metadata),
                               .deadline = deadline,
                               .limits = &limits_,
                               .memory = this,
                               .server = &owner});
    running = &call;
    internal::serve(call, skeleton, method);
    if (running == &call) running = nullptr;
    return id;
  }

  void reply(internal::ServerCall& call, Buffer& frame) noexcept override {
    const char* begin = reinterpret_cast<const char*>(frame.data()) + internal::frame_header_room;
    add({.id = call.request().id,
         .kind = Answer::replied,
         .body = std::string(begin, frame.size() - internal::frame_header_room)});
  }
  void fail(internal::ServerCall& call, const Error& error) noexcept override {
    add({.id = call.request().id, .kind = Answer::failed, .body = {}, .error = error});
  }
  void finished(internal::ServerCall& call, const Error*) noexcept override { add({.id = call.request().id}); }

  void handed_over(internal::ServerCall& from, internal::ServerCall& to) noexcept override {
    to.take_stop_source(from);
    running = &to;
  }

  void disconnect() noexcept override {}
  Peer peer() const noexcept override { return {.address = "fake:peer", .identity = "fake:who"}; }
  void retain() noexcept override { ++counts; }
  void release() noexcept override { --counts; }

  std::vector<Answer> answers() {
    const std::lock_guard lock(mutex_);
    return answers_;
  }

  std::string metadata;
  std::chrono::steady_clock::time_point deadline = internal::never;
  std::shared_ptr<void> owner = std::make_shared<int>();
  internal::ServerCall* running = nullptr;
  std::atomic<int> counts = 0;  ///< of the connection and of the memory together

 private:
  void add(Answer answer) {
    answer.owners = owner.use_count();
    const std::lock_guard lock(mutex_);
    answers_.push_back(std::move(answer));
  }

  const Limits limits_;
  std::uint32_t next_id_ = 0;
  std::string body_;
  std::mutex mutex_;
  std::vector<Answer> answers_;
};

}  // namespace rpc::test
