// Stop requests that are made later, on a thread where the callbacks of stop tokens may run.
//
//   net::StopTask::post(loop, std::move(sources));
#pragma once

#include "net/loop.h"

#include <stop_token>
#include <utility>
#include <vector>

namespace rpc::net {

class StopTask final : public internal::Continuation {
 public:
  static void post(Loop& loop, std::vector<std::stop_source> sources) {
    if (!sources.empty()) loop.post(*new StopTask(std::move(sources)));
  }

 private:
  explicit StopTask(std::vector<std::stop_source> sources) : Continuation{&stop}, sources_(std::move(sources)) {}

  static void stop(Continuation& self) noexcept {
    StopTask& task = static_cast<StopTask&>(self);
    for (std::stop_source& source : task.sources_) source.request_stop();
    delete &task;
  }

  std::vector<std::stop_source> sources_;
};

}  // namespace rpc::net
