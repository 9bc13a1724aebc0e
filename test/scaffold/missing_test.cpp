// Where the methods that a class lacks are written, and how they look there.
#include "scaffold/missing.h"

#include <gtest/gtest.h>

#include "output/fixes.h"
#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

/// The text with the method `turn` in its class `Hall`, whose public part `|` ends; without one, it has none.
std::string completed(std::string text, bool is_noexcept = false) {
  const std::size_t mark = text.find('|');
  if (mark != std::string::npos) text.erase(mark, 1);
  const auto place = [&](std::size_t begin, std::size_t end) {
    return SourceRef{
        .file = "hall.h", .begin = static_cast<std::uint32_t>(begin), .end = static_cast<std::uint32_t>(end)};
  };
  Unfinished unfinished{.type = interface("Hall", {}, {method("turn", of_bool(), {parameter("on", of_bool())})})};
  unfinished.type.methods[0].is_noexcept = is_noexcept;
  unfinished.type.declaration = place(text.find("class Hall"), text.rfind("};") + 1);
  if (const std::size_t own = text.find("int own()"); own != std::string::npos) {
    unfinished.type.methods.push_back(method("own", of_int()));
    unfinished.type.methods.back().virtuality = Virtual::yes;
    unfinished.type.methods.back().declaration = place(own, own + 9);
  }
  if (mark != std::string::npos) unfinished.public_end = place(mark, mark + 1);
  FixSet fixes;
  fixes.add({"", missing_methods(unfinished, text)}, {{"hall.h", {"hall.h", text}}});
  return fixes.apply().at("hall.h");
}

constexpr const char* on_top = "#include <stdexcept>\n";

TEST(MissingMethods, StandAtTheEnd) {
  EXPECT_EQ(
      completed("#include <stdexcept>\n\nclass Hall : public Lamp {\n public:\n  int own() override;  // yes\n|};\n"),
      R"(#include <stdexcept>

class Hall : public Lamp {
 public:
  int own() override;  // yes

  bool turn(bool /*on*/) override {
    throw std::logic_error("Hall::turn is not implemented");
  }
};
)");
}

TEST(MissingMethods, StandBeforeWhatIsPrivate) {
  EXPECT_EQ(
      completed(std::string(on_top) +
                "class Hall : public Lamp {\npublic:\n\tint own() override;\n\n|private:\n\tint a;\n};\n"),
      std::string(on_top) +
          "class Hall : public Lamp {\npublic:\n\tint own() override;\n\n"
          "\tbool turn(bool /*on*/) override {\n\t  throw std::logic_error(\"Hall::turn is not implemented\");\n\t}\n\n"
          "private:\n\tint a;\n};\n");
}

TEST(MissingMethods, MakeAPublicPart) {
  EXPECT_EQ(completed(std::string(on_top) + "  class Hall : public Lamp {\n    int a;\n  };\n"),
            std::string(on_top) +
                "  class Hall : public Lamp {\n    int a;\n\n   public:\n    bool turn(bool /*on*/) override {\n"
                "      throw std::logic_error(\"Hall::turn is not implemented\");\n    }\n  };\n");
}

TEST(MissingMethods, BreakALine) {
  EXPECT_EQ(completed(std::string(on_top) + "class Hall : public Lamp {};"),
            std::string(on_top) +
                "class Hall : public Lamp {\n public:\n  bool turn(bool /*on*/) override {\n"
                "    throw std::logic_error(\"Hall::turn is not implemented\");\n  }\n};");
}

TEST(MissingMethods, IncludeWhatTheyThrow) {
  const auto head = [](const std::string& text, bool is_noexcept = false) {
    const std::string made = completed(text + "class Hall : public Lamp {};\n", is_noexcept);
    return made.substr(0, made.find("class"));
  };
  EXPECT_EQ(head("// Hall\n#include \"a.h\"\n\n#include <b>\n"),
            "// Hall\n#include \"a.h\"\n\n#include <stdexcept>\n#include <b>\n");
  EXPECT_EQ(head("// Hall\n#include \"a.h\"\n"), "// Hall\n#include <stdexcept>\n#include \"a.h\"\n");
  EXPECT_EQ(head("// Hall\n#pragma once\n"), "// Hall\n#pragma once\n#include <stdexcept>\n");
  EXPECT_EQ(head(""), "#include <stdexcept>\n");
  EXPECT_EQ(head("", true), "#include <exception>\n");
}

}  // namespace
}  // namespace farcall
