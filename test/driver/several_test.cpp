// Several headers in one call: parsed together where that is possible, yet each as if it were alone.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string interface(const std::string& name, const std::string& before = "") {
  return "#pragma once\n" + before + "class [[rpc::interface]] " + name + " {\n public:\n  virtual ~" + name +
         "() = default;\n  virtual int get() = 0;\n};\n";
}

TEST(Several, EachIsGenerated) {
  const Folder folder;
  folder.put("a.h", interface("A"));
  folder.put("b.h", interface("B"));
  EXPECT_EQ(run_farcall(folder, "generate a.h b.h a.h ./b.h --out-dir=gen").status, 0);
  for (const char* name : {"gen/a.rpc.h", "gen/a.rpc.cpp", "gen/b.rpc.h", "gen/b.rpc.cpp"})
    EXPECT_TRUE(fs::exists(folder.path(name))) << name;
}

TEST(Several, OutputIsThatOfEachAlone) {
  const Folder folder;
  // Seen from b.h alone there is no clash, and E is no set of flags.
  folder.put("a.h", interface("A", "class BClient; enum class E; E operator|(E, E);\n"));
  folder.put("b.h", "#pragma once\nenum class E { x, y };\n" +
                        interface("B", "struct S { E e; };\n").replace(0, 13, "") +
                        "class [[rpc::interface]] C { public: virtual ~C() = default; virtual S s() = 0; };\n");
  ASSERT_EQ(run_farcall(folder, "generate b.h --out-dir=alone").status, 0);
  const ToolRun together = run_farcall(folder, "generate a.h b.h --out-dir=together");
  EXPECT_EQ(together.status, 0) << together.err;
  EXPECT_EQ(folder.get("together/b.rpc.h"), folder.get("alone/b.rpc.h"));
  EXPECT_EQ(folder.get("together/b.rpc.cpp"), folder.get("alone/b.rpc.cpp"));
}

TEST(Several, DepfileHasWhatEachIncludes) {
  const Folder folder;
  folder.put("common.h", "#pragma once\n");
  folder.put("a.h", interface("A", "#include \"common.h\"\n"));
  folder.put("b.h", interface("B"));
  ASSERT_EQ(run_farcall(folder, "generate a.h b.h --depfile=d").status, 0);
  EXPECT_THAT(folder.get("d"), HasSubstr("common.h"));
}

TEST(Several, ThoseThatDoNotGoTogetherAreParsedApart) {
  const Folder folder;
  folder.put("a.h", interface("Same"));
  folder.put("b.h", interface("Same"));
  const ToolRun run = run_farcall(folder, "generate a.h b.h --verbose");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.err, HasSubstr("each by itself"));
  EXPECT_TRUE(fs::exists(folder.path("b.rpc.h")));
}

TEST(Several, BrokenOnesLeaveTheOthersAlone) {
  const Folder folder;
  folder.put("a.h", interface("A"));
  folder.put("b.h", interface("B", "int x = ;\n"));
  folder.put("c.h", interface("C", "class [[rpc::asinc]] D;\n"));
  const ToolRun run = run_farcall(folder, "generate a.h b.h c.h");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("1 header is done, and nothing came of the others"));
  EXPECT_THAT(run.err, HasSubstr("b.h:2:9: error: expected expression"));
  EXPECT_THAT(run.err, HasSubstr("c.h:2:9: error: there is no attribute 'rpc::asinc'"));
  EXPECT_EQ(folder.names(), (std::set<std::string>{"a.h", "a.rpc.cpp", "a.rpc.h", "b.h", "c.h"}));
}

TEST(Several, OneThatNeedsAnotherFirstIsBroken) {
  const Folder folder;
  folder.put("a.h", interface("A"));
  folder.put("b.h", "class [[rpc::interface]] B : public A {};\n");
  EXPECT_EQ(run_farcall(folder, "generate b.h").status, 1);
}

TEST(Several, TheyCannotShareAnOutput) {
  const Folder folder;
  fs::create_directories(folder.path("x"));
  folder.put("a.h", interface("A"));
  folder.put("x/a.h", interface("B"));
  const ToolRun run = run_farcall(folder, "generate a.h x/a.h --out-dir=gen");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("'a.h' and 'x/a.h' would both become 'gen/a.rpc.h'"));
  EXPECT_FALSE(fs::exists(folder.path("gen")));
  EXPECT_EQ(run_farcall(folder, "generate a.h x/a.h").status, 0);
}

TEST(Several, JobsKeepTheOrder) {
  const Folder folder;
  std::string database = "[";
  std::string names;
  for (int i = 0; i < 6; ++i) {
    const std::string n = std::to_string(i);
    folder.put("h" + n + ".h", "#pragma once\nclass [[rpc::asinc]] X" + n + ";\nstatic_assert(NUMBER == " + n + ");\n");
    database += (i == 0 ? "" : ",") + std::string("{\"directory\": \"") + folder.path() + "\", \"file\": \"h" + n +
                ".h\", \"command\": \"clang++ -DNUMBER=" + n + " h" + n + ".h\"}";
    names += " h" + n + ".h";
  }
  folder.put("compile_commands.json", database + "]");
  const ToolRun run = run_farcall(folder, "generate -j3" + names);
  EXPECT_EQ(run.status, 1);
  std::size_t last = 0;
  for (int i = 0; i < 6; ++i) {
    const std::size_t found = run.err.find("h" + std::to_string(i) + ".h:2:9: error: there is no attribute");
    ASSERT_NE(found, std::string::npos) << run.err;
    EXPECT_GE(found, last);
    last = found;
  }
  EXPECT_THAT(run.err, Not(HasSubstr("static assertion")));
}

}  // namespace
}  // namespace farcall::test
