// A key-value store: bytes, pages of a template, transactions as variants, compare-and-swap with an output.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "page.h"

namespace kv {

using Key = std::string;
using Bytes = std::vector<std::byte>;

struct Entry {
  Bytes value;
  std::uint64_t revision = 0;
  std::optional<std::chrono::milliseconds> time_to_live;
  bool operator==(const Entry&) const = default;
};

struct Put {
  Key key;
  Bytes value;
};

struct Erase {
  Key key;
};

/// The transaction fails unless the key has this revision; 0: unless it is missing.
struct Expect {
  Key key;
  std::uint64_t revision = 0;
};

using Step = std::variant<Expect, Put, Erase>;

struct Committed {
  std::uint64_t revision = 0;
};

struct Conflict {
  std::uint64_t step = 0;
  std::optional<Entry> found;
};

class [[rpc::interface("kv.Store")]] Store {
 public:
  virtual ~Store() = default;

  [[nodiscard, rpc::idempotent]] virtual std::optional<Entry> get(const Key& key) const = 0;
  virtual std::uint64_t put(Key key, Bytes value, std::optional<std::chrono::milliseconds> time_to_live = {}) = 0;
  virtual bool compare_and_swap(const Key& key, std::uint64_t revision, Entry& entry) = 0;
  [[nodiscard]] virtual common::Page<std::pair<Key, Entry>> scan(const std::string& prefix, std::uint32_t limit,
                                                                 const std::string& from = "") const = 0;
  virtual std::variant<Committed, Conflict> transact(const std::vector<Step>& steps) = 0;
  [[rpc::maybe]] virtual void touch(const Key& key) = 0;
};

}  // namespace kv
