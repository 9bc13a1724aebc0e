// Sessions of a client with the server, each a text file in test/lsp/sessions:
//
//   == lamp.h            a file, up to the line "=="; with a # in its name it is a text for "@name" alone, no file
//   >> {…}               a message to the server; "jsonrpc" is added. Lines that begin with a blank go on with it
//   << {…}               a message that comes, perhaps with more members; others may come before it
//   !> text              a message that need not be JSON
//   !! …                 what a client does besides, see Session::act
//
// In the JSON, "@lamp.h" is that file's text, "at lamp.h: void ^turn(" the position in it where ^ stands, $DIR the
// folder of the files and $CACHE that of the server's cache.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "driver/tool.h"
#include "lsp/positions.h"
#include "lsp/server_process.h"

namespace farcall::lsp::test {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

class Session {
 public:
  explicit Session(const fs::path& file) : lines_(file) {}

  void run() {
    std::string line;
    while (!testing::Test::HasFatalFailure() && std::getline(lines_, line)) {
      ++number_;
      const std::string mark = line.substr(0, 3);
      if (mark == "== ") read_file(line.substr(3));
      if (mark == ">> ") server().send(message(line.substr(3)));
      if (mark == "<< ") expect(message(line.substr(3)));
      if (mark == "!> ") server().send_text(line.substr(3));
      if (mark == "!! ") act(line.substr(3));
    }
    if (is_finished_) return;
    server().send({{"jsonrpc", "2.0"}, {"id", "end"}, {"method", "shutdown"}});
    EXPECT_TRUE(server().expect({{"id", "end"}}).is_object()) << "the server is gone";
    server().send({{"jsonrpc", "2.0"}, {"method", "exit"}});
    EXPECT_EQ(server().finish(), 0);
  }

 private:
  /// It starts when all files are there.
  ServerProcess& server() {
    if (!server_) server_.emplace(folder_, cache_);
    return *server_;
  }

  void read_file(const std::string& name) {
    std::string text;
    for (std::string line; std::getline(lines_, line) && line != "=="; ++number_) text += line + "\n";
    ++number_;
    if (name.find('#') == std::string::npos) put(name, text);
    texts_[name] = text;
  }

  void put(const std::string& name, const std::string& text) {
    fs::create_directories(fs::path(folder_.path(name)).parent_path());
    folder_.put(name, text);
  }

  /// "lamp.h: void ^turn(", in the first place of the text that is so.
  [[nodiscard]] Json position(const std::string& place) const {
    const std::size_t colon = place.find(": ");
    const std::string& text = texts_.at(place.substr(0, colon));
    std::string found = place.substr(colon + 2);
    const std::size_t caret = found.find('^');
    const std::size_t begin = text.find(found.erase(caret, 1));
    EXPECT_NE(begin, std::string::npos) << "line " << number_ << ": there is no '" << found << "'";
    const Position at = TextLines(text).position_of(static_cast<std::uint32_t>(begin + caret));
    return {{"line", at.line}, {"character", at.character}};
  }

  /// Puts texts and positions in the place of their names.
  void fill_in(Json& json) {
    if (json.is_structured())
      for (Json& each : json) fill_in(each);
    if (!json.is_string()) return;
    if (json.get<std::string>().starts_with("at ")) {
      json = position(json.get<std::string>().substr(3));
      return;
    }
    const auto text = texts_.find(json.get<std::string>().substr(json.get<std::string>().starts_with("@") ? 1 : 0));
    if (json.get<std::string>().starts_with("@") && text != texts_.end()) json = text->second;
  }

  Json message(std::string text) {
    for (std::string line; lines_.peek() == ' ' && std::getline(lines_, line); ++number_) text += line;
    replace_all(text, "$DIR", fs::path(folder_.path("")).parent_path());
    replace_all(text, "$CACHE", fs::path(cache_.path("")).parent_path());
    Json json = Json::parse(text);
    fill_in(json);
    json["jsonrpc"] = "2.0";
    return json;
  }

  void expect(const Json& expected) {
    const Json found = server().expect(expected);
    ASSERT_FALSE(found.is_null()) << "line " << number_ << ": the server is gone, and this never came: " << expected;
    EXPECT_EQ(difference(expected, found), "") << "line " << number_ << ", in " << found.dump(1);
  }

  void act(const std::string& deed) {
    std::istringstream words(deed);
    std::string verb;
    std::string first;
    std::string second;
    words >> verb >> first >> second;
    if (verb == "save") put(first, texts_.at(second));  // as the user does, a text to a file
    if (verb == "read") texts_[first] = folder_.get(first);
    if (verb == "delete") fs::remove(folder_.path(first));
    if (verb == "exists" || verb == "missing") {
      EXPECT_EQ(fs::exists(folder_.path(first)), verb == "exists") << "line " << number_ << ": " << first;
    }
    if (verb == "unchanged") {
      EXPECT_EQ(folder_.get(first), texts_.at(first)) << "line " << number_;
    }
    if (verb == "silent") {
      EXPECT_FALSE(server().has_unexpected(first)) << "line " << number_;
    }
    if (verb == "generate") {
      EXPECT_EQ(farcall::test::run_farcall(folder_, deed).status, 0);
    }
    if (verb == "current") expect_current(deed.substr(verb.size()));
    if (verb == "exit") {
      EXPECT_EQ(server().finish(), std::stoi(first)) << "line " << number_;
      is_finished_ = true;
    }
  }

  /// Whether generated code is, to the byte, what `farcall generate` with these arguments writes.
  void expect_current(const std::string& arguments) {
    const farcall::test::ToolRun run = farcall::test::run_farcall(folder_, "generate --check" + arguments);
    EXPECT_EQ(run.status, 0) << "line " << number_ << ": " << run.out << run.err;
  }

  std::ifstream lines_;
  int number_ = 0;
  std::map<std::string, std::string> texts_;
  Folder folder_;
  Folder cache_;
  std::optional<ServerProcess> server_;
  bool is_finished_ = false;
};

std::vector<std::string> all_sessions() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(FARCALL_SESSIONS)) names.push_back(entry.path().stem());
  std::ranges::sort(names);
  return names;
}

class Sessions : public testing::TestWithParam<std::string> {};

TEST_P(Sessions, Goes) {
  const fs::path file = fs::path(FARCALL_SESSIONS) / (GetParam() + ".session");
  ASSERT_TRUE(fs::exists(file));
  Session(file).run();
}

INSTANTIATE_TEST_SUITE_P(Lsp, Sessions, testing::ValuesIn(all_sessions()), [](const auto& each) { return each.param; });

}  // namespace
}  // namespace farcall::lsp::test
