// Whatever is typed in whatever order, the server ends up saying what a new one says about the same texts.
// FARCALL_LSP_SEED=n repeats a run.

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/server_process.h"

namespace farcall::lsp::test {
namespace {

/// What lines of a header are exchanged for: right and wrong ones, and some that no compiler takes.
constexpr std::array<std::string_view, 18> lines = {
    "  [[rpc::maybe]] virtual int ping() = 0;",
    "  [[rpc::maybe]] virtual void ping() = 0;  // ü 😀",
    "  [[rpc::async]] virtual int /* größer */ history(int days) = 0;",
    "  [[rpc::message, rpc::priority(9)]] virtual void record(const Reading& reading) = 0;",
    "  virtual long size() = 0;",
    "  virtual void fill(int* numbers) = 0;",
    "  virtual Reading last() = 0;",
    "  [[rpc::asinc]] virtual void misspelt() = 0;",
    "  virtual void ping(int twice) = 0;",
    "  [[async]] virtual void without_scope() = 0;",
    "  virtual void broken(",
    "};",
    "",
    "  // 😀 [[rpc::async]]",
    "  [[rpc::timeout(\"soon\")]] virtual void later() = 0;",
    "  void* raw;",
    "  const int fixed = 0;",
    "  int number = 0;",
};

constexpr const char* lamp = R"(#pragma once
#include "reading.h"
// ü
class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  virtual void turn(bool on) = 0;
  virtual Reading read() = 0;
};
)";

constexpr const char* reading = R"(#pragma once
struct Reading {
  double celsius = 0;
  int at = 0;
};
)";

// 10 000 edits, each round of which is compared with what a new server says. Now and then somebody waits to see.
constexpr int rounds = 250;
constexpr int edits_a_round = 40;
constexpr std::size_t pause = 12;

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts{""};
  for (const char each : text) {
    parts.back() += each;
    if (each == '\n') parts.emplace_back();
  }
  return parts;
}

class Typist {
 public:
  explicit Typist(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

  /// One line of it is another one, one more or one less, or has lost a few letters.
  std::string edited(const std::string& text) {
    std::vector<std::string> parts = split(text);
    const std::size_t at = below(parts.size());
    const std::string line = std::string(lines[below(lines.size())]) + "\n";
    switch (below(4)) {
      case 0: parts[at] = line; break;
      case 1: parts[at] += line; break;
      case 2: parts[at].clear(); break;
      default: parts[at] = parts[at].substr(0, below(parts[at].size() + 1)) + "\n"; break;
    }
    std::string made;
    for (const std::string& each : parts) made += each;
    return valid(made);
  }

 private:
  /// What is cut in the middle of a character is no text that a client could send.
  static std::string valid(const std::string& text) {
    const std::string dumped = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    return Json::parse(dumped).get<std::string>();
  }

  std::mt19937 random_;
};

class Editor {
 public:
  Editor(const Folder& folder, const Folder& cache, const std::map<std::string, std::string>& texts)
      : folder_(folder), server_(folder, cache), texts_(texts) {
    const Json capabilities = {{"textDocument", {{"publishDiagnostics", {{"relatedInformation", true}}}}}};
    server_.send(
        {{"jsonrpc", "2.0"}, {"id", "start"}, {"method", "initialize"}, {"params", {{"capabilities", capabilities}}}});
    for (const auto& [name, text] : texts_)
      notify("didOpen",
             {{"textDocument", {{"uri", uri(name)}, {"version", 0}, {"languageId", "cpp"}, {"text", text}}}});
  }

  void change(const std::string& name, const std::string& text) {
    texts_[name] = text;
    notify("didChange", {{"textDocument", {{"uri", uri(name)}, {"version", ++version_}}},
                         {"contentChanges", Json::array({{{"text", text}}})}});
  }

  /// Of a document, when everything that was sent has been looked at.
  Json diagnostics(const std::string& name) {
    const std::string id = "wait " + std::to_string(++asked_);
    server_.send({{"jsonrpc", "2.0"},
                  {"id", id},
                  {"method", "textDocument/documentSymbol"},
                  {"params", {{"textDocument", {{"uri", uri(name)}}}}}});
    if (server_.expect({{"id", id}}).is_null()) return "the server is gone";
    const Json last =
        server_.last_unexpected({{"method", "textDocument/publishDiagnostics"}, {"params", {{"uri", uri(name)}}}});
    return last.is_null() ? last : last["params"]["diagnostics"];
  }

  [[nodiscard]] const std::map<std::string, std::string>& texts() const { return texts_; }

 private:
  [[nodiscard]] std::string uri(const std::string& name) const {
    return "file://" + (std::filesystem::path(folder_.path("")) / name).string();
  }

  void notify(const std::string& what, const Json& params) {
    server_.send({{"jsonrpc", "2.0"}, {"method", "textDocument/" + what}, {"params", params}});
  }

  const Folder& folder_;
  ServerProcess server_;
  std::map<std::string, std::string> texts_;
  int version_ = 0;
  int asked_ = 0;
};

TEST(Edits, LeaveNothingBehind) {
  const char* const given = std::getenv("FARCALL_LSP_SEED");
  const auto seed = given == nullptr ? std::random_device{}() : static_cast<unsigned>(std::strtoul(given, nullptr, 10));
  SCOPED_TRACE("FARCALL_LSP_SEED=" + std::to_string(seed));
  std::printf("FARCALL_LSP_SEED=%u\n", seed);
  const Folder folder;
  const Folder cache;
  folder.put("lamp.h", lamp);
  folder.put("reading.h", reading);
  Typist typist(seed);
  Editor editor(folder, cache, {{"lamp.h", lamp}, {"reading.h", reading}});
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < edits_a_round; ++i) {
      const std::string name = typist.below(3) == 0 ? "reading.h" : "lamp.h";
      const bool starts_again = typist.below(6) == 0;
      const std::string original = name == "lamp.h" ? lamp : reading;
      editor.change(name, starts_again ? original : typist.edited(editor.texts().at(name)));
      // Most come too fast to be looked at one by one.
      if (typist.below(pause) == 0) static_cast<void>(editor.diagnostics(name));
    }
    Editor fresh(folder, cache, editor.texts());
    for (const char* name : {"lamp.h", "reading.h"})
      ASSERT_EQ(editor.diagnostics(name), fresh.diagnostics(name)) << "round " << round << "\nlamp.h:\n"
                                                                   << editor.texts().at("lamp.h") << "\nreading.h:\n"
                                                                   << editor.texts().at("reading.h");
  }
}

}  // namespace
}  // namespace farcall::lsp::test
