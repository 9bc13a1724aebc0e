// A job scheduler: steps that contain steps, triggers as variants, calls that wait for hours.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace jobs {

using Clock = std::chrono::system_clock;
using JobId = std::uint32_t;

class UnknownJob : public std::out_of_range {
 public:
  explicit UnknownJob(JobId id) : std::out_of_range("there is no job " + std::to_string(id)) {}
};

enum class Priority : std::int8_t { low = -1, normal = 0, high = 1 };

/// May be combined.
enum class Notify : unsigned { nobody = 0, owner = 1, on_call = 2, everybody = 4 };
constexpr Notify operator|(Notify a, Notify b) {
  return static_cast<Notify>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

struct Step {
  std::string command;
  std::vector<Step> then;
};

struct At {
  Clock::time_point time;
};
struct Every {
  std::chrono::minutes interval{60};
  std::optional<Clock::time_point> until;
};
struct After {
  std::set<JobId> jobs;
};
using Trigger = std::variant<std::monostate, At, Every, After>;

struct Job {
  static constexpr std::string_view default_shell = "/bin/sh";

  std::string name;
  std::vector<Step> steps;
  Trigger trigger;
  std::unordered_map<std::string, std::string> environment;
  Priority priority = Priority::normal;
  Notify notify = Notify::nobody;
  std::chrono::duration<double> time_limit{3600};
  [[rpc::local]] bool dirty = false;  ///< only for the editor

  [[nodiscard]] bool manual() const { return std::holds_alternative<std::monostate>(trigger); }
};

enum class State { waiting, running, done, failed };

struct Outcome {
  State state = State::waiting;
  int exit_code = 0;
  std::deque<std::string> last_lines;
  struct Usage {
    std::chrono::microseconds user{}, system{};
    std::uint64_t peak_memory = 0;
  } usage;
};

class [[rpc::interface("jobs.Scheduler")]] Scheduler {
 public:
  Scheduler() = default;
  Scheduler(Scheduler&&) = delete;
  virtual ~Scheduler() = default;

  virtual JobId submit(Job job) = 0;
  [[rpc::async, rpc::timeout("none")]] virtual Outcome wait(JobId id) = 0;
  [[rpc::idempotent]] virtual void cancel(JobId id) = 0;
  virtual std::map<JobId, State> states() const = 0;
  [[rpc::local]] virtual bool idle() const {
    for (const auto& [id, state] : states()) {
      if (state == State::running || state == State::waiting) return false;
    }
    return true;
  }

 protected:
  void log(std::string_view line);
};

}  // namespace jobs
