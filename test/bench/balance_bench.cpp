// The same load, replayed to many servers of which some are slow, fail or vanish, by the rules of a channel to several
// servers and by round-robin. Time is simulated, the rules are the runtime's own (net/balance/group.h), and chance
// comes from a seed that is printed: a run takes seconds, and the same seed gives the same figures.
//
//   balance_bench [seed] [calls]
#include "net/balance/group.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <tuple>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using rpc::net::Group;
using rpc::net::Outcome;
using rpc::net::Server;
using rpc::net::Time;

namespace {

using Duration = std::chrono::nanoseconds;

constexpr std::size_t server_count = 20;
constexpr unsigned workers = 4;  ///< calls a server handles at a time; others wait
constexpr Duration usual_work = 10ms;
constexpr double load = 0.6;  ///< of what all servers could do
constexpr Duration deadline = 1s;
constexpr std::uint32_t idempotent_percent = 80;

/// What is wrong with the servers, from one time to another.
struct Trouble {
  enum class Kind : std::uint8_t { slow, failing, gone, silent };
  Kind kind;
  Server server;
  Duration from;
  Duration to;
};

struct Scenario {
  const char* name;
  std::vector<Trouble> troubles;
};

/// How calls are sent.
struct Way {
  const char* name;
  bool round_robin;
  rpc::BalanceOptions options;
};

/// One line of the load, the same for every way.
struct Arrival {
  Duration at;
  Duration work;
  bool idempotent;
};

std::vector<Arrival> make_load(std::uint64_t seed, std::size_t calls) {
  std::mt19937_64 random(seed);
  const double rate = load * server_count * workers / std::chrono::duration<double>(usual_work).count();
  std::exponential_distribution<double> gap(rate);
  std::exponential_distribution<double> work(1.0);
  std::vector<Arrival> arrivals;
  double at = 0;
  for (std::size_t i = 0; i < calls; ++i) {
    at += gap(random);
    const bool heavy = random() % 200 == 0;  // one in 200 takes ten times as long
    const auto takes =
        std::chrono::duration_cast<Duration>(usual_work * (heavy ? 10.0 : 1.0) * (0.3 + 0.7 * work(random)));
    arrivals.push_back({std::chrono::duration_cast<Duration>(std::chrono::duration<double>(at)), takes,
                        random() % 100 < idempotent_percent});
  }
  return arrivals;
}

/// Events in the order of their time, and of their making.
class Clock {
 public:
  Time now() const { return now_; }
  void at(Time when, std::function<void()> event) {
    events_.push_back({std::max(when, now_), next_++, std::move(event)});
    std::push_heap(events_.begin(), events_.end());
  }
  void run() {
    while (!events_.empty()) {
      std::pop_heap(events_.begin(), events_.end());
      Event event = std::move(events_.back());
      events_.pop_back();
      now_ = event.when;
      event.run();
    }
  }

 private:
  struct Event {
    Time when;
    std::uint64_t number;
    std::function<void()> run;
    bool operator<(const Event& other) const {  // the first is the greatest
      return std::tie(other.when, other.number) < std::tie(when, number);
    }
  };
  std::vector<Event> events_;
  std::uint64_t next_ = 0;
  Time now_{1h};
};

struct Job {
  Duration work;
  std::function<void(bool well)> done;
};

/// A server with a few workers and a queue.
class Model {
 public:
  explicit Model(Clock& clock) : clock_(clock) {}

  void take(Job job) {
    if (silent) return;  // no answer, ever
    if (failing) return answer(std::move(job), false, usual_work / 10);
    if (busy_ == workers) return waiting_.push_back(std::move(job));
    begin(std::move(job));
  }

  /// All that it has is lost: what is under way fails at once, like a connection that breaks.
  void die() {
    ++life_;
    busy_ = 0;
    std::vector<Job> lost = std::move(running_);
    running_.clear();
    for (Job& job : waiting_) lost.push_back(std::move(job));
    waiting_.clear();
    for (Job& job : lost) {
      if (job.done) job.done(false);
    }
  }

  bool slow = false;
  bool failing = false;
  bool silent = false;

 private:
  void begin(Job job) {
    ++busy_;
    const std::size_t place = free_place();
    const Duration takes = slow ? 10 * job.work : job.work;
    running_[place] = std::move(job);
    clock_.at(clock_.now() + takes, [this, place, life = life_] {
      if (life != life_) return;
      const Job job = std::exchange(running_[place], {});
      --busy_;
      if (!waiting_.empty()) {
        Job next = std::move(waiting_.front());
        waiting_.pop_front();
        begin(std::move(next));
      }
      job.done(true);
    });
  }

  std::size_t free_place() {
    running_.resize(workers);
    return static_cast<std::size_t>(std::ranges::find_if(running_, [](const Job& job) { return !job.done; }) -
                                    running_.begin());
  }

  void answer(Job job, bool well, Duration after) {
    clock_.at(clock_.now() + after, [done = std::move(job.done), well] { done(well); });
  }

  Clock& clock_;
  unsigned busy_ = 0;
  std::uint64_t life_ = 0;
  std::vector<Job> running_;
  std::deque<Job> waiting_;
};

struct Figures {
  std::vector<Duration> latencies;
  std::size_t failures = 0;
  std::size_t idempotent_failures = 0;
  std::size_t attempts = 0;
};

/// A client by the rules, in simulated time: what Balancer does with sockets.
class Client {
 public:
  Client(const Way& way, const Scenario& scenario, std::uint64_t seed)
      : way_(way), group_(way.options, seed), models_(server_count, Model(clock_)), connected_(server_count, true) {
    for (Server i = 0; i < server_count; ++i) group_.set_connected(group_.add(), true);
    for (const Trouble& trouble : scenario.troubles) plan(trouble);
  }

  Figures replay(const std::vector<Arrival>& load) {
    arrive(load, 0, clock_.now());
    clock_.run();
    return std::move(figures_);
  }

 private:
  struct Call {
    Arrival what;
    Time made;
    bool over = false;
    std::vector<Server> tried;
    std::vector<bool> ended;
    std::size_t under_way = 0;
  };
  using Shared = std::shared_ptr<Call>;

  void plan(const Trouble& trouble) {
    Model& model = models_[trouble.server];
    const Time start = clock_.now();
    clock_.at(start + trouble.from, [this, &model, trouble] { change(model, trouble, true); });
    clock_.at(start + trouble.to, [this, &model, trouble] { change(model, trouble, false); });
  }

  void change(Model& model, const Trouble& trouble, bool begins) {
    switch (trouble.kind) {
      case Trouble::Kind::slow: model.slow = begins; break;
      case Trouble::Kind::failing: model.failing = begins; break;
      case Trouble::Kind::silent: model.silent = begins; break;
      case Trouble::Kind::gone:
        connected_[trouble.server] = !begins;
        group_.set_connected(trouble.server, !begins);
        if (begins) model.die();
        break;
    }
  }

  void arrive(const std::vector<Arrival>& load, std::size_t number, Time start) {
    clock_.at(start + load[number].at, [this, &load, number, start] {
      make_call(load[number]);
      if (number + 1 < load.size()) arrive(load, number + 1, start);
    });
  }

  void make_call(const Arrival& arrival) {
    group_.readmit(clock_.now());
    group_.budget.earn();
    auto call = std::make_shared<Call>(Call{arrival, clock_.now()});
    clock_.at(call->made + deadline, [this, call] { end_late(*call); });
    if (!send(call)) return finish(*call, false);
    const auto delay = group_.hedge_delay.get();
    if (!arrival.idempotent || !delay) return;
    clock_.at(call->made + *delay, [this, call] {
      if (!call->over && call->under_way == 1 && group_.budget.spend()) send(call);
    });
  }

  std::optional<Server> choose(const Call& call) {
    if (!way_.round_robin) return group_.pick(call.tried);
    for (std::size_t i = 0; i < server_count; ++i) {
      const Server server = next_++ % server_count;
      if (connected_[server]) return server;
    }
    return std::nullopt;
  }

  bool send(const Shared& call) {
    const std::optional<Server> server = choose(*call);
    if (!server) return false;
    ++figures_.attempts;
    ++call->under_way;
    const std::size_t attempt = call->tried.size();
    call->tried.push_back(*server);
    call->ended.push_back(false);
    models_[*server].take({call->what.work, [this, call, attempt, began = clock_.now()](bool well) {
                             answered(call, attempt, well, began);
                           }});
    return true;
  }

  void end_attempt(Call& call, std::size_t attempt, Outcome outcome) {
    if (call.ended[attempt]) return;
    call.ended[attempt] = true;
    --call.under_way;
    if (!way_.round_robin) group_.ended(call.tried[attempt], outcome, clock_.now());
  }

  void answered(const Shared& call, std::size_t attempt, bool well, Time began) {
    if (call->ended[attempt]) return;
    end_attempt(*call, attempt, well ? Outcome::success : Outcome::failure);
    if (call->over) return;
    if (well) {
      if (call->what.idempotent) group_.hedge_delay.note(clock_.now() - began);
      return finish(*call, true);
    }
    if (call->under_way != 0) return;
    const bool again = !way_.round_robin && call->what.idempotent && call->tried.size() < group_.most_attempts();
    if (!again || !group_.budget.spend() || !send(call)) finish(*call, false);
  }

  void end_late(Call& call) {
    if (call.over) return;
    for (std::size_t i = 0; i < call.tried.size(); ++i) end_attempt(call, i, Outcome::failure);
    finish(call, false);
  }

  void finish(Call& call, bool well) {
    call.over = true;
    for (std::size_t i = 0; i < call.tried.size(); ++i) end_attempt(call, i, Outcome::neither);
    figures_.latencies.push_back(clock_.now() - call.made);
    figures_.failures += well ? 0 : 1;
    figures_.idempotent_failures += !well && call.what.idempotent ? 1 : 0;
  }

  const Way& way_;
  Clock clock_;
  Group group_;
  std::vector<Model> models_;
  std::vector<bool> connected_;
  std::size_t next_ = 0;
  Figures figures_;
};

double milliseconds(Duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

void print(const Way& way, Figures figures, std::size_t calls) {
  std::ranges::sort(figures.latencies);
  const auto at = [&](double share) {
    return milliseconds(figures.latencies[static_cast<std::size_t>(share * static_cast<double>(calls - 1))]);
  };
  std::printf("  %-26s %8.2f %8.2f %8.2f %9.2f %10.3f %% %10.3f %% %8.3f\n", way.name, at(0.5), at(0.9), at(0.99),
              at(0.999), 100.0 * static_cast<double>(figures.failures) / static_cast<double>(calls),
              100.0 * static_cast<double>(figures.idempotent_failures) / static_cast<double>(calls),
              static_cast<double>(figures.attempts) / static_cast<double>(calls));
}

std::vector<Scenario> scenarios(Duration whole) {
  using Kind = Trouble::Kind;
  const auto part = [whole](double share) { return std::chrono::duration_cast<Duration>(whole * share); };
  std::vector<Trouble> restarts;
  for (Server i = 0; i < server_count; ++i) {
    restarts.push_back({Kind::gone, i, part(0.05 + 0.04 * i), part(0.05 + 0.04 * i) + 500ms});
  }
  return {
      {"all well", {}},
      {"two of them ten times slower", {{Kind::slow, 3, part(0.2), part(0.8)}, {Kind::slow, 7, part(0.2), part(0.8)}}},
      {"two fail every call", {{Kind::failing, 3, part(0.2), part(0.8)}, {Kind::failing, 7, part(0.2), part(0.8)}}},
      {"one is silent", {{Kind::silent, 3, part(0.2), part(0.8)}}},
      {"each is killed and comes back after 500 ms", restarts},
      {"all of that",
       {{Kind::slow, 3, part(0.2), part(0.8)},
        {Kind::failing, 7, part(0.3), part(0.7)},
        {Kind::silent, 11, part(0.4), part(0.6)},
        {Kind::gone, 15, part(0.5), part(0.6)},
        {Kind::gone, 16, part(0.55), part(0.65)}}}};
}

}  // namespace

int main(int count, char** words) {
  const std::uint64_t seed = count > 1 ? std::strtoull(words[1], nullptr, 10) : std::random_device()();
  const std::size_t calls = count > 2 ? std::strtoull(words[2], nullptr, 10) : 100'000;
  const std::vector<Arrival> load = make_load(seed, calls);
  const Way ways[] = {{"round-robin", true, {.retry_percent = 0}},
                      {"two choices, no retries", false, {.retry_percent = 0}},
                      {"two choices", false, {}},
                      {"two choices, hedged at p95", false, {.hedge_percentile = 95}}};
  std::printf("seed %llu: %zu calls in %.1f s, %zu servers with %u workers, %.0f %% load, %u %% of calls idempotent\n",
              static_cast<unsigned long long>(seed), calls, milliseconds(load.back().at) / 1000, server_count, workers,
              100 * ::load, idempotent_percent);
  for (const Scenario& scenario : scenarios(load.back().at)) {
    std::printf("\n%s\n  %-26s %8s %8s %8s %9s %12s %12s %8s\n", scenario.name, "", "p50 ms", "p90", "p99", "p99.9",
                "failed", "idempotent", "attempts");
    for (const Way& way : ways) print(way, Client(way, scenario, seed).replay(load), calls);
  }
}
