// Where the flags of a header come from, seen from outside: the header only compiles with the right ones.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Compiles only with -DFLAG=1.
std::string needs_flag() { return std::string("static_assert(FLAG == 1);\n") + lamp; }

std::string database(const std::string& directory, const std::string& file, const std::string& command) {
  return "[{\"directory\": \"" + directory + "\", \"file\": \"" + file + "\", \"command\": \"" + command + "\"}]";
}

TEST(Flags, WithoutADatabase) {
  const Folder folder;
  fs::create_directories(folder.path("inc"));
  folder.put("inc/lamp.h", std::string("#include <bulb.h>\nstatic_assert(__cplusplus == 202002L);\n") + lamp);
  folder.put("inc/bulb.h", "");
  const ToolRun run = run_farcall(folder, "generate inc/lamp.h --verbose");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("inc/lamp.h: no compilation database, parsed with -std=c++20 -I"));
}

TEST(Flags, BehindDashes) {
  const Folder folder;
  folder.put("lamp.h", needs_flag());
  EXPECT_EQ(run_farcall(folder, "generate lamp.h").status, 1);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h -- -DFLAG=1").status, 0);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h -- -DFLAG=1 -c lamp.cpp -o lamp.o").status, 0);
}

TEST(Flags, ExtraOnes) {
  const Folder folder;
  folder.put("lamp.h", needs_flag());
  EXPECT_EQ(run_farcall(folder, "generate lamp.h --extra-arg=-DFLAG=1").status, 0);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h --extra-arg-before=-DFLAG=1").status, 0);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h --extra-arg=-UFLAG --extra-arg=-DFLAG=1 -- -DFLAG=2").status, 0);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h --extra-arg-before=-DFLAG=2 -- -UFLAG -DFLAG=1").status, 0);
}

TEST(Flags, OfASimilarFileInTheDatabase) {
  const Folder folder;
  fs::create_directories(folder.path("build"));
  folder.put("lamp.h", needs_flag());
  folder.put("build/compile_commands.json",
             database(folder.path("build"), "../lamp.cpp", "c++ -DFLAG=1 -c ../lamp.cpp"));
  EXPECT_EQ(run_farcall(folder, "generate lamp.h -p build").status, 0);
  EXPECT_THAT(run_farcall(folder, "generate lamp.h -p build --verbose").err, HasSubstr("lamp.h: flags inferred from"));
}

TEST(Flags, OfADatabaseAboveTheHeader) {
  const Folder folder;
  fs::create_directories(folder.path("src/deep"));
  folder.put("src/deep/lamp.h", needs_flag());
  folder.put("compile_commands.json", database(folder.path(), "src/lamp.cpp", "c++ -DFLAG=1 -c src/lamp.cpp"));
  EXPECT_EQ(run_farcall(folder, "generate src/deep/lamp.h").status, 0);
}

TEST(Flags, RelativePathsAreMeantFromTheDatabasesFolder) {
  const Folder folder;
  fs::create_directories(folder.path("build"));
  fs::create_directories(folder.path("inc"));
  folder.put("inc/bulb.h", "");
  folder.put("lamp.h", std::string("#include <bulb.h>\n") + lamp);
  folder.put("compile_commands.json", database(folder.path("build"), "../lamp.cpp", "c++ -I../inc -c ../lamp.cpp"));
  EXPECT_EQ(run_farcall(folder, "generate lamp.h --depfile=d").status, 0);
  EXPECT_THAT(folder.get("d"), HasSubstr("inc/bulb.h"));
}

TEST(Flags, OfOtherCompilersAreLeftOut) {
  const Folder folder;
  folder.put("lamp.h", needs_flag());
  folder.put("compile_commands.json",
             database(folder.path(), "lamp.cpp",
                      "g++ -DFLAG=1 -fconserve-stack -fno-such-thing -Wall -Werror -Wduplicated-branches -std=gnu++20 "
                      "-c lamp.cpp"));
  const ToolRun run = run_farcall(folder, "generate lamp.h");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.err, "");
}

TEST(Flags, WarningsOfTheUsersCodeAreNotOurs) {
  const Folder folder;
  folder.put("lamp.h", std::string("inline int f() { }\n[[deprecated]] void g();\nunsigned u = -1;\n") + lamp);
  const ToolRun run =
      run_farcall(folder, "generate lamp.h -- -std=c++20 -Wall -Wextra -Weverything -Werror -pedantic-errors");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "");
}

TEST(Flags, PrecompiledHeadersAreLeftOut) {
  const Folder folder;
  folder.put("lamp.h", needs_flag());
  folder.put("pch.hxx", "#define FLAG 1\n");
  folder.put("compile_commands.json",
             database(folder.path(), "lamp.cpp",
                      "clang++ -Winvalid-pch -Xclang -include-pch -Xclang missing.pch -Xclang -include -Xclang pch.hxx "
                      "-c lamp.cpp"));
  const ToolRun run = run_farcall(folder, "generate lamp.h");
  EXPECT_EQ(run.status, 0) << run.err;
}

TEST(Flags, ABrokenDatabaseIsAProblem) {
  const Folder folder;
  folder.put("lamp.h", lamp);
  folder.put("compile_commands.json", "nonsense");
  const ToolRun run = run_farcall(folder, "generate lamp.h -p .");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("cannot read a compilation database in '.'"));
}

}  // namespace
}  // namespace farcall::test
