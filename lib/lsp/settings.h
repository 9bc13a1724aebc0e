// What the user can set: in the client's initializationOptions, and later by workspace/didChangeConfiguration.
//
//   {"generateOnSave": true, "compileCommandsDir": "build", "fallbackFlags": ["-std=c++20"], "outDir": "gen"}
#pragma once

#include <string>
#include <vector>

namespace farcall::lsp {

struct Settings {
  bool generate_on_save = false;
  bool check_generated = true;              ///< say so when generated code is missing or not up to date
  std::string compile_commands_dir;         ///< empty: looked for above each header
  std::vector<std::string> fallback_flags;  ///< for headers that no compilation database is found for
  std::string out_dir;                      ///< empty: beside each header
  bool operator==(const Settings&) const = default;
};

}  // namespace farcall::lsp
