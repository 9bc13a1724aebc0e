// Reading the frozen contract: values of JSON that know where they are, and refuse what they are not.
//
//   Node(value, "").at("interfaces").elements()[0].at("name").name()
//                                                        // throws Malformed("interfaces[0].name is empty")
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/kinds.h"
#include "model/meaning.h"

namespace farcall {

/// Numbers above this are never given; it leaves room for new ones below the limit of protobuf.
inline constexpr std::int64_t last_number = 500'000'000;

/// What is wrong with the file, with the place in it.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A value of the file that knows where it is.
class Node {
 public:
  using Json = nlohmann::json;

  Node(const Json& value, std::string path) : value_(&value), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw Malformed((path_.empty() ? "the file" : path_) + " " + what);
  }

  void only(std::initializer_list<std::string_view> keys) const {
    for (const auto& [key, value] : object()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) fail("has '" + key + "', which is no key there");
    }
  }
  [[nodiscard]] std::optional<Node> find(const std::string& key) const {
    const auto found = object().find(key);
    if (found == object().end()) return std::nullopt;
    return Node(found->second, path_.empty() ? key : path_ + "." + key);
  }
  [[nodiscard]] Node at(const std::string& key) const {
    std::optional<Node> found = find(key);
    if (!found) fail("has no '" + key + "'");
    return *found;
  }
  [[nodiscard]] std::vector<Node> elements() const {
    if (!value_->is_array()) fail("is no array");
    std::vector<Node> made;
    for (const Json& each : *value_) made.emplace_back(each, path_ + "[" + std::to_string(made.size()) + "]");
    return made;
  }
  [[nodiscard]] const Json::object_t& object() const {
    if (!value_->is_object()) fail("is no object");
    return value_->get_ref<const Json::object_t&>();
  }
  [[nodiscard]] bool is_text() const { return value_->is_string(); }
  [[nodiscard]] bool is_null() const { return value_->is_null(); }
  [[nodiscard]] std::string text() const {
    if (!is_text()) fail("is no string");
    return value_->get<std::string>();
  }
  [[nodiscard]] std::string name() const {
    std::string found = text();
    if (found.empty()) fail("is empty");
    return found;
  }
  [[nodiscard]] bool flag() const {
    if (!value_->is_boolean()) fail("is neither true nor false");
    return value_->get<bool>();
  }
  [[nodiscard]] std::int64_t integer() const {
    if (!value_->is_number_integer()) fail("is no whole number");
    return value_->is_number_unsigned() ? static_cast<std::int64_t>(value_->get<std::uint64_t>())
                                        : value_->get<std::int64_t>();
  }
  [[nodiscard]] std::uint32_t number() const {
    const std::int64_t found = integer();
    if (found < 1 || found > last_number) fail("is not from 1 to " + std::to_string(last_number));
    return static_cast<std::uint32_t>(found);
  }
  /// Of a codec: any unsigned number of 32 bits.
  [[nodiscard]] std::uint32_t version() const {
    const std::int64_t found = integer();
    if (found < 0 || found > std::numeric_limits<std::uint32_t>::max()) fail("is no version of a codec");
    return static_cast<std::uint32_t>(found);
  }
  [[nodiscard]] bool flag(const std::string& key) const {
    const std::optional<Node> found = find(key);
    return found && found->flag();
  }
  template <class Kind>
  [[nodiscard]] Kind kind() const {
    return known(kind_called<Kind>(text()));
  }
  [[nodiscard]] Mode mode() const { return known(mode_called(text())); }
  /// One of a few words.
  template <class Value>
  [[nodiscard]] Value word(std::initializer_list<std::pair<std::string_view, Value>> words) const {
    std::optional<Value> found;
    for (const auto& [spelling, value] : words) {
      if (text() == spelling) found = value;
    }
    return known(found);
  }

 private:
  template <class Value>
  Value known(const std::optional<Value>& found) const {
    if (!found) fail("is '" + text() + "', which this version does not know");
    return *found;
  }

  const Json* value_;
  std::string path_;
};

/// Names and numbers of one scope of the file, each of which may be there once.
class NodeScope {
 public:
  std::uint32_t number(const Node& node) {
    const Node number = node.at("number");
    if (!numbers_.insert(number.number()).second) number.fail("is there twice");
    return number.number();
  }
  std::string name(const Node& node) {
    const Node name = node.at("name");
    if (!names_.insert(name.name()).second) name.fail("is there twice");
    return name.name();
  }

 private:
  std::set<std::uint32_t> numbers_;
  std::set<std::string> names_;
};

}  // namespace farcall
