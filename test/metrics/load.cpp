// A thermostat under a load that changes, for the picture in docs/metrics.md: docs/images/metrics.py runs it.
//
//   metrics_load 60          for so many seconds; prints where the metrics are
//
// In turn: a quiet time, many calls, calls for a sensor that is not there, a slow disk under the readings, a quiet
// time.
#include <rpc/error.h>
#include <rpc/metrics_endpoint.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "thermostat.rpc.h"

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

enum class Phase { quiet, many, wrong, slow, quiet_again, over };

/// The whole time in five equal parts.
class Day {
 public:
  explicit Day(std::chrono::seconds length) : length_(length) {}

  Phase phase() const {
    const auto passed = (Clock::now() - begin_) * 5 / length_;
    return static_cast<Phase>(std::min<std::int64_t>(passed, 5));
  }

 private:
  const Clock::time_point begin_ = Clock::now();
  const Clock::duration length_;
};

class House final : public home::Thermostat {
 public:
  explicit House(const Day& day) : day_(day) {}

  double target() override { return 21.5; }

  std::vector<home::Reading> history(std::string sensor, int days) override {
    if (sensor != "hall") throw std::out_of_range("no sensor is called " + sensor);
    std::this_thread::sleep_for(std::chrono::microseconds(200) * days);
    return std::vector<home::Reading>(static_cast<std::size_t>(days));
  }

  void heartbeat(std::string) override {}

  void record(const home::Reading&) override {
    if (day_.phase() == Phase::slow) std::this_thread::sleep_for(20ms);
  }

 private:
  const Day& day_;
};

/// Calls, and waits so that it does so this often a second in each phase.
template <class Call>
void repeat(const Day& day, double quiet, double busy, Call call) {
  for (int i = 0; day.phase() != Phase::over; ++i) {
    const bool is_busy = day.phase() != Phase::quiet && day.phase() != Phase::quiet_again;
    const auto next = Clock::now() + std::chrono::duration_cast<Clock::duration>(1s / (is_busy ? busy : quiet));
    call(i);
    std::this_thread::sleep_until(next);
  }
}

void ask_for_history(home::ThermostatClient& thermostat, const Day& day, int i) {
  try {
    thermostat.history(day.phase() == Phase::wrong && i % 3 == 0 ? "cellar" : "hall", i % 40 == 0 ? 60 : 5);
  } catch (const rpc::Error&) {
    return;  // counted by the server
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::chrono::seconds length(count > 1 ? std::atoi(arguments[1]) : 60);
  std::string folder = std::filesystem::temp_directory_path() / "rpc-load-XXXXXX";
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  {
    const rpc::Queue queue = rpc::open_queue({.folder = folder + "/queue"});
    const Day day(length);
    rpc::Server server({.queue = queue});
    server.serve<home::Thermostat>(std::make_shared<House>(day));
    const rpc::Channel channel = rpc::connect(server.listen("unix:" + folder + "/s"), {.queue = queue});
    rpc::MetricsEndpoint endpoint("0");
    endpoint.add(server);
    std::cout << endpoint.url() << std::endl;
    home::ThermostatClient thermostat(channel);
    std::vector<std::jthread> clients;
    for (int i = 0; i < 2; ++i) clients.emplace_back([&] { repeat(day, 50, 700, [&](int) { thermostat.target(); }); });
    for (int i = 0; i < 2; ++i)
      clients.emplace_back([&] { repeat(day, 10, 120, [&](int n) { ask_for_history(thermostat, day, n); }); });
    clients.emplace_back([&] { repeat(day, 10, 80, [&](int) { thermostat.record({.sensor = "hall"}); }); });
    clients.clear();
  }
  std::filesystem::remove_all(folder);
}
