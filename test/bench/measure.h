// CPU times of short functions, taken in turns so that what else runs on the machine meets all of them alike.
//
//   bench::Measurement copy{"memcpy", [&] { … }}, encode{"encode", [&] { … }};
//   bench::measure({&copy, &encode});
//   printf("%.2f x\n", encode.nanoseconds / copy.nanoseconds);
#pragma once

#include <time.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace bench {

/// Keeps the compiler from dropping the work that made `value`.
template <class T>
inline void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

struct Measurement {
  std::string name;
  std::function<void()> work;
  double nanoseconds = 0;  ///< of one call: the median of the rounds
};

inline double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

inline double seconds_of(const std::function<void()>& work, unsigned repeats) {
  const double start = cpu_seconds();
  for (unsigned i = 0; i < repeats; ++i) work();
  return cpu_seconds() - start;
}

/// Rounds of about 2 ms for each, one after the other, 101 times.
inline void measure(const std::vector<Measurement*>& all) {
  constexpr unsigned rounds = 101;
  std::vector<unsigned> repeats;
  std::vector<std::vector<double>> samples(all.size());
  for (Measurement* one : all) {
    unsigned count = 1;
    while (seconds_of(one->work, count) < 0.002) count *= 2;
    repeats.push_back(count);
  }
  for (unsigned round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      samples[i].push_back(seconds_of(all[i]->work, repeats[i]) / repeats[i] * 1e9);
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::nth_element(samples[i].begin(), samples[i].begin() + rounds / 2, samples[i].end());
    all[i]->nanoseconds = samples[i][rounds / 2];
  }
}

}  // namespace bench
