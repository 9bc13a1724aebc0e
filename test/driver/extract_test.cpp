// farcall rewrite: --extract-interface, and what all of its changes have in common.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "driver/tool.h"

namespace farcall::test {
namespace {

using testing::HasSubstr;

class Rewriting : public testing::Test {
 protected:
  /// What becomes of a header of this text.
  std::string after(const std::string& text, const std::string& options) {
    folder.put("hall.h", text);
    last = run_farcall(folder, "rewrite " + options + " hall.h");
    return folder.get("hall.h");
  }

  const Folder folder;
  ToolRun last;
};

class Extracting : public Rewriting {
 protected:
  void expect_refusal(const std::string& text, const std::string& why, const std::string& more = "") {
    EXPECT_EQ(after(text, "--extract-interface home::Hall " + more), text);
    EXPECT_EQ(last.status, 1);
    EXPECT_THAT(last.err, HasSubstr(why));
  }
};

TEST_F(Extracting, MakesAnInterfaceOfAClass) {
  EXPECT_EQ(after(R"(#pragma once
#include <string>
namespace home {
struct Lamp {};

/// All rooms.
// Of one floor.
class Hall final : private Lamp {
 public:
  explicit Hall(int rooms);
  /// In degrees.
  double target() const { return 20; }
  virtual bool set(const std::string& room,
                   int level = 3) noexcept;
  static int count();

 protected:
  int rooms_ = 0;
};
}  // namespace home
)",
                  "--extract-interface home::Hall"),
            R"(#pragma once
#include <string>
namespace home {
struct Lamp {};

class [[rpc::interface]] HallInterface {
 public:
  virtual ~HallInterface() = default;
  /// In degrees.
  virtual double target() const = 0;
  virtual bool set(const std::string& room,
                   int level = 3) noexcept = 0;
};

/// All rooms.
// Of one floor.
class Hall final : private Lamp, public HallInterface {
 public:
  explicit Hall(int rooms);
  /// In degrees.
  double target() const override { return 20; }
  virtual bool set(const std::string& room,
                   int level = 3) noexcept override;
  static int count();

 protected:
  int rooms_ = 0;
};
}  // namespace home
)");
  EXPECT_EQ(last.status, 0) << last.err;
}

TEST_F(Extracting, TakesAttributesAlong) {
  EXPECT_EQ(after(R"(#pragma once
namespace home {
struct [[rpc::timeout("2s")]] Hall {
  [[rpc::async, nodiscard, rpc::name("degrees")]] virtual double target([[rpc::in]] int& room) = 0;
  [[rpc::local]] int* raw();
  void open();
};
}
)",
                  "--extract-interface home::Hall=Room"),
            R"(#pragma once
namespace home {
struct [[rpc::interface("home::Hall"), rpc::timeout("2s")]] Room {
  virtual ~Room() = default;
  [[rpc::async, nodiscard, rpc::name("degrees")]] virtual double target([[rpc::in]] int& room) = 0;
  virtual void open() = 0;
};

struct Hall : public Room {
  [[nodiscard]] virtual double target(int& room) override = 0;
  int* raw();
  void open() override;
};
}
)");
  EXPECT_EQ(last.status, 0) << last.err;
}

TEST_F(Extracting, LeavesLocalMethodsOut) {
  const std::string text = after("namespace home {\nclass Hall {\n public:\n  int rooms();\n  int* raw();\n};\n}\n",
                                 "--set home::Hall::raw=local --extract-interface=home::Hall=Rooms");
  EXPECT_THAT(text,
              HasSubstr("  virtual ~Rooms() = default;\n  virtual int rooms() = 0;\n};\n\nclass Hall : public Rooms {"
                        "\n public:\n  int rooms() override;\n  int* raw();\n};\n"));
}

TEST_F(Extracting, RefusesWhatWouldBeWrong) {
  const std::string begin = "namespace home {\nclass Hall {\n public:\n";
  expect_refusal(begin + "  int* raw();\n};\n}\n",
                 "so annotated, the headers have the errors above; nothing was written");
  expect_refusal(begin + "  struct Room {};\n  Room room();\n};\n}\n",
                 "with the changes, Clang finds the errors above");
  expect_refusal(begin + "  template <class T> T get();\n};\n}\n", "--set 'home::Hall::get=local'");
  expect_refusal(begin + "  Hall();\n};\n}\n", "'home::Hall' declares no public methods that could be remote");
  expect_refusal("namespace home {\ntemplate <class T>\nclass Hall {\n public:\n  int get();\n};\n}\n",
                 "is a template");
  expect_refusal("#define HALL class Hall { public: int get(); }\nnamespace home {\nHALL;\n}\n",
                 "comes out of a macro");
  expect_refusal("namespace home {\nclass Hut { public: int get(); };\n}\n",
                 "none of the headers has a class 'home::Hall'");
  EXPECT_EQ(run_farcall(folder, "rewrite --extract-interface=home::Hall=a-b hall.h").status, 2);
}

const std::string maybe_with_result =
    "class [[rpc::interface]] Hall {\n public:\n  virtual ~Hall() = default;\n"
    "  [[rpc::maybe]] virtual int ping() { return 3; }\n};\n";

TEST_F(Rewriting, TouchesNothingThatWouldNotCompile) {
  for (const char* options : {"--fix=maybe-result:1", "--fix=maybe-result:1 --dry-run"}) {
    EXPECT_EQ(after(maybe_with_result, options), maybe_with_result);
    EXPECT_EQ(last.status, 1);
    EXPECT_EQ(last.out, "");
    EXPECT_THAT(last.err, HasSubstr("hall.h:4:"));
    EXPECT_THAT(last.err, HasSubstr("with the changes, Clang finds the errors above; nothing was written"));
  }
}

TEST_F(Rewriting, KeepsLineEndsEncodingAndBytes) {
  const std::string bytes = "// \xE9t\xE9, not UTF-8\r\n";
  EXPECT_EQ(after("\xEF\xBB\xBF" + bytes + "class Hall {\r\n public:\r\n  int a(\r\n      long b);\r\n};\r\n",
                  "--extract-interface Hall --fix"),
            "\xEF\xBB\xBF#include <cstdint>\r\n" + bytes +
                "class [[rpc::interface]] HallInterface {\r\n public:\r\n  virtual ~HallInterface() = default;\r\n"
                "  virtual int a(\r\n      std::int64_t b) = 0;\r\n};\r\n\r\n"
                "class Hall : public HallInterface {\r\n public:\r\n  int a(\r\n      long b) override;\r\n};\r\n");
  EXPECT_EQ(last.status, 0) << last.err;
}

TEST_F(Rewriting, ShowsDifferencesInColourOnRequest) {
  after("class Hall { public: virtual ~Hall(); virtual void a() = 0; };\n", "--add-interface Hall --dry-run");
  EXPECT_THAT(last.out, testing::Not(HasSubstr("\x1b")));
  after("class Hall { public: virtual ~Hall(); virtual void a() = 0; };\n", "--add-interface Hall --dry-run --color");
  EXPECT_EQ(last.out,
            "\x1b[1m--- hall.h\x1b[0m\n\x1b[1m+++ hall.h\x1b[0m\n\x1b[36m@@ -1 +1 @@\x1b[0m\n"
            "\x1b[31m-class Hall { public: virtual ~Hall(); virtual void a() = 0; };\x1b[0m\n"
            "\x1b[32m+class [[rpc::interface]] Hall { public: virtual ~Hall(); virtual void a() = 0; };\x1b[0m\n");
}

TEST_F(Rewriting, ChangesManyHeadersOfADatabaseAtOnce) {
  std::filesystem::create_directory(folder.path("src"));
  std::string database;
  std::string names;
  for (int number = 0; number < 6; ++number) {
    const std::string name = "h" + std::to_string(number);
    folder.put("src/" + name + ".h", "#ifdef " + name + "\nclass [[rpc::interface]] A" + name +
                                         " {\n public:\n  virtual ~A" + name +
                                         "() = default;\n  virtual int a() noexcept = 0;\n};\n#endif\n");
    database += (number == 0 ? "[" : ",") + std::string(R"({"directory": ")") + folder.path() + R"(", "file": "src/)" +
                name + R"(.h", "command": "c++ -std=c++20 -D)" + name + R"( -c src/)" + name + R"(.h"})";
    names += " src/" + name + ".h";
  }
  folder.put("compile_commands.json", database + "]");
  const ToolRun run = run_farcall(folder, "rewrite -p . -j4 --fix" + names);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "farcall: fixed noexcept-method (6 times)\n");
  for (int number = 0; number < 6; ++number)
    EXPECT_THAT(folder.get("src/h" + std::to_string(number) + ".h"), HasSubstr("virtual int a() = 0;"));
}

TEST_F(Rewriting, LetsAnotherProgramMakeTheSameChanges) {
  const std::string hall =
      "\xEF\xBB\xBF#include <cstdint>\r\n// \xE9t\xE9\r\nclass Hall {\r\n public:\r\n  int a(\r\n      long b);\r\n};\r\n";
  const std::string room =
      "// \"caf\u00E9\"\n#pragma once\nclass Room {\n public:\n  virtual ~Room();\n  virtual void a() = 0;\n};";
  const std::string command = "rewrite --add-interface Room --extract-interface Hall --fix hall.h room.h";
  const auto put_both = [&] {
    folder.put("hall.h", hall);
    folder.put("room.h", room);
  };
  put_both();
  ASSERT_EQ(run_farcall(folder, command).status, 0);
  const std::string rewritten = folder.get("hall.h") + folder.get("room.h");
  put_both();
  const ToolRun exported = run_farcall(folder, command + " --export-fixes=changes.yaml");
  EXPECT_EQ(exported.status, 0) << exported.err;
  EXPECT_EQ(folder.get("hall.h") + folder.get("room.h"), hall + room);
  EXPECT_EQ(std::system(("clang-apply-replacements-22 '" + folder.path() + "'").c_str()), 0);
  EXPECT_EQ(folder.get("hall.h") + folder.get("room.h"), rewritten);
}

TEST_F(Rewriting, ExportsNoTextThatYamlWouldMaim) {
  const std::string text = "class Hall { /* \xE9t\xE9 */ public: virtual ~Hall(); virtual void a() = 0; };\n";
  EXPECT_EQ(after(text, "--add-interface Hall --export-fixes=changes.yaml"), text);
  EXPECT_EQ(last.status, 2);
  EXPECT_THAT(last.err, HasSubstr("hall.h' is not UTF-8 where it changes"));
}

TEST_F(Rewriting, ExportsThatNothingChanges) {
  const std::string text = "class Hall {};\n";
  folder.put("changes.yaml", "of a run before");
  EXPECT_EQ(after(text, "--fix --export-fixes=changes.yaml"), text);
  EXPECT_THAT(folder.get("changes.yaml"), HasSubstr("Replacements:    []"));
  EXPECT_EQ(last.err, "farcall: nothing to fix\n");
}

}  // namespace
}  // namespace farcall::test
