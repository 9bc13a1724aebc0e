// farcall rewrite --set and --add-interface.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "driver/tool.h"

namespace farcall::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class Annotating : public testing::Test {
 protected:
  /// What becomes of a header of this text, or the errors.
  std::string after(const std::string& text, const std::string& options) {
    folder.put("house.h", text);
    last = run_farcall(folder, "rewrite " + options + " house.h");
    return last.status == 0 ? folder.get("house.h") : last.err;
  }

  static std::string house(const std::string& head, const std::string& members) {
    return "#pragma once\nnamespace home {\n" + head + "House {\n public:\n  virtual ~House() = default;\n" + members +
           "};\n}\n";
  }

  const Folder folder;
  ToolRun last;
};

constexpr const char* plain = "  virtual void ping(int number) = 0;  // there\n";

TEST_F(Annotating, BeginsAListWhereThereIsNone) {
  EXPECT_EQ(after(house("class [[rpc::interface]] ", plain), "--set home::House::ping=maybe"),
            house("class [[rpc::interface]] ", "  [[rpc::maybe]] virtual void ping(int number) = 0;  // there\n"));
}

TEST_F(Annotating, JoinsTheListThatIsThere) {
  EXPECT_EQ(after(house("class ", "  [[rpc::async]] virtual int ping() = 0;\n"),
                  R"(--set 'home::House::ping=timeout("2s")')"),
            house("class ", "  [[rpc::async, rpc::timeout(\"2s\")]] virtual int ping() = 0;\n"));
  EXPECT_EQ(after(house("class ", "  [[using rpc: async]] virtual int ping() = 0;\n"),
                  R"(--set 'home::House::ping=name("p")')"),
            house("class ", "  [[using rpc: async, name(\"p\")]] virtual int ping() = 0;\n"));
}

TEST_F(Annotating, ReplacesAModeAndAnArgument) {
  EXPECT_EQ(after(house("class ", "  [[rpc::async, rpc::timeout(\"1s\")]] virtual void ping() = 0;\n"),
                  R"(--set 'home::House::ping=timeout("2s")')"),
            house("class ", "  [[rpc::async, rpc::timeout(\"2s\")]] virtual void ping() = 0;\n"));
  EXPECT_EQ(after(house("class ", "  [[rpc::async]] virtual void ping() = 0;\n"), "--set home::House::ping=rpc::maybe"),
            house("class ", "  [[rpc::maybe]] virtual void ping() = 0;\n"));
}

TEST_F(Annotating, Removes) {
  EXPECT_EQ(after(house("class [[rpc::interface]] ", "  [[rpc::async]] virtual void ping() = 0;\n"),
                  "--set home::House::ping=-async"),
            house("class [[rpc::interface]] ", "  virtual void ping() = 0;\n"));
}

TEST_F(Annotating, ReachesParametersAndOverloads) {
  EXPECT_EQ(after(house("class [[rpc::interface]] ", "  virtual void ping(int& number) = 0;\n"),
                  "--set home::House::ping::number=out"),
            house("class [[rpc::interface]] ", "  virtual void ping([[rpc::out]] int& number) = 0;\n"));
  EXPECT_EQ(after(house("class [[rpc::interface]] ",
                        "  virtual int ping(int) = 0;\n  [[rpc::name(\"pong\")]] virtual int ping(double) = 0;\n"),
                  "--set home::House::pong=async"),
            house("class [[rpc::interface]] ",
                  "  virtual int ping(int) = 0;\n"
                  "  [[rpc::name(\"pong\"), rpc::async]] virtual int ping(double) = 0;\n"));
}

TEST_F(Annotating, ReachesFields) {
  const std::string method = "  virtual void show(const Light& light) = 0;\n";
  const auto light = [](const std::string& fields) {
    return "struct Light { " + fields + " };\nclass [[rpc::interface]] ";
  };
  EXPECT_EQ(after(house(light("int level, colour;"), method), R"(--set 'home::Light::level=name("brightness")')"),
            house(light("int level [[rpc::name(\"brightness\")]], colour;"), method));
  EXPECT_THAT(after(house(light("int level;"), method), "--set home::Light::hue=local"),
              HasSubstr("'home::Light' itself declares no public method 'hue', nor a field that travels"));
}

TEST_F(Annotating, DoesNotJoinAListThatLacksItsScope) {
  const std::string method = "  [[async]] virtual int ping() = 0;\n";
  EXPECT_THAT(after(house("class [[rpc::interface]] ", method), R"(--set 'home::House::ping=name("p")' --dry-run)"),
              HasSubstr("so annotated, the headers have the errors above"));
  EXPECT_THAT(last.err, Not(HasSubstr("attribute 'name' lacks its scope")));
}

TEST_F(Annotating, MakesAnInterfaceOfAClassThatIsNone) {
  EXPECT_EQ(after(house("class ", plain), "--add-interface home::House"), house("class [[rpc::interface]] ", plain));
  EXPECT_EQ(after(house("class ", plain), "--add-interface home::House --set home::House::ping=async"),
            house("class [[rpc::interface]] ", "  [[rpc::async]] virtual void ping(int number) = 0;  // there\n"));
}

TEST_F(Annotating, WritesNothingThatIsAnError) {
  const std::string text = house("class [[rpc::interface]] ", "  virtual int ping() = 0;\n");
  EXPECT_THAT(after(text, "--set home::House::ping=maybe"), HasSubstr("[maybe-result]"));
  EXPECT_THAT(last.err, HasSubstr("so annotated, the headers have the errors above; nothing was written"));
  EXPECT_EQ(folder.get("house.h"), text);
}

TEST_F(Annotating, ShowsWhatItWouldDo) {
  const std::string text = house("class [[rpc::interface]] ", plain);
  EXPECT_EQ(after(text, "--dry-run --set home::House::ping=maybe"), text);
  EXPECT_THAT(last.out, HasSubstr("+  [[rpc::maybe]] virtual void ping(int number) = 0;  // there\n"));
}

TEST_F(Annotating, SaysWhatItCannotFind) {
  const std::string text = house("class [[rpc::interface]] ", plain);
  EXPECT_THAT(after(text, "--set home::Hut::ping=async"),
              HasSubstr("no class of 'house.h' is called 'home::Hut::ping'"));
  EXPECT_THAT(after(text, "--set home::House::pong=async"), HasSubstr("declares no public method 'pong'"));
  EXPECT_THAT(after(text, "--set home::House::ping::size=out"), HasSubstr("'ping' has no parameter 'size'"));
  EXPECT_THAT(after(text, "--set home::House::ping=out"), HasSubstr("'rpc::out' does not stand on a method"));
  EXPECT_THAT(after(text, "--set home::House::ping=asynk"),
              HasSubstr("there is no attribute 'rpc::asynk'; did you mean"));
  EXPECT_THAT(after(text, "--set home::House::ping"), HasSubstr("is not of the form home::Thermostat::history=async"));
}

TEST_F(Annotating, LeavesWhatAMacroWrote) {
  EXPECT_THAT(after("#define ASYNC [[rpc::async]]\n" + house("class ", "  ASYNC virtual void ping() = 0;\n"),
                    "--set home::House::ping=maybe"),
              HasSubstr("'rpc::async' comes out of a macro there"));
}

}  // namespace
}  // namespace farcall::test
