// Headers that change, after the precompiled form of what they include first: the same output as from the beginning.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <llvm/Support/raw_ostream.h>

#include "driver/analysis.h"
#include "driver/include_names.h"
#include "driver/leading_includes.h"
#include "driver/tool.h"

namespace farcall::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(LeadingIncludes, AreThoseBeforeAnythingElse) {
  EXPECT_EQ(leading_includes(
                "#include <map>\n#include <a/b.h>  // why\n/* and */ #include <set>\nint x;\n#include <queue>\n"),
            "#include <map>\n#include <a/b.h>\n#include <set>\n");
  EXPECT_EQ(leading_includes("// A lamp.\n#pragma once\n\n#include <map>"), "#include <map>\n");
  EXPECT_EQ(leading_includes("#ifndef LAMP_H\n#define LAMP_H\n#include <map>\n#endif\n"), "#include <map>\n");
  EXPECT_EQ(leading_includes("#include <map>\n#include \"own.h\"\n#include <set>\n"), "#include <map>\n");
}

TEST(LeadingIncludes, EndWhereTheirMeaningCouldDependOnTheHeader) {
  for (const char* text :
       {"", "\n", "#", "#include", "#include <map", "#include MAP\n", "#include_next <map>\n",
        "#define NDEBUG\n#include <map>\n", "#ifndef A\n#define B\n#include <map>\n", "#ifndef A\n#include <map>\n",
        "#if 1\n#include <map>\n", "#pragma pack(1)\n#include <map>\n", "int x; #include <map>\n",
        "#include <map> <set>\n", "#include <ma\\\np>\n", "#include \"map\"\n"})
    EXPECT_EQ(leading_includes(text), "") << text;
}

TEST(IncludeNames, AreReadAsWritten) {
  const IncludeNames names{.direct = {"/inc/map", "b h"},
                           .others = {{"/inc/map", {"/inc/tree", "b h"}}, {"b h", {"c"}}}};
  EXPECT_EQ(read_include_names(text_of(names)), names);
  EXPECT_EQ(read_include_names(""), IncludeNames());
}

constexpr const char* made = "are precompiled now";
constexpr const char* used = "parsed after what was precompiled";

class PreambleTest : public testing::Test {
 protected:
  PreambleTest() {
    fs::create_directories(folder.path("first"));
    fs::create_directories(folder.path("second"));
    folder.put("second/size.h", "#pragma once\nusing Size = int;\n");
    folder.put("second/part.h", part);
    folder.put("lantern.h", lantern);
  }

  [[nodiscard]] ToolRun run(const std::string& more = "") const {
    return run_farcall(folder, "generate --verbose --depfile=lantern.d " + more + arguments, cache.path());
  }

  /// Generates, changes the header, and does so again: from now on its includes are precompiled.
  void prepare() {
    ASSERT_EQ(run().status, 0);
    change("lantern.h");
    const ToolRun second = run();
    ASSERT_EQ(second.status, 0) << second.err;
    ASSERT_THAT(second.err, HasSubstr(made));
  }

  void change(const std::string& name) const { folder.put(name, folder.get(name) + "// and more\n"); }

  /// Changes the header and runs; the files must be those of a run from the beginning.
  [[nodiscard]] ToolRun run_changed() const {
    change("lantern.h");
    ToolRun now = run();
    const std::string files = output();
    EXPECT_EQ(run("--fresh ").status, now.status);
    EXPECT_EQ(files, output());
    return now;
  }

  [[nodiscard]] std::string output() const {
    return folder.get("lantern.rpc.h") + folder.get("lantern.rpc.cpp") + folder.get("lantern.d");
  }

  static constexpr const char* part = "#pragma once\n#include <size.h>\nstruct Part { Size number; };\n";
  static constexpr const char* lantern = R"(#pragma once
#include <part.h>
class [[rpc::interface]] Lantern {
 public:
  virtual ~Lantern() = default;
  virtual void turn(Part part) = 0;
};
)";
  Folder folder;
  Folder cache;
  std::string arguments = "lantern.h -- -std=c++20 -Ifirst -Isecond";
};

TEST_F(PreambleTest, IsMadeInTheSecondRunAndUsedFromTheThird) {
  const ToolRun first = run();
  EXPECT_FALSE(contains(first.err, made) || contains(first.err, used)) << first.err;
  change("lantern.h");
  const ToolRun second = run();
  EXPECT_TRUE(contains(second.err, made) && contains(second.err, used)) << second.err;
  const ToolRun third = run_changed();
  EXPECT_TRUE(!contains(third.err, made) && contains(third.err, used)) << third.err;
  EXPECT_THAT(folder.get("lantern.d"), HasSubstr("second/size.h"));
  EXPECT_FALSE(contains(run("--fresh ").err, used));
}

TEST_F(PreambleTest, ServesWhatTheHeaderHasBecome) {
  prepare();
  std::string text = lantern;
  text.replace(text.find("turn"), 4, "burn");
  folder.put("lantern.h", text);
  EXPECT_THAT(run_changed().err, HasSubstr(used));
  EXPECT_THAT(folder.get("lantern.rpc.h"), HasSubstr("burn"));
}

TEST_F(PreambleTest, IsMadeAnewWhenWhatItIncludesChanges) {
  prepare();
  folder.put("second/size.h", "#pragma once\nusing Size = char;\n");
  EXPECT_THAT(run_changed().err, HasSubstr(made));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("char"));
}

TEST_F(PreambleTest, IsMadeAnewWhenAnotherHeaderComesFirst) {
  prepare();
  folder.put("first/part.h", "#pragma once\nstruct Part { double place; };\n");
  EXPECT_THAT(run_changed().err, HasSubstr(made));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("place"));
}

TEST_F(PreambleTest, IsPartOfWhatTheRunDependsOn) {
  prepare();
  EXPECT_THAT(run().err, HasSubstr("nothing has changed"));
  folder.put("second/size.h", "#pragma once\nusing Size = char;\n");
  EXPECT_THAT(run().err, HasSubstr("size.h' is not as it was"));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("char"));
}

TEST_F(PreambleTest, StaysTrueWhenOnlyTimesChange) {
  prepare();
  fs::last_write_time(folder.path("second/part.h"), fs::file_time_type::clock::now() - std::chrono::hours(1));
  const ToolRun next = run_changed();
  EXPECT_TRUE(contains(next.err, used) && !contains(next.err, made)) << next.err;
}

TEST_F(PreambleTest, IsOfTheseFlags) {
  prepare();
  arguments += " -DOTHER";
  EXPECT_FALSE(contains(run().err, used));
}

TEST_F(PreambleTest, IsNotUsedIfTheHeaderDoesNotBeginWithItAfterAll) {
  folder.put("lantern.h", "#ifndef SWITCH\n#define SWITCH\n#include <size.h>\n#endif\nstruct Part { int other; };\n" +
                              std::string(lantern).substr(std::string("#pragma once\n#include <part.h>\n").size()));
  arguments += " -DSWITCH";
  ASSERT_EQ(run().status, 0);
  const ToolRun next = run_changed();
  EXPECT_TRUE(contains(next.err, made) && !contains(next.err, used)) << next.err;
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("other"));
}

TEST_F(PreambleTest, DoesNotHoldAHeaderOfTheSameRun) {
  for (const std::string name : {"part", "size"}) {
    const std::string path = "second/" + name + ".h";
    folder.put(path, folder.get(path) + "class [[rpc::interface]] In_" + name + " { public: virtual ~In_" + name +
                         "() = default; virtual void touch() = 0; };\n");
    arguments = "lantern.h " + path + " -- -std=c++20 -Isecond";
    ASSERT_EQ(run().status, 0);
    const ToolRun next = run_changed();
    EXPECT_TRUE(contains(next.err, made) && !contains(next.err, used)) << next.err;
    EXPECT_THAT(folder.get("second/" + name + ".rpc.h"), HasSubstr("touch"));
  }
}

TEST_F(PreambleTest, IsNotMadeOfHeadersThatAskForTheTime) {
  prepare();
  change("second/size.h");
  folder.put("second/part.h", std::string(part) + "constexpr const char* built = __TIME__;\n");
  EXPECT_THAT(run_changed().err, HasSubstr("cannot be precompiled"));
  EXPECT_FALSE(contains(run_changed().err, used));
}

TEST_F(PreambleTest, IsDoneWithoutWhenItIsDamagedOrGone) {
  prepare();
  const auto precompiled = [&] {
    for (const fs::directory_entry& each : fs::directory_iterator(cache.path("farcall")))
      if (each.path().extension() == ".pch") return each.path();
    return fs::path();
  };
  ASSERT_FALSE(precompiled().empty());
  fs::resize_file(precompiled(), fs::file_size(precompiled()) / 2);
  EXPECT_EQ(run_changed().status, 0);
  fs::remove(precompiled());
  EXPECT_THAT(run_changed().err, HasSubstr(made));
  EXPECT_FALSE(precompiled().empty());
}

TEST_F(PreambleTest, DoesNotHideATextThatIsNotOnDisk) {
  ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
  AnalysisOptions options{.headers = {folder.path("lantern.h")},
                          .flags = {.fixed = {{"-std=c++20", "-I" + folder.path("second")}}},
                          .preambles = Preambles::make};
  const auto contract = [&] { return print(analyse(options, llvm::nulls())->headers.at(0).outcome.contract); };
  EXPECT_THAT(contract(), HasSubstr("Size = int32"));
  options.texts = {{folder.path("second/size.h"), "#pragma once\nusing Size = char;\n"}};
  EXPECT_THAT(contract(), HasSubstr("Size = int8"));
  options.texts = {
      {folder.path("lantern.h"), "#pragma once\n#include <size.h>\nstruct [[rpc::interface]] Other {};\n"}};
  EXPECT_THAT(contract(), HasSubstr("interface Other"));
  ::unsetenv("XDG_CACHE_HOME");
}

TEST_F(PreambleTest, LeavesErrorsOfTextsAsTheyAre) {
  ::setenv("XDG_CACHE_HOME", cache.path().c_str(), 1);
  folder.put("wrong.h", "#pragma once\nstruct Wrong { Nothing nothing; };\n");
  AnalysisOptions options{.headers = {folder.path("lantern.h")},
                          .flags = {.fixed = {{"-std=c++20", "-DSWITCH", "-I" + folder.path("second")}}},
                          .level = Level::nothing};
  const auto errors = [&](Preambles which) {
    options.preambles = which;
    const std::optional<Analysis> analysis = analyse(options, llvm::nulls());
    std::string all;
    for (const ParseError& each : analysis->parse_errors)
      all += each.where.file + ":" + std::to_string(each.where.line) + ": " + each.text + "\n";
    return all;
  };
  for (const char* text :
       {"#pragma once\n#include <part.h>\nPrat part;\n", "#include <part.h>\n#include \"wrong.h\"\nPart part = 1;\n",
        "#include <part.h>\n#include \"missing.h\"\n", "#include <part.h>\nclass [[rpc::interface]] Open {\n",
        "#ifndef SWITCH\n#define SWITCH\n#include <size.h>\n#endif\nSize size;\n"}) {
    options.texts = {{folder.path("lantern.h"), text}};
    const std::string plain = errors(Preambles::none);
    EXPECT_FALSE(plain.empty()) << text;
    EXPECT_EQ(errors(Preambles::make), plain) << text;
    EXPECT_EQ(errors(Preambles::make), plain) << text;
  }
  ::unsetenv("XDG_CACHE_HOME");
}

TEST_F(PreambleTest, LeavesFindingsAboutPrecompiledFilesAsTheyAre) {
  prepare();
  folder.put("second/part.h", "#pragma once\nstruct Part { long wide; };\n");
  const ToolRun now = run_changed();
  EXPECT_TRUE(contains(now.err, made) && !contains(now.err, used)) << now.err;
  EXPECT_THAT(now.err, HasSubstr("\nsecond/part.h:2:15: warning"));
}

TEST_F(PreambleTest, LeavesErrorsAndFindingsWhereTheyAre) {
  prepare();
  for (const char* wrong : {"virtual void turn(void* part) = 0;", "virtual void turn(Prat part) = 0;"}) {
    folder.put("lantern.h",
               std::string("#pragma once\n#include <part.h>\nclass [[rpc::interface]] Lantern {\n public:\n") + wrong +
                   "\n  virtual ~Lantern() = default;\n};\n");
    const ToolRun now = run_farcall(folder, "generate --depfile=lantern.d " + arguments, cache.path());
    EXPECT_EQ(now.status, 1);
    EXPECT_THAT(now.err, HasSubstr("lantern.h:5:"));
    EXPECT_EQ(now.err, run_farcall(folder, "generate --fresh --depfile=lantern.d " + arguments, cache.path()).err);
  }
}

}  // namespace
}  // namespace farcall::test
