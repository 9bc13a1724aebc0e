// Where the servers of these tests listen, and how their clients encode.
//
//   std::string url = server.listen(e2e::address("unix"));
#pragma once

#include <gtest/gtest.h>
#include <rpc/channel.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

namespace e2e {

/// One that nobody else has, for the transport "unix", "inproc" or "tcp".
inline std::string address(const std::string& transport) {
  static std::atomic<int> number = 0;
  const std::string unique = std::to_string(getpid()) + "-" + std::to_string(++number);
  if (transport == "unix") return "unix:" + (std::filesystem::temp_directory_path() / ("e2e-" + unique)).string();
  if (transport == "inproc") return "inproc:e2e-" + unique;
  return "tcp://127.0.0.1:0";
}

/// Names the instances of tests that run in both encodings.
inline std::string name_of(const testing::TestParamInfo<rpc::Encoding>& info) {
  return info.param == rpc::Encoding::exact ? "exact" : "tagged";
}

}  // namespace e2e
