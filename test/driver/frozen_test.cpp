// The frozen contract: written, read back, followed, and what it forbids. And what others make of it.

#include "driver/frozen_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Names = std::set<std::string>;

constexpr const char* station = R"(#pragma once
#include <cstdint>
struct Sample { std::int32_t celsius; std::int32_t humidity; };
class [[rpc::interface]] Station {
 public:
  virtual ~Station() = default;
  virtual Sample last(int days) = 0;
  virtual void reset() = 0;
};
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

bool shell(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

class FrozenContract : public testing::Test {
 protected:
  FrozenContract() { folder.put("station.h", station); }
  [[nodiscard]] ToolRun generate(const std::string& arguments) const {
    return run_farcall(folder, "generate station.h " + arguments);
  }
  [[nodiscard]] ToolRun compat(const std::string& arguments) const {
    return run_farcall(folder, "compat station.h " + arguments);
  }

  Folder folder;
};

TEST_F(FrozenContract, IsMadeOnlyWhenAskedForAndKeptUpToDateThen) {
  ASSERT_EQ(generate("").status, 0);
  EXPECT_EQ(folder.names(), (Names{"station.h", "station.rpc.h", "station.rpc.cpp"}));
  ASSERT_EQ(generate("--freeze").status, 0);
  const std::string first = folder.get("station.rpc.json");
  EXPECT_THAT(first, HasSubstr(R"({"name": "humidity", "number": 2, "cpp_name": "humidity", "type": "int32")"));

  folder.put("station.h",
             replaced(station, "std::int32_t celsius; std::int32_t humidity;", "bool valid; std::int32_t humidity;"));
  const ToolRun checked = generate("--check");
  EXPECT_EQ(checked.status, 1);
  EXPECT_THAT(checked.out, HasSubstr("+++ station.rpc.json"));
  EXPECT_EQ(folder.get("station.rpc.json"), first);

  ASSERT_EQ(generate("").status, 0);
  const std::string second = folder.get("station.rpc.json");
  EXPECT_THAT(second, HasSubstr(R"({"name": "valid", "number": 3,)"));
  EXPECT_THAT(second, HasSubstr(R"({"name": "humidity", "number": 2,)"));
  EXPECT_THAT(second, HasSubstr("\"removed\": [\n        {\"name\": \"celsius\", \"number\": 1}"));
  EXPECT_THAT(generate("--print=plan").out, HasSubstr("tag 3  value.valid: bool\n"));
  EXPECT_EQ(generate("--check").status, 0);
}

TEST_F(FrozenContract, IsFoundBesideTheHeaderInTheOutDirOrWhereTheOptionSays) {
  ASSERT_EQ(generate("--out-dir=gen --emit=json,proto").status, 0);
  EXPECT_EQ(folder.names(), (Names{"station.h", "gen"}));
  EXPECT_TRUE(std::filesystem::exists(folder.path("gen/station.proto")));
  ASSERT_EQ(generate("--contract=kept.json --emit=json").status, 0);
  EXPECT_EQ(folder.names(), (Names{"station.h", "gen", "kept.json"}));
  EXPECT_EQ(folder.get("kept.json"), folder.get("gen/station.rpc.json"));
  folder.put("station.h", replaced(station, "std::int32_t humidity;", "bool humidity;"));
  EXPECT_EQ(generate("--contract=kept.json").status, 1);
  EXPECT_EQ(generate("--out-dir=gen").status, 1);
  EXPECT_EQ(generate("").status, 0);
}

TEST_F(FrozenContract, IsNotBrokenUnlessThatIsAccepted) {
  ASSERT_EQ(generate("--freeze").status, 0);
  const std::string promised = folder.get("station.rpc.json");
  folder.put("station.h", replaced(station, "std::int32_t humidity", "std::int16_t humidity"));
  const ToolRun refused = generate("");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(
      refused.err,
      HasSubstr("station.h:3:52: error: field 'humidity' of 'Sample': 'std::int32_t' became "
                "'std::int16_t', which breaks programs of earlier versions: a new end refuses values that do not "
                "fit any more [breaking-change]"));
  EXPECT_THAT(refused.err, HasSubstr("note: keep the type and add another field beside it; or accept"));
  EXPECT_EQ(folder.get("station.rpc.json"), promised);

  folder.put("station.h", "#pragma once\n");
  EXPECT_THAT(generate("").err, HasSubstr("station.h:1:1: error: interface 'Station' is gone, which breaks"));
  folder.put("station.h", replaced(station, "std::int32_t humidity", "std::int16_t humidity"));
  ASSERT_EQ(generate("--accept-breaking").status, 0);
  EXPECT_THAT(
      folder.get("station.rpc.json"),
      HasSubstr("\"accepted\": [\n    \"field 'humidity' of 'Sample': 'std::int32_t' became 'std::int16_t'\"\n  ]"));
  EXPECT_EQ(generate("").status, 0);
  EXPECT_THAT(folder.get("station.rpc.json"), HasSubstr("\"accepted\""));
}

TEST_F(FrozenContract, CanBeAPrerequisiteButIsNoTarget) {
  ASSERT_EQ(generate("--freeze").status, 0);
  ASSERT_EQ(generate("--depfile=d").status, 0);
  const std::string rule = folder.get("d");
  EXPECT_LT(rule.find(':'), rule.find("station.rpc.json"));
  EXPECT_THAT(rule, HasSubstr("station.rpc.json"));
}

struct Broken {
  const char* from;
  const char* to;
  const char* problem;
};

TEST_F(FrozenContract, ThatIsBrokenIsExplained) {
  ASSERT_EQ(generate("--freeze").status, 0);
  const std::string good = folder.get("station.rpc.json");
  const Broken cases[] = {
      {"\"format\": 1", "\"format\": 2", "written by a newer Farcall (format 2, this one knows 1): update farcall"},
      {"\"format\": 1", "\"format\": 0", "format is no format of a frozen contract"},
      {"\"format\": 1,", "", "the file has no 'format'"},
      {"\"records\"", "\"record\"", "the file has 'record', which is no key there"},
      {"\"number\": 2", "\"number\": 1", "is there twice"},
      {"\"number\": 2", "\"number\": 0", ".number is not from 1 to 500000000"},
      {"\"number\": 2", "\"number\": 2.5", ".number is no whole number"},
      {"\"int32\"", "\"int33\"", "is 'int33', which this version does not know"},
      {"{\"record\": \"Sample\"}", "{\"record\": \"Simple\"}",
       "interfaces[0].methods[0].result.type.record names a record that is not in the file"},
      {"\"humidity\"", "\"celsius\"", "records[0].fields[1].name is there twice"},
      {"\"mode\": \"call\"", "\"mode\": \"cull\"", "interfaces[0].methods[0].mode is 'cull'"},
      {"{", "[", "station.rpc.json' is no frozen contract: "},
  };
  for (const Broken& each : cases) {
    const ReadFrozen read = read_frozen(replaced(good, each.from, each.to));
    EXPECT_FALSE(read.frozen) << each.to;
    if (std::string(each.from) != "{") {
      EXPECT_THAT(read.problem, HasSubstr(each.problem));
    }
  }
  EXPECT_EQ(read_frozen(std::string(100'000, '[')).problem, "its values are nested too deep");
  folder.put("station.rpc.json", replaced(good, "\"format\": 1", "\"format\": 2"));
  const ToolRun newer = generate("");
  EXPECT_EQ(newer.status, 2);
  EXPECT_THAT(newer.err,
              HasSubstr("farcall: error: 'station.rpc.json' is no frozen contract: it was written by a newer"));
}

TEST_F(FrozenContract, FollowsItsSchema) {
  std::string files;
  for (const char* name : {"methods", "own", "pointers", "records", "scopes", "sums", "thermostat", "values"}) {
    const std::string header = std::string(FARCALL_GOLDEN) + "/" + name + ".h -- -std=c++20 -I" FARCALL_RUNTIME;
    ASSERT_EQ(run_farcall(folder, "generate --quiet --emit=json --out-dir=. " + header).status, 0) << name;
    files += " '" + folder.path(std::string(name) + ".rpc.json") + "'";
  }
  const std::string validate = "python3 " FARCALL_VALIDATE " " FARCALL_DOCS "/contract.schema.json ";
  EXPECT_EQ(std::system((validate + files).c_str()), 0);
  folder.put("bad.json", R"({"format": 1, "header": "x", "interfaces": [], "records": [{"name": ""}], "enums": []})");
  EXPECT_FALSE(shell(validate + folder.path("bad.json")));
}

TEST_F(FrozenContract, AsProtoIsAcceptedByProtoc) {
  if (!shell("protoc --version")) GTEST_SKIP() << "protobuf-compiler is not installed";
  for (const char* name : {"methods", "own", "pointers", "records", "scopes", "sums", "thermostat", "values"}) {
    const std::string header = std::string(FARCALL_GOLDEN) + "/" + name + ".h -- -std=c++20 -I" FARCALL_RUNTIME;
    ASSERT_EQ(run_farcall(folder, "generate --quiet --emit=proto --out-dir=. " + header).status, 0) << name;
    const std::string file = std::string(name) + ".proto";
    EXPECT_EQ(std::system(("cd " + folder.path() + " && protoc -o /dev/null " + file).c_str()), 0) << folder.get(file);
  }
  ASSERT_EQ(generate("--freeze").status, 0);
  folder.put("station.h", replaced(station, "std::int32_t celsius;", ""));
  ASSERT_EQ(generate("--emit=proto").status, 0);
  const std::string proto = folder.get("station.proto");
  EXPECT_THAT(proto, HasSubstr("message Sample {\n  optional sint32 humidity = 2;\n  reserved 1;  // celsius\n}\n"));
  EXPECT_THAT(proto, HasSubstr("service Station {\n  rpc last(StationLastRequest) returns (StationLastReply);\n"));
  EXPECT_EQ(std::system(("cd " + folder.path() + " && protoc -o /dev/null station.proto").c_str()), 0) << proto;
}

TEST_F(FrozenContract, IsComparedToAFile) {
  ASSERT_EQ(generate("--emit=json --contract=old.json").status, 0);
  const ToolRun same = compat("--against=old.json");
  EXPECT_EQ(same.status, 0);
  EXPECT_EQ(same.out + same.err, "");

  folder.put("station.h", replaced(station, "  virtual void reset() = 0;\n", "  virtual void stop() = 0;\n"));
  const ToolRun broken = compat("--against=old.json");
  EXPECT_EQ(broken.status, 1);
  EXPECT_EQ(broken.out, R"(station.h:8:16: compatible: method 'stop' is new: old servers answer it with 'unimplemented'
station.h:4:26: breaking: method 'reset' of 'Station' is gone: calls of old clients fail with 'unimplemented'
station.h:4:26: note: keep it until no client calls it; if it has another C++ name now, [[rpc::name("reset")]] keeps this one
)");
  const ToolRun json = compat("--against=old.json --format=json --level=source");
  EXPECT_EQ(json.status, 1);
  EXPECT_THAT(json.out, HasSubstr(R"({"breaking": true, "text": "method 'stop' is new",)"));
  EXPECT_THAT(json.out, HasSubstr(R"("file": "station.h", "line": 8, "column": 16})"));
}

TEST_F(FrozenContract, IsComparedToARevision) {
  folder.put("unit.h", "#pragma once\n#include <cstdint>\nusing Level = std::int64_t;\n");
  const std::string with_unit = replaced(station, "#include <cstdint>\n", "#include \"unit.h\"\n");
  folder.put("station.h", replaced(with_unit, "std::int32_t humidity", "Level humidity"));
  const std::string git = "cd '" + folder.path() + "' && git -c user.name=x -c user.email=x@x ";
  ASSERT_TRUE(shell(git + "init -q && git add . && git -c user.name=x -c user.email=x@x commit -qm one"));
  folder.put("unit.h", "#pragma once\n#include <cstdint>\nusing Level = std::int32_t;\n");
  const ToolRun header = compat("--against=HEAD");
  EXPECT_EQ(header.status, 1) << header.err;
  EXPECT_THAT(header.out, HasSubstr("breaking: field 'humidity' of 'Sample': 'int64' became 'int32'"));

  folder.put("station.h", station);
  ASSERT_EQ(generate("--emit=json").status, 0);
  ASSERT_TRUE(shell(git + "add . && git -c user.name=x -c user.email=x@x commit -qm two"));
  folder.put("station.h", replaced(station, "std::int32_t celsius; std::int32_t humidity;",
                                   "std::int32_t humidity; std::int32_t celsius;"));
  EXPECT_EQ(compat("--against=HEAD").status, 0);
  std::filesystem::remove(folder.path("station.rpc.json"));
  EXPECT_EQ(compat("--against=HEAD").status, 1) << "the numbers have moved";
}

TEST_F(FrozenContract, IsNotComparedToNothing) {
  const ToolRun unknown = compat("--against=v9");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("'v9' is neither a file nor a revision of git"));
  EXPECT_EQ(compat("").status, 2);
  EXPECT_EQ(compat("--against=-x").status, 2);
  folder.put("old.h", "class [[rpc::interface]] Station { public: virtual void* last() = 0; };\n");
  const ToolRun wrong = compat("--against=old.h");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("'old.h' cannot be compared before its errors are gone"));
}

}  // namespace
}  // namespace farcall::test
