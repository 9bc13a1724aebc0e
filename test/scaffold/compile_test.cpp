// What is written for the user compiles without a warning, beside the stubs, for each header there are stubs of.
#include <gtest/gtest.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "driver/analysis.h"
#include "emit/frame.h"
#include "model/names.h"
#include "output/fixes.h"
#include "output/folder.h"
#include "scaffold/call.h"
#include "scaffold/missing.h"
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

/// What is found in `path`, which may include what stands beside `header`.
Outcome analysed(const std::string& path, const fs::path& header) {
  const std::vector<std::string> flags = {standard_of(header), std::string("-I") + FARCALL_RUNTIME_INCLUDE,
                                          "-I" + header.parent_path().string()};
  std::optional<Analysis> analysis =
      analyse({.headers = {path}, .flags = {.fixed = flags}, .level = Level::errors}, llvm::errs());
  if (!analysis || analysis->headers.empty()) return {};
  return std::move(analysis->headers.front().outcome);
}

class Written : public ::testing::TestWithParam<std::string> {
 protected:
  Written() : header_(all_headers().at(GetParam())), outcome_(analysed(header_, header_)) {}

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

  [[nodiscard]] std::string include_stubs() const {
    return "#include <rpc/server.h>\n\n#include \"" + header_.stem().string() + ".rpc.h\"\n";
  }

  const fs::path header_;
  const Outcome outcome_;
  const Folder folder_;
};

TEST_P(Written, ServerClassesCompile) {
  ASSERT_TRUE(outcome_.plan);
  std::string includes = include_stubs();
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

/// Empty classes that derive from each interface and from what is generated for it.
std::string servers_of(const Plan& plan) {
  std::string text;
  for (const InterfacePlan& interface : plan.interfaces) {
    const std::string twin = interface.twin ? interface.twin->name : interface.service;
    const std::vector<std::pair<std::string, std::string>> classes = {
        {"Plain", interface.client_derives ? interface.name : interface.service},
        {"Later", interface.service},
        {"Twin", twin}};
    text += open_namespaces(interface.namespaces);
    for (const auto& [prefix, base] : classes)
      text += "class " + prefix + interface.client + "Server final : public " + base + " {};\n";
    text += close_namespaces(interface.namespaces);
  }
  return text;
}

TEST_P(Written, MissingMethodsCompile) {
  ASSERT_TRUE(outcome_.plan);
  const std::string text =
      "#include <exception>\n#include <stdexcept>\n" + include_stubs() + begin_quiet(true) + servers_of(*outcome_.plan);
  const std::string path = folder_.path("hall.cpp");
  folder_.put("hall.cpp", text);
  const Contract found = analysed(path, header_).contract;
  const SourceFiles sources{{path, {path, text}}};
  EXPECT_EQ(found.unfinished.size(), 3 * outcome_.plan->interfaces.size());
  FixSet fixes;
  std::string uses = "template <class T> concept Finished = !std::is_abstract_v<T>;\n";
  for (const Unfinished& each : found.unfinished) {
    EXPECT_EQ(fixes.add({"", missing_methods(each, text)}, sources), FixSet::Answer::taken);
    uses += "static_assert(Finished<" + each.type.qualified_name + ">);\n";
  }
  folder_.put("hall.cpp", fixes.apply()[path] + uses);
  expect_compiles("hall.cpp");
}

TEST_P(Written, CallsCompile) {
  ASSERT_TRUE(outcome_.plan);
  std::set<std::string> includes;
  std::string body;
  std::size_t count = 0;
  for (const InterfacePlan& interface : outcome_.plan->interfaces)
    for (const MethodPlan& method : interface.methods) {
      const std::optional<CallExample> example = call_example(interface, method);
      if (!example) continue;
      ++count;
      includes.insert(example->includes.begin(), example->includes.end());
      body += "void call_" + std::to_string(count) + "();\nvoid call_" + std::to_string(count) + "() {\n" +
              example->text() + "}\n";
    }
  EXPECT_NE(count, 0U);
  const std::string stub = "#include \"" + header_.stem().string() + ".rpc.h\"\n";
  folder_.put("main.cpp", include_lines({includes.begin(), includes.end()}) + stub + begin_quiet(true) +
                              "#pragma GCC diagnostic ignored \"-Wunused-variable\"\n"
                              "#pragma GCC diagnostic ignored \"-Wunused-but-set-variable\"\n" +
                              body);
  expect_compiles("main.cpp");
}

INSTANTIATE_TEST_SUITE_P(Scaffold, Written, ::testing::ValuesIn(all_names()),
                         [](const auto& each) { return each.param; });

}  // namespace
}  // namespace farcall
