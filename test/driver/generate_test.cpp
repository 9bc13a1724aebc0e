// One header through `farcall generate`: what is written, printed and said.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "driver/tool.h"

namespace farcall::test {
namespace {

namespace fs = std::filesystem;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using Names = std::set<std::string>;

class Generate : public testing::Test {
 protected:
  Generate() { folder.put("lamp.h", lamp); }
  [[nodiscard]] ToolRun run(const std::string& arguments) const { return run_farcall(folder, "generate " + arguments); }

  Folder folder;
};

TEST_F(Generate, WritesBesideTheHeader) {
  const ToolRun done = run("lamp.h");
  EXPECT_EQ(done.status, 0);
  EXPECT_EQ(done.out + done.err, "");
  EXPECT_EQ(folder.names(), (Names{"lamp.h", "lamp.rpc.h", "lamp.rpc.cpp"}));
  EXPECT_THAT(folder.get("lamp.rpc.h"), HasSubstr("class LampClient"));
}

TEST_F(Generate, WritesBesideAHeaderElsewhere) {
  fs::create_directories(folder.path("a b"));
  folder.put("a b/lamp.h", lamp);
  EXPECT_EQ(run("'a b/lamp.h'").status, 0);
  EXPECT_TRUE(fs::exists(folder.path("a b/lamp.rpc.h")));
  EXPECT_EQ(run("\"$PWD/lamp.h\"").status, 0);
  EXPECT_TRUE(fs::exists(folder.path("lamp.rpc.h")));
}

TEST_F(Generate, WritesToTheOutDir) {
  EXPECT_EQ(run("lamp.h --out-dir=deep/gen").status, 0);
  EXPECT_TRUE(fs::exists(folder.path("deep/gen/lamp.rpc.cpp")));
  EXPECT_EQ(folder.names(), (Names{"lamp.h", "deep"}));
}

TEST_F(Generate, LeavesUpToDateFilesAlone) {
  ASSERT_EQ(run("lamp.h").status, 0);
  const fs::file_time_type long_ago = fs::last_write_time(folder.path("lamp.rpc.h")) - std::chrono::hours(1);
  fs::last_write_time(folder.path("lamp.rpc.h"), long_ago);
  EXPECT_THAT(run("lamp.h --verbose").err, HasSubstr("lamp.rpc.h: unchanged"));
  EXPECT_EQ(fs::last_write_time(folder.path("lamp.rpc.h")), long_ago);
}

TEST_F(Generate, CheckShowsWhatWouldChange) {
  const ToolRun missing = run("lamp.h --check");
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.out, HasSubstr("--- /dev/null\n+++ lamp.rpc.h\n"));
  EXPECT_THAT(missing.err, HasSubstr("2 files are not up to date; run: farcall generate lamp.h"));
  EXPECT_EQ(folder.names(), Names{"lamp.h"});

  ASSERT_EQ(run("lamp.h").status, 0);
  const ToolRun same = run("lamp.h --check");
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out + same.err, "");

  const std::string before = folder.get("lamp.rpc.h");
  folder.put("lamp.rpc.h", before + "// added\n");
  const ToolRun changed = run("lamp.h --check --out-dir=.");
  EXPECT_EQ(changed.status, 1);
  EXPECT_THAT(changed.out, HasSubstr("\n-// added\n"));
  EXPECT_THAT(changed.err, HasSubstr("1 file is not up to date; run: farcall generate --out-dir=. lamp.h"));
  EXPECT_EQ(folder.get("lamp.rpc.h"), before + "// added\n");
}

TEST_F(Generate, PrintsTheContract) {
  const ToolRun printed = run("lamp.h --print=contract");
  EXPECT_EQ(printed.status, 0);
  EXPECT_THAT(printed.out, HasSubstr("interface Lamp\n"));
  EXPECT_EQ(folder.names(), Names{"lamp.h"});
}

TEST_F(Generate, PrintsThePlan) {
  const ToolRun printed = run("lamp.h --print=plan");
  EXPECT_EQ(printed.status, 0);
  EXPECT_THAT(printed.out, HasSubstr("LampClient"));
  EXPECT_EQ(folder.names(), Names{"lamp.h"});
}

TEST_F(Generate, PrintsTheContractOfAWrongHeaderToo) {
  folder.put("wrong.h", "class X { public: [[rpc::maybe]] int m(); };");
  const ToolRun printed = run("wrong.h --print=contract");
  EXPECT_EQ(printed.status, 1);
  EXPECT_THAT(printed.out, HasSubstr("interface X\n"));
  EXPECT_THAT(printed.err, HasSubstr("error: "));
}

TEST_F(Generate, DepfileHasWhatTheHeaderIncludes) {
  folder.put("bulb.h", "#pragma once\n#include \"socket.h\"\nstruct Bulb { int watts; };\n");
  folder.put("socket.h", "#pragma once\n");
  folder.put("lamp.h", std::string("#include \"bulb.h\"\n#if __has_include(\"asked.h\")\n#endif\n") + lamp);
  folder.put("asked.h", "");
  EXPECT_EQ(run("lamp.h --depfile=lamp.d").status, 0);
  const std::string rule = folder.get("lamp.d");
  EXPECT_THAT(rule, ContainsRegex("lamp.rpc.h[^:]*lamp.rpc.cpp *:"));
  for (const char* name : {" lamp.h", "/bulb.h", "/socket.h", "/asked.h"}) EXPECT_THAT(rule, HasSubstr(name));
  EXPECT_THAT(rule, Not(HasSubstr("farcall-generate")));
}

TEST_F(Generate, FindingsLookLikeClangs) {
  folder.put("wrong.h", "struct X {\n  [[rpc::asinc]] void m();\n  [[rpc::async]] void n();\n};\n");
  const ToolRun refused = run("wrong.h");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, HasSubstr("wrong.h:2:5: error: there is no attribute 'rpc::asinc' [unknown-attribute]\n"
                                     "    2 |   [[rpc::asinc]] void m();\n"
                                     "      |     ^~~~~~~~~~\n"
                                     "      |          async\n"));
  EXPECT_EQ(folder.names(), (Names{"lamp.h", "wrong.h"}));
}

TEST_F(Generate, WarningsDoNotStopIt) {
  folder.put("noisy.h", "struct [[rpc::interface]] X { virtual ~X() = default; virtual void m() noexcept = 0; };\n");
  const ToolRun warned = run("noisy.h");
  EXPECT_EQ(warned.status, 0);
  EXPECT_THAT(warned.err, HasSubstr("noisy.h:1:68: warning: "));
  EXPECT_TRUE(fs::exists(folder.path("noisy.rpc.h")));
  EXPECT_EQ(run("noisy.h --quiet").err, "");
}

TEST_F(Generate, ErrorsOfClangAreShown) {
  folder.put("broken.h", "#pragma once\nstruct [[rpc::interface]] X { Missing m(); };\n");
  const ToolRun refused = run("broken.h");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, testing::StartsWith("broken.h:2:31: error: unknown type name 'Missing'\n"));
  EXPECT_THAT(refused.err, Not(HasSubstr("In file included")));
  EXPECT_EQ(folder.names(), (Names{"lamp.h", "broken.h"}));
}

TEST_F(Generate, ErrorsInIncludedFilesSayWhoIncludesThem) {
  folder.put("inner.h", "int x = ;\n");
  folder.put("outer.h", "#include \"inner.h\"\n");
  const ToolRun refused = run("outer.h");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.err, testing::StartsWith("In file included from outer.h:1:\n"));
}

TEST_F(Generate, NotesOfClangAreShown) {
  folder.put("broken.h", "void f(int);\nint g(int);\nint f(int);\n");
  EXPECT_THAT(run("broken.h").err, HasSubstr("broken.h:1:6: note: "));
}

TEST_F(Generate, AHeaderWithoutAttributesIsPointedOut) {
  folder.put("plain.h", "#pragma once\nclass Lamp {};\n");
  const ToolRun warned = run("plain.h");
  EXPECT_EQ(warned.status, 0);
  EXPECT_THAT(warned.err, HasSubstr("warning: no rpc:: attribute in 'plain.h'"));
  EXPECT_THAT(warned.err, HasSubstr("class [[rpc::interface]]"));
  EXPECT_EQ(run("plain.h --quiet").err, "");
}

TEST_F(Generate, InterfacesOfIncludedHeadersAreTheirOwn) {
  folder.put("house.h",
             "#include \"lamp.h\"\nclass [[rpc::interface]] House {\n"
             " public:\n  virtual ~House() = default;\n  virtual int rooms() = 0;\n};\n");
  EXPECT_EQ(run("house.h").status, 0);
  EXPECT_THAT(folder.get("house.rpc.h"), HasSubstr("HouseClient"));
  EXPECT_THAT(folder.get("house.rpc.h"), Not(HasSubstr("LampClient")));
}

TEST_F(Generate, BaseInterfacesOfIncludedHeadersBringTheirMethods) {
  folder.put("dimmer.h",
             "#include \"lamp.h\"\nclass [[rpc::interface]] Dimmer : public Lamp {\n"
             " public:\n  virtual void dim(int to) = 0;\n};\n");
  EXPECT_EQ(run("dimmer.h").status, 0);
  EXPECT_THAT(folder.get("dimmer.rpc.h"), HasSubstr("void turn(bool on) override;"));
}

TEST_F(Generate, ColoursOnRequest) {
  folder.put("broken.h", "int x = ;\n");
  EXPECT_THAT(run("broken.h --color=always").err, HasSubstr("\x1b["));
  EXPECT_THAT(run("broken.h --color").err, HasSubstr("\x1b["));
  EXPECT_THAT(run("broken.h --color=never").err, Not(HasSubstr("\x1b[")));
  EXPECT_THAT(run("broken.h").err, Not(HasSubstr("\x1b[")));
}

TEST_F(Generate, AFolderThatCannotBeWritten) {
  folder.put("file", "");
  const ToolRun refused = run("lamp.h --out-dir=file/gen");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("file/gen"));
}

TEST_F(Generate, AReadOnlyFolder) {
  const ToolRun refused = run("lamp.h --out-dir=/proc");  // not even root may write there
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.err, HasSubstr("cannot write '/proc/lamp.rpc.h': "));
}

TEST_F(Generate, ManyProcessesAtOnce) {
  std::vector<std::jthread> others;
  for (int i = 0; i < 6; ++i) others.emplace_back([&] { EXPECT_EQ(run("lamp.h").status, 0); });
  others.clear();
  EXPECT_EQ(folder.names(), (Names{"lamp.h", "lamp.rpc.h", "lamp.rpc.cpp"}));
  EXPECT_EQ(run("lamp.h --check").status, 0);
}

}  // namespace
}  // namespace farcall::test
