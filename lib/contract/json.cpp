#include "contract/json.h"

#include <functional>
#include <set>
#include <stdexcept>
#include <vector>

namespace farcall {
namespace {

using nlohmann::json;

/// Far above anything anybody writes, and far below what a stack holds.
constexpr std::size_t max_depth = 200;

struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What the library does not look at: depth, and keys that are there twice.
class Watcher {
 public:
  bool operator()(int, json::parse_event_t event, const json& parsed) {
    switch (event) {
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start: open(); break;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end: keys_.pop_back(); break;
      case json::parse_event_t::key: add(parsed.get_ref<const std::string&>()); break;
      case json::parse_event_t::value: break;
    }
    return true;
  }

 private:
  void open() {
    if (keys_.size() == max_depth) throw Refused("its values are nested too deep");
    keys_.emplace_back();
  }

  void add(const std::string& key) {
    if (!keys_.back().insert(key).second) throw Refused("an object has '" + key + "' twice");
  }

  std::vector<std::set<std::string>> keys_;  // of the objects that are open
};

/// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …" without what is the
/// library's.
std::string cleaned(std::string text) {
  if (text.starts_with('[')) text.erase(0, text.find(']') + 2);
  for (const std::string& each : {std::string("parse error at "), std::string("syntax error while parsing ")}) {
    if (const std::size_t at = text.find(each); at != std::string::npos) text.erase(at, each.size());
  }
  return text;
}

}  // namespace

ParsedJson parse_json(std::string_view text) {
  Watcher watcher;
  try {
    return {json::parse(text, std::ref(watcher)), ""};
  } catch (const Refused& problem) {
    return {{}, problem.what()};
  } catch (const json::exception& problem) {
    return {{}, cleaned(problem.what())};
  }
}

}  // namespace farcall
