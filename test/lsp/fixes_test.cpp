// Every quick fix and every other mode of the headers of test/rules, applied as a client applies it: in UTF-16, behind
// text that is not ASCII. The header can be read afterwards, and has one finding of the rule less, or no error more.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "lsp/server_process.h"

namespace farcall::lsp::test {
namespace {

namespace fs = std::filesystem;

std::u16string to_utf16(const std::string& text) {
  std::u16string made;
  for (std::size_t at = 0; at < text.size();) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t code = bytes == 1 ? first : first & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    if (code >= 0x10000) {
      made += static_cast<char16_t>(0xD800 + ((code - 0x10000) >> 10U));
      code = 0xDC00 + ((code - 0x10000) & 0x3FFU);
    }
    made += static_cast<char16_t>(code);
    at += bytes;
  }
  return made;
}

/// The place in an array of UTF-16 units.
std::size_t index_of(const std::u16string& text, const Json& position) {
  std::size_t begin = 0;
  for (int line = position["line"]; line > 0; --line) begin = text.find(u'\n', begin) + 1;
  return begin + position["character"].get<std::size_t>();
}

/// JSON does the way back: a surrogate pair is two escapes.
std::string to_utf8(const std::u16string& text) {
  std::string escaped = "\"";
  for (const char16_t unit : text) {
    char digits[8];
    std::snprintf(digits, sizeof digits, "\\u%04x", static_cast<unsigned>(unit));
    escaped += digits;
  }
  return Json::parse(escaped + "\"").get<std::string>();
}

std::string apply(const Json& given, const std::string& text) {
  std::vector<Json> edits(given.begin(), given.end());
  const std::u16string units = to_utf16(text);
  std::ranges::stable_sort(edits, {}, [&](const Json& each) { return index_of(units, each["range"]["start"]); });
  std::u16string made;
  std::size_t done = 0;
  for (const Json& each : edits) {
    const std::size_t begin = index_of(units, each["range"]["start"]);
    made += units.substr(done, begin - done) + to_utf16(each["newText"]);
    done = index_of(units, each["range"]["end"]);
  }
  return to_utf8(made + units.substr(done));
}

std::string with_text_before_places(std::string text) {
  const std::string place = "virtual ";
  const std::string before = "/* 😀ü */ ";
  for (std::size_t at = text.find(place); at != std::string::npos;
       at = text.find(place, at + before.size() + place.size()))
    text.insert(at, before);
  return text;
}

class Fixes : public testing::Test {
 protected:
  Fixes() {
    server_.send(
        {{"jsonrpc", "2.0"},
         {"id", "start"},
         {"method", "initialize"},
         {"params",
          {{"capabilities", {{"textDocument", {{"codeAction", {{"codeActionLiteralSupport", Json::object()}}}}}}},
           {"initializationOptions", {{"checkGenerated", false}}}}}});
  }

  void notify(const std::string& what, const Json& params) {
    server_.send({{"jsonrpc", "2.0"}, {"method", "textDocument/" + what}, {"params", params}});
  }

  Json diagnostics(const std::string& uri) {
    const Json params = {{"uri", uri}, {"version", version_}};
    return server_.expect({{"method", "textDocument/publishDiagnostics"}, {"params", params}})["params"]["diagnostics"];
  }

  Json change(const std::string& uri, const std::string& text) {
    notify("didChange", {{"textDocument", {{"uri", uri}, {"version", ++version_}}},
                         {"contentChanges", Json::array({{{"text", text}}})}});
    return diagnostics(uri);
  }

  Json actions(const std::string& uri, const char* kind) {
    const Json everywhere = {{"start", {{"line", 0}, {"character", 0}}}, {"end", {{"line", 9999}, {"character", 0}}}};
    server_.send(
        {{"jsonrpc", "2.0"},
         {"id", ++asked_},
         {"method", "textDocument/codeAction"},
         {"params", {{"textDocument", {{"uri", uri}}}, {"range", everywhere}, {"context", {{"only", {kind}}}}}}});
    return server_.expect({{"id", asked_}})["result"];
  }

  /// Tries all actions of a kind and counts them. `count` finds in diagnostics what there must be less of, or not more.
  template <class Count>
  std::size_t try_all(const std::string& name, const std::string& text, const char* kind, Count count) {
    const std::string uri = "file://" + (fs::path(folder_.path("")) / name).string();
    folder_.put(name, text);
    notify("didOpen", {{"textDocument", {{"uri", uri}, {"version", ++version_}, {"text", text}}}});
    const Json before = diagnostics(uri);
    const Json offered = actions(uri, kind);
    for (const Json& action : offered) {
      const std::string made = apply(action["edit"]["changes"][uri], text);
      const Json after = change(uri, made);
      EXPECT_LE(count(action, after), count(action, before) - (action.contains("diagnostics") ? 1 : 0))
          << name << ": " << action["title"] << "\n"
          << made << after.dump(1);
      EXPECT_EQ(after.dump().find("unreadable-header"), std::string::npos) << name << ": " << made;
    }
    notify("didClose", {{"textDocument", {{"uri", uri}}}});
    return offered.size();
  }

  template <class Count>
  std::size_t try_folder(const fs::path& folder, const char* kind, Count count) {
    std::size_t tried = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() != ".h") continue;
      std::ifstream file(entry.path());
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      // What includes the standard library takes long, and has no other kinds of edits.
      if (text.find("#include <") == std::string::npos)
        tried += try_all(entry.path().filename(), with_text_before_places(text), kind, count);
    }
    return tried;
  }

  Folder folder_;
  Folder cache_;
  ServerProcess server_{folder_, cache_};
  int version_ = 0;
  int asked_ = 0;
};

TEST_F(Fixes, ResolveTheirFindings) {
  const auto of_its_rule = [](const Json& action, const Json& all) {
    return std::ranges::count_if(all,
                                 [&](const Json& each) { return each["code"] == action["diagnostics"][0]["code"]; });
  };
  EXPECT_GT(try_folder(FARCALL_RULES, "quickfix", of_its_rule), 50U);
}

TEST_F(Fixes, OfModesMakeNoErrors) {
  const auto errors = [](const Json&, const Json& all) {
    return std::ranges::count_if(all, [](const Json& each) { return each["severity"] == 1; });
  };
  EXPECT_GT(try_folder(FARCALL_RULES, "refactor.rewrite", errors), 50U);
  EXPECT_GT(try_folder(fs::path(FARCALL_RULES) / "near", "refactor.rewrite", errors), 50U);
}

}  // namespace
}  // namespace farcall::lsp::test
