// Serves a thermostat at the addresses of the command line until SIGTERM or Ctrl-C:
//
//   thermostat_server unix:/tmp/thermostat tcp://127.0.0.1:0
#include <rpc/server.h>
#include <signal.h>

#include <iostream>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "thermostat.rpc.h"

namespace {

using namespace std::chrono_literals;

// Deriving from ThermostatService makes history a coroutine, which may co_await other calls before it answers. With
// home::Thermostat as base it would be an ordinary function; callers see no difference.
class Hall final : public home::ThermostatService {
 public:
  double target() override { return 21.5; }

  rpc::Task<std::vector<home::Reading>> history(std::string sensor, int days) override {
    const auto from = std::chrono::system_clock::now() - days * 24h;
    std::vector<home::Reading> found;
    const std::lock_guard lock(mutex_);
    for (const home::Reading& reading : readings_) {
      if (reading.sensor == sensor && reading.at >= from) found.push_back(reading);
    }
    if (found.empty()) throw std::out_of_range("no sensor is called " + sensor);
    co_return found;
  }

  void heartbeat(std::string node) override { std::cout << "heartbeat of " + node + "\n" << std::flush; }

  void record(const home::Reading& reading) override {
    const std::lock_guard lock(mutex_);
    readings_.push_back(reading);
  }

 private:
  std::mutex mutex_;  // calls arrive on several threads
  std::vector<home::Reading> readings_;
};

}  // namespace

int main(int count, char** arguments) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before there are threads: only the one below takes them

  try {
    rpc::Server server({.reflection = true});  // farcallctl may ask what there is, and call it
    server.serve<home::Thermostat>(std::make_shared<Hall>());
    for (int i = 1; i < count; ++i) std::cout << "listening on " << server.listen(arguments[i]) << std::endl;

    std::thread stopper([&] {
      int signal = 0;
      sigwait(&signals, &signal);
      server.stop(2s);  // running calls get two seconds to finish
    });
    server.run();
    stopper.join();
    std::cout << "stopped" << std::endl;
  } catch (const std::exception& error) {
    std::cerr << "thermostat_server: " << error.what() << '\n';
    return 1;
  }
}
