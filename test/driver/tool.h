// Runs the tool as a user does, in a folder of the test's own.
//
//   const Folder folder;
//   folder.put("lamp.h", lamp);
//   EXPECT_EQ(run_farcall(folder, "generate lamp.h").status, 0);
#pragma once

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "output/folder.h"

namespace farcall::test {

/// A header that is quickly parsed, and what the tool makes of it.
inline constexpr const char* lamp = R"(#pragma once
class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual void turn(bool on) = 0;
};
)";

struct ToolRun {
  int status = -1;
  std::string out;
  std::string err;
};

/// `arguments` are words for a shell. The streams go to files that are not in `folder`. Without a `cache` there are no
/// stamps: each run is one.
inline ToolRun run_farcall(const Folder& folder, const std::string& arguments, const std::string& cache = "/dev/null") {
  const Folder streams;
  const std::string command = "cd '" + folder.path() + "' && XDG_CACHE_HOME='" + cache + "' '" FARCALL_TOOL "' " +
                              arguments + " >'" + streams.path("out") + "' 2>'" + streams.path("err") + "' </dev/null";
  const int status = std::system(command.c_str());
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, streams.get("out"), streams.get("err")};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace farcall::test
