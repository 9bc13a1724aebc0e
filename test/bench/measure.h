// CPU times of short functions, taken in turns so that what else runs on the machine meets all of them alike.
//
//   bench::Measurement copy = bench::loop([&] { … }), encode = bench::loop([&] { … });
//   bench::measure({&copy, &encode});
//   printf("%.2f x\n", encode.nanoseconds / copy.nanoseconds);
#pragma once

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace bench {

/// Keeps the compiler from dropping the work that made `value`.
template <class T>
inline void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

/// Memory that is freed stays with the program, and with those that it forks. Otherwise most of what long values take
/// would be the kernel's clearing of pages.
inline void keep_freed_memory() {
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
}

/// A piece of work that can be repeated, and how long one time takes.
struct Measurement {
  std::function<void(unsigned repeats)> work;
  double nanoseconds = 0;
};

/// The loop is inside of the std::function: a call of it for each repeat would be a good part of what a short piece of
/// work costs, and make all ratios look better than they are.
template <class Work>
Measurement loop(Work work) {
  return {[work = std::move(work)](unsigned repeats) mutable {
    for (; repeats != 0; --repeats) work();
  }};
}

/// The greater one of the two in the middle, if there are two.
inline double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

inline double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double seconds_of(const Measurement& one, unsigned repeats) {
  const double start = cpu_seconds();
  one.work(repeats);
  return cpu_seconds() - start;
}

constexpr unsigned runs = 3;

/// What else runs on the machine can only add to a time.
inline double best_of_runs(const Measurement& one, unsigned repeats) {
  double best = std::numeric_limits<double>::max();
  for (unsigned run = 0; run < runs; ++run) best = std::min(best, seconds_of(one, repeats));
  return best;
}

/// 33 rounds in which all take their turn, which is the best of three runs of about 0.7 ms; the result is the median of
/// the turns.
inline void measure(const std::vector<Measurement*>& all) {
  constexpr unsigned rounds = 33;
  std::vector<unsigned> repeats;
  std::vector<std::vector<double>> turns(all.size());
  for (Measurement* one : all) {
    unsigned count = 1;
    while (best_of_runs(*one, count) < 0.0007) count *= 2;
    repeats.push_back(count);
  }
  for (unsigned round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      turns[i].push_back(best_of_runs(*all[i], repeats[i]) / repeats[i] * 1e9);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i]->nanoseconds = median(std::move(turns[i]));
}

}  // namespace bench
