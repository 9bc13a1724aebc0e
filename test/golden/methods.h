// Every form of method: modes, options, directions, overloads, defaults, qualifiers, inheritance.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bank {

enum class Currency { euro, dollar };

struct Entry {
  std::string text;
  std::int64_t cents = 0;
};

class [[rpc::interface("bank.Ledger"), rpc::timeout("2s")]] Ledger {
 public:
  virtual ~Ledger() = default;

  virtual std::int64_t balance() const = 0;
  virtual const std::string owner() const noexcept = 0;
  [[rpc::idempotent, rpc::timeout("none")]] virtual void settle(std::chrono::seconds patience) = 0;
};

class [[rpc::interface("bank.Account"), rpc::async]] Account : public Ledger {
 public:
  static constexpr int limit = 20;

  /// Adds an entry.
  ///
  /// Answers with its number.
  virtual int add(Entry entry) = 0;
  [[rpc::name("add_many")]] virtual int add(std::vector<Entry>&& entries, const std::string& batch) = 0;

  virtual std::vector<Entry> list(int first = 0, int count = limit, Currency currency = Currency::euro,
                                  const std::string& filter = "") const = 0;

  virtual bool convert([[rpc::in]] Currency& from, Currency to, [[rpc::out]] double& rate, Entry& last) = 0;
  virtual void last([[rpc::out]] Entry& entry) const = 0;
  virtual void touch(int, std::string) = 0;
  virtual void close() = 0;
  [[rpc::maybe]] virtual void seen(const std::string& by) = 0;
  [[rpc::message]] virtual void book(const Entry& entry, std::string_view by) = 0;
  [[rpc::message, rpc::priority(5), rpc::time_to_live("1h")]] virtual void remind() = 0;
  [[rpc::message, rpc::express]] virtual void note(std::string text) = 0;

  [[rpc::local]] virtual int add(const char* text) { return add(Entry{text}); }
};

}  // namespace bank
