// Calls a thermostat in every way there is, and says what happened:
//
//   thermostat_client tcp://127.0.0.1:7000
//   thermostat_client tcp://127.0.0.1:7000 record      only stores readings: the server need not be there
#include <rpc/channel.h>

#include <iostream>
#include <string>
#include <vector>

#include "thermostat.rpc.h"

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

home::Reading reading(std::string sensor, double celsius) {
  return {std::move(sensor), celsius, std::chrono::floor<milliseconds>(std::chrono::system_clock::now())};
}

// A call without a mode waits for its result.
void calls_wait(home::ThermostatClient& thermostat) {
  std::cout << "call      target() is " << thermostat.target() << " °C\n";
}

// message: stored in the queue of this program when it returns, server or no server.
void messages(home::ThermostatClient& thermostat) {
  thermostat.record(reading("hall", 20.5));
  thermostat.record(reading("hall", 21.0));
  thermostat.record(reading("attic", 17.0));
  std::cout << "message   record() stored three readings\n";
}

// A receipt tells how far a message got. Earlier ones got there before it.
void receipts(home::ThermostatClient& thermostat) {
  rpc::Receipt receipt = thermostat.async_record(reading("attic", 17.5));
  receipt.handled().get();
  std::cout << "receipt   the server has handled all readings\n";
}

// A client is-a Thermostat: code that knows nothing of Farcall takes it.
void local_code(home::Thermostat& thermostat) {
  std::cout << "drop-in   history(\"hall\") through Thermostat&: " << thermostat.history("hall", 7).size()
            << " readings\n";
}

// async_ returns at once; the result is fetched when it is needed.
void futures(home::ThermostatClient& thermostat) {
  rpc::Future<std::vector<home::Reading>> hall = thermostat.async_history("hall", 7);
  rpc::Future<std::vector<home::Reading>> attic = thermostat.async_history("attic", 7);
  std::cout << "async     two calls are under way\n";
  std::cout << "async     attic: " << attic.get().size() << " reading(s), hall: " << hall.get().size() << '\n';
}

// What a handler throws reaches the caller, by type name and text.
void errors(home::ThermostatClient& thermostat) {
  try {
    thermostat.async_history("cellar", 7).get();
  } catch (const rpc::Error& error) {
    std::cout << "error     " << error.remote_type() << ": " << error.what() << '\n';
  }
}

// Options are the client's: this one gives each call a quarter of a second.
void deadlines(home::ThermostatClient& thermostat) {
  std::cout << "deadline  target() within 250 ms is " << thermostat.with({.deadline = 250ms}).target() << " °C\n";
}

// maybe: sent or dropped, nobody waits.
void heartbeats(home::ThermostatClient& thermostat) {
  thermostat.heartbeat("client");
  std::cout << "maybe     heartbeat() sent; it may arrive\n";
}

}  // namespace

int main(int count, char** arguments) {
  const bool only_records = count == 3 && arguments[2] == std::string("record");
  if (count != 2 && !only_records) {
    std::cerr << "usage: thermostat_client <address> [record]\n";
    return 2;
  }
  try {
    home::ThermostatClient thermostat(rpc::connect(arguments[1]));
    messages(thermostat);
    if (only_records) return 0;
    receipts(thermostat);
    calls_wait(thermostat);
    local_code(thermostat);
    futures(thermostat);
    errors(thermostat);
    deadlines(thermostat);
    heartbeats(thermostat);
  } catch (const std::exception& error) {
    std::cerr << "thermostat_client: " << error.what() << '\n';
    return 1;
  }
}
