// Several threads against each other, over and over, so that a sanitizer sees what may happen between them.
//
//   race([&] { make_a_call(); }, {[&] { reply(); }, [&] { cancel(); }}, [&] { EXPECT_EQ(completions, 1); });
#pragma once

#include <barrier>
#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace rpc::test {

inline constexpr int rounds = 2000;

/// Runs all functions at the same time, `rounds` times, with prepare() before and check() after each round.
inline void race(const std::function<void()>& prepare, std::vector<std::function<void()>> functions,
                 const std::function<void()>& check) {
  std::barrier line(static_cast<std::ptrdiff_t>(functions.size()) + 1);
  std::vector<std::jthread> threads;
  for (const auto& function : functions) {
    threads.emplace_back([&] {
      for (int round = 0; round < rounds; ++round) {
        line.arrive_and_wait();
        function();
        line.arrive_and_wait();
      }
    });
  }
  for (int round = 0; round < rounds; ++round) {
    prepare();
    line.arrive_and_wait();
    line.arrive_and_wait();
    check();
  }
}

}  // namespace rpc::test
