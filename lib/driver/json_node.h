// Reading the frozen contract: values of JSON that know where they are, and refuse what they are not.
//
//   Node(*value, "").at("interfaces").elements()[0].at("name").name()      // throws Malformed("interfaces[0].name is
//   empty")
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <llvm/Support/JSON.h>

#include "model/kinds.h"

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
  Node(const llvm::json::Value& value, std::string path) : value_(&value), path_(std::move(path)) {}

  [[noreturn]] void fail(const std::string& what) const {
    throw Malformed((path_.empty() ? "the file" : path_) + " " + what);
  }

  void only(std::initializer_list<llvm::StringRef> keys) const {
    for (const auto& member : object()) {
      if (!llvm::is_contained(keys, llvm::StringRef(member.first)))
        fail("has '" + member.first.str() + "', which is no key there");
    }
  }
  [[nodiscard]] std::optional<Node> find(llvm::StringRef key) const {
    const llvm::json::Value* value = object().get(key);
    if (value == nullptr) return std::nullopt;
    return Node(*value, path_.empty() ? key.str() : path_ + "." + key.str());
  }
  [[nodiscard]] Node at(llvm::StringRef key) const {
    std::optional<Node> found = find(key);
    if (!found) fail("has no '" + key.str() + "'");
    return *found;
  }
  [[nodiscard]] std::vector<Node> elements() const {
    const llvm::json::Array* array = value_->getAsArray();
    if (array == nullptr) fail("is no array");
    std::vector<Node> made;
    for (const llvm::json::Value& each : *array)
      made.emplace_back(each, path_ + "[" + std::to_string(made.size()) + "]");
    return made;
  }
  [[nodiscard]] const llvm::json::Object& object() const {
    const llvm::json::Object* found = value_->getAsObject();
    if (found == nullptr) fail("is no object");
    return *found;
  }
  [[nodiscard]] bool is_text() const { return value_->getAsString().has_value(); }
  [[nodiscard]] bool is_null() const { return value_->getAsNull().has_value(); }
  [[nodiscard]] std::string text() const {
    const auto found = value_->getAsString();
    if (!found) fail("is no string");
    return found->str();
  }
  [[nodiscard]] std::string name() const {
    std::string found = text();
    if (found.empty()) fail("is empty");
    return found;
  }
  [[nodiscard]] bool flag() const {
    const auto found = value_->getAsBoolean();
    if (!found) fail("is neither true nor false");
    return *found;
  }
  [[nodiscard]] std::int64_t integer() const {
    if (const auto large = value_->getAsUINT64()) return static_cast<std::int64_t>(*large);
    const auto found = value_->getAsInteger();
    if (!found) fail("is no whole number");
    return *found;
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
  [[nodiscard]] bool flag(llvm::StringRef key) const {
    const std::optional<Node> found = find(key);
    return found && found->flag();
  }
  template <class Kind>
  [[nodiscard]] Kind kind() const {
    const std::optional<Kind> found = kind_called<Kind>(text());
    if (!found) fail("is '" + text() + "', which this version does not know");
    return *found;
  }
  /// One of a few words.
  template <class Value>
  [[nodiscard]] Value word(std::initializer_list<std::pair<llvm::StringRef, Value>> words) const {
    for (const auto& [spelling, value] : words) {
      if (text() == spelling) return value;
    }
    fail("is '" + text() + "', which this version does not know");
  }

 private:
  const llvm::json::Value* value_;
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
