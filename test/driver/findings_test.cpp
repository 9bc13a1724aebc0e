// What the tool does with findings: where it shows them, how they are turned off, explained, exported and fixed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Names = std::set<std::string>;

/// A header with a class of these members.
std::string with_members(const std::string& members, const std::string& before = "") {
  return before + "class [[rpc::interface]] Lamp {\n public:\n  virtual ~Lamp() = default;\n" + members + "};\n";
}

class Check : public testing::Test {
 protected:
  [[nodiscard]] ToolRun check(const std::string& header, const std::string& options = "") const {
    folder.put("lamp.h", header);
    return run_farcall(folder, "check lamp.h " + options);
  }

  Folder folder;
};

TEST_F(Check, WritesNothing) {
  const ToolRun run = check(lamp);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out + run.err, "");
  EXPECT_EQ(folder.names(), Names{"lamp.h"});
}

TEST_F(Check, ExportsFixesWithTheLineEndsOfTheHeader) {
  const std::string header =
      "class [[rpc::interface]] Lamp {\r\n public:\r\n  virtual ~Lamp();\r\n  virtual void a(long b) = 0;\r\n};\r\n";
  EXPECT_EQ(check(header, "--export-fixes=fixes.yaml").status, 0);
  EXPECT_THAT(folder.get("fixes.yaml"), HasSubstr(R"(#include <cstdint>\r\n)"));
}

TEST_F(Check, FindsEverythingInOneRun) {
  const ToolRun run =
      check(with_members("  [[rpc::maybe]] virtual int a() = 0;\n"
                         "  virtual int* b(void* c) = 0;\n"
                         "  virtual int d() noexcept = 0;\n"));
  EXPECT_EQ(run.status, 1);
  for (const char* place :
       {"lamp.h:4:26: error: ", "lamp.h:5:11: error: ", "lamp.h:5:18: error: ", "lamp.h:6:15: warning: "})
    EXPECT_THAT(run.err, HasSubstr(place));
}

TEST_F(Check, ShowsTheUseOfAMacroAndTheMacro) {
  const ToolRun run =
      check(with_members("  REMOTE virtual int a() = 0;\n", "#define MODE rpc::asinc\n#define REMOTE [[MODE]]\n"));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("lamp.h:6:3: error: there is no attribute 'rpc::asinc'"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:2:18: note: expanded from macro 'REMOTE'\n"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:1:19: note: expanded from macro 'MODE'\n"));
}

TEST_F(Check, ShowsWhatAMacroWasGivenWhereItStands) {
  const ToolRun run = check(with_members("  METHOD(int* a());\n", "#define METHOD(m) virtual m = 0\n"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:5:10: error: 'int*' is a raw pointer"));
}

TEST_F(Check, ShowsMethodsOfTemplatesWhereTheyStandAndWhoHasThem) {
  const ToolRun run = check(
      "template <class Unit>\nclass Device {\n public:\n  virtual ~Device() = default;\n  virtual Unit read() = 0;\n};\n"
      "class [[rpc::interface]] Lamp : public Device<int*> {};\n");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("lamp.h:5:11: error: 'int*' is a raw pointer"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:7:26: note: 'Lamp' has it from 'Device<int *>'\n"));
}

TEST_F(Check, ShowsFieldsOfTemplatesWhereTheyStand) {
  const ToolRun run = check(with_members("  virtual void put(Page<int*> page) = 0;\n",
                                         "template <class T>\nstruct Page {\n  T first;\n};\n"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:8:20: error: 'int*' in field 'first' of 'Page<int *>' is a raw pointer"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:3:5: note: it gets there through field 'first'"));
}

TEST_F(Check, TurnsWarningsOff) {
  const std::string noisy = with_members("  virtual int a() noexcept = 0;\n");
  EXPECT_THAT(check(noisy).err, HasSubstr("[noexcept-method]"));
  const ToolRun off = check(noisy, "-Wno-noexcept-method");
  EXPECT_EQ(off.status, 0);
  EXPECT_EQ(off.err, "");
  EXPECT_EQ(run_farcall(folder, "generate lamp.h -Wno-noexcept-method").err, "");
}

TEST_F(Check, MakesWarningsErrors) {
  const std::string noisy = with_members("  virtual int a() noexcept = 0;\n");
  for (const char* options : {"-Werror", "-Werror=noexcept-method"}) {
    const ToolRun strict = check(noisy, options);
    EXPECT_EQ(strict.status, 1);
    EXPECT_THAT(strict.err, HasSubstr("lamp.h:4:15: error: "));
  }
  EXPECT_EQ(check(noisy, "-Werror -Wno-error=noexcept-method").status, 0);
  EXPECT_EQ(run_farcall(folder, "generate lamp.h -Werror").status, 1);
  EXPECT_EQ(folder.names(), Names{"lamp.h"});
}

TEST_F(Check, WritesSarif) {
  const std::string wrong = with_members("  /* \xC3\xBC */ virtual int a() noexcept = 0;\n");
  const ToolRun run = check(wrong, "--format=sarif");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, HasSubstr("\"startColumn\": 23,")) << "counted in characters, not in bytes";
  static_cast<void>(check(wrong, "--format=sarif --output=log.sarif"));
  EXPECT_EQ(folder.get("log.sarif"), run.out);
}

TEST_F(Check, WritesClangsErrorsToSarifToo) {
  const ToolRun run = check("int x = ;\n", "--format=sarif");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.out, HasSubstr("\"executionSuccessful\": false"));
  EXPECT_THAT(run.out, HasSubstr("expected expression"));
  EXPECT_THAT(run.err, HasSubstr("lamp.h:1:9: error: expected expression"));
}

class Rewrite : public testing::Test {
 protected:
  ToolRun rewrite(const std::string& header, const std::string& options = "--fix") const {
    folder.put("lamp.h", header);
    return run_farcall(folder, "rewrite " + options + " lamp.h");
  }

  Folder folder;
};

TEST_F(Rewrite, KeepsLayoutAndComments) {
  const ToolRun run =
      rewrite(with_members("  // asynchronous\n  [[rpc::asinc]]   virtual int a()  noexcept = 0;  // yes\n"));
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "farcall: fixed noexcept-method, unknown-attribute\n");
  EXPECT_EQ(folder.get("lamp.h"), with_members("  // asynchronous\n  [[rpc::async]]   virtual int a() = 0;  // yes\n"));
}

TEST_F(Rewrite, AppliesOverlappingFixesOneAfterTheOther) {
  const ToolRun run =
      rewrite(with_members("  [[rpc::local, rpc::maybe, rpc::idempotent]] void a() {}\n  virtual int b() = 0;\n"));
  EXPECT_EQ(run.err, "farcall: fixed local-extra (2 times)\n");
  EXPECT_EQ(folder.get("lamp.h"), with_members("  [[rpc::local]] void a() {}\n  virtual int b() = 0;\n"));
}

TEST_F(Rewrite, ShowsWhatIsLeft) {
  const ToolRun run = rewrite(with_members("  virtual int* a() noexcept = 0;\n"));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, StartsWith("farcall: fixed noexcept-method\nlamp.h:4:11: error: 'int*' is a raw pointer"));
}

TEST_F(Rewrite, AppliesTheRulesAndFixesThatAreNamed) {
  const std::string header = with_members("  [[rpc::maybe]] virtual int a() = 0;\n  virtual int b() noexcept = 0;\n");
  rewrite(header, "--fix=maybe-result:2,timeout-unused");
  EXPECT_EQ(folder.get("lamp.h"),
            with_members("  [[rpc::async]] virtual int a() = 0;\n  virtual int b() noexcept = 0;\n"));
  EXPECT_THAT(rewrite(header, "--fix=maybe-result:9").err, StartsWith("farcall: nothing to fix\n"));
  EXPECT_EQ(folder.get("lamp.h"), header);
}

TEST_F(Rewrite, OnlyShowsTheDifferenceInADryRun) {
  const std::string header = with_members("  virtual int a() noexcept = 0;\n");
  const ToolRun run = rewrite(header, "--fix --dry-run");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("--- lamp.h\n+++ lamp.h\n"));
  EXPECT_THAT(run.out, HasSubstr("\n-  virtual int a() noexcept = 0;\n+  virtual int a() = 0;\n"));
  EXPECT_EQ(run.err, "farcall: would fix noexcept-method\n");
  EXPECT_EQ(folder.get("lamp.h"), header);
}

TEST_F(Rewrite, TouchesNoHeaderThatIsNotNamed) {
  const std::string base =
      "#pragma once\nclass Device {\n public:\n  virtual ~Device() = default;\n  virtual int a() noexcept = 0;\n};\n";
  folder.put("device.h", base);
  const ToolRun run = rewrite("#include \"device.h\"\nclass [[rpc::interface]] Lamp : public Device {};\n");
  EXPECT_THAT(run.err, StartsWith("farcall: nothing to fix\n"));
  EXPECT_EQ(folder.get("device.h"), base);
  run_farcall(folder, "rewrite --fix lamp.h device.h");
  EXPECT_THAT(folder.get("device.h"), HasSubstr("  virtual int a() = 0;\n"));
}

TEST_F(Rewrite, LeavesABrokenHeaderAlone) {
  const ToolRun run = rewrite("int x = ;\n");
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("expected expression"));
  EXPECT_EQ(folder.get("lamp.h"), "int x = ;\n");
}

TEST(Explain, PrintsAPage) {
  const ToolRun run = run_farcall(Folder(), "explain maybe-result");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, StartsWith("# maybe-result\n\nerror: the result '…' of a maybe call would be lost"));
  EXPECT_THAT(run.out, HasSubstr("[[rpc::maybe]] virtual int ping() = 0;\n"));
  EXPECT_EQ(run_farcall(Folder(), "explain '[maybe-result]'").out, run.out);
}

TEST(Explain, ListsAllRules) {
  const ToolRun run = run_farcall(Folder(), "explain");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("\nmaybe-result"));
  EXPECT_THAT(run.out, HasSubstr("\nnoexcept-method"));
}

TEST(Explain, WritesAllPages) {
  const Folder folder;
  EXPECT_EQ(run_farcall(folder, "explain --out-dir=pages").status, 0);
  EXPECT_THAT(folder.get("pages/README.md"), HasSubstr("[maybe-result](maybe-result.md)"));
  EXPECT_EQ(folder.get("pages/maybe-result.md"), run_farcall(folder, "explain maybe-result").out);
}

TEST(GeneratedFiles, AreNoHeadersToGenerateFrom) {
  const Folder folder;
  folder.put("lamp.h", lamp);
  ASSERT_EQ(run_farcall(folder, "generate lamp.h").status, 0);
  for (const char* command : {"generate lamp.rpc.h", "generate lamp.rpc.cpp", "check lamp.rpc.h"}) {
    const ToolRun run = run_farcall(folder, command);
    EXPECT_EQ(run.status, 2);
    EXPECT_THAT(run.err, HasSubstr("is generated from lamp.h; name that header instead"));
  }
}

}  // namespace
}  // namespace farcall::test
