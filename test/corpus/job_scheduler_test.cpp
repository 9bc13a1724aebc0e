#include "job_scheduler.rpc.h"

#include "corpus/corpus.h"

namespace corpus {

namespace {

/// Jobs are done at once; what they were is their output.
class Immediate : public jobs::SchedulerService {
 public:
  jobs::JobId submit(jobs::Job job) override {
    const auto id = static_cast<jobs::JobId>(jobs_.size() + 1);
    jobs_.emplace(id, std::move(job));
    return id;
  }

  rpc::Task<jobs::Outcome> wait(jobs::JobId id) override {
    const auto job = jobs_.find(id);
    if (job == jobs_.end()) throw jobs::UnknownJob(id);
    jobs::Outcome outcome;
    outcome.state = jobs::State::done;
    for (const jobs::Step& step : job->second.steps) print(step, outcome.last_lines);
    outcome.usage = {.user = std::chrono::milliseconds(5), .peak_memory = 1 << 20};
    co_return outcome;
  }

  void cancel(jobs::JobId id) override { jobs_.erase(id); }

  std::map<jobs::JobId, jobs::State> states() const override {
    std::map<jobs::JobId, jobs::State> all;
    for (const auto& [id, job] : jobs_) all[id] = job.manual() ? jobs::State::waiting : jobs::State::done;
    return all;
  }

 private:
  static void print(const jobs::Step& step, std::deque<std::string>& lines) {
    lines.push_back(step.command);
    for (const jobs::Step& next : step.then) print(next, lines);
  }

  std::map<jobs::JobId, jobs::Job> jobs_;
};

TEST_P(Corpus, JobScheduler) {
  auto scheduler = connect<jobs::Scheduler, jobs::SchedulerClient>(std::make_shared<Immediate>());
  jobs::Job job;
  job.name = "nightly";
  job.steps = {{"build", {{"test", {{"deploy", {}}}}, {"lint", {}}}}};
  job.trigger = jobs::Every{std::chrono::hours(24), std::nullopt};
  job.environment = {{"CI", "1"}};
  job.notify = jobs::Notify::owner | jobs::Notify::on_call;
  const jobs::JobId id = scheduler.submit(job);

  const jobs::Outcome outcome = scheduler.async_wait(id).get();
  EXPECT_EQ(outcome.last_lines, (std::deque<std::string>{"build", "test", "deploy", "lint"}));
  EXPECT_EQ(outcome.usage.user, std::chrono::microseconds(5000));
  EXPECT_TRUE(scheduler.idle());

  job.trigger = {};
  const jobs::JobId manual = scheduler.submit(job);
  EXPECT_FALSE(scheduler.idle());
  scheduler.cancel(manual);
  EXPECT_EQ(scheduler.states(), (std::map<jobs::JobId, jobs::State>{{id, jobs::State::done}}));
  EXPECT_EQ(refusal([&] { scheduler.wait(99); }), "jobs::UnknownJob: there is no job 99");
}

}  // namespace
}  // namespace corpus
