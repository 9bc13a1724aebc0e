// What is written for the user compiles without a warning, beside the stubs, for each header there are stubs of.
#include <gtest/gtest.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "driver/analysis.h"
#include "model/names.h"
#include "output/folder.h"
#include "scaffold/skeleton.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

/// Of headers with stubs beside them, by name: "golden_thermostat".
std::map<std::string, fs::path> all_headers() {
  std::map<std::string, fs::path> headers;
  std::istringstream folders(FARCALL_HEADERS);
  for (std::string folder; std::getline(folders, folder, ':');)
    for (const auto& entry : fs::directory_iterator(folder)) {
      const fs::path path = entry.path();
      if (path.extension() == ".h" && fs::exists(fs::path(path).replace_extension(".rpc.h")))
        headers[fs::path(folder).stem().string() + "_" + path.stem().string()] = path;
    }
  return headers;
}

std::vector<std::string> all_names() {
  std::vector<std::string> names;
  for (const auto& [name, path] : all_headers()) names.push_back(name);
  return names;
}

std::string standard_of(const fs::path& header) {
  return header.stem() == "outcomes" ? "-std=c++23" : "-std=c++20";  // std::expected
}

class Written : public testing::TestWithParam<std::string> {
 protected:
  Written() : header_(all_headers().at(GetParam())) {
    const std::vector<std::string> flags = {standard_of(header_), std::string("-I") + FARCALL_RUNTIME_INCLUDE};
    std::optional<Analysis> analysis =
        analyse({.headers = {header_.string()}, .flags = {.fixed = flags}, .level = Level::nothing}, llvm::errs());
    if (analysis && !analysis->headers.empty()) outcome_ = std::move(analysis->headers.front().outcome);
  }

  /// With every compiler there is. What users wrote themselves is theirs.
  void expect_compiles(const std::string& source) const {
    for (const std::string& compiler :
         {std::string(FARCALL_CXX) + " -Wno-attributes", std::string(FARCALL_CLANG) + " -Wno-unknown-attributes"}) {
      if (compiler.starts_with(' ')) continue;
      const std::string command =
          compiler + " " + standard_of(header_) + " -Wall -Wextra -Werror -Wsuggest-override -fsyntax-only -I" +
          FARCALL_RUNTIME_INCLUDE + " -isystem '" + header_.parent_path().string() + "' '" + folder_.path(source) + "'";
      EXPECT_EQ(std::system(command.c_str()), 0) << folder_.get(source);
    }
  }

  const fs::path header_;
  const Folder folder_;
  Outcome outcome_;
};

TEST_P(Written, ServerClassesCompile) {
  ASSERT_TRUE(outcome_.plan);
  std::string includes = "#include <rpc/server.h>\n#include \"" + header_.stem().string() + ".rpc.h\"\n";
  std::string body;
  for (const Interface& interface : outcome_.contract.interfaces) {
    if (!obstacle_to_serving(outcome_.contract, interface).empty()) {
      EXPECT_TRUE(!interface.is_abstract) << interface.qualified_name;
      continue;
    }
    const GeneratedFile file = server_class(outcome_.contract, interface);
    const std::string name = fs::path(file.path).filename();
    folder_.put(name, file.contents);
    includes += "#include \"" + name + "\"\n";
    body += "  server.serve<" + interface.qualified_name + ">(std::make_shared<" +
            qualify(interface, server_name(interface)) + ">());\n";
  }
  folder_.put("main.cpp", includes + "#pragma GCC diagnostic ignored \"-Wdeprecated-declarations\"\n" +
                              "void serve(rpc::Server& server);\nvoid serve([[maybe_unused]] rpc::Server& server) {\n" +
                              body + "}\n");
  expect_compiles("main.cpp");
}

INSTANTIATE_TEST_SUITE_P(Scaffold, Written, testing::ValuesIn(all_names()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace farcall
