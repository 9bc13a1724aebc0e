// Messages and their sizes and ages, for people and as JSON.
//
//   Table table({"ID", "SIZE"});
//   table.add({"o17", in_bytes(12'345)});       // ID   SIZE
//   std::cout << table.text();                  // o17  12.1 KiB
#pragma once

#include <rpc/queue_control.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace farcall::ctl {

using SystemTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// Columns as wide as what is in them.
class Table {
 public:
  explicit Table(std::vector<std::string> headings) { add(std::move(headings)); }

  /// What others wrote is made printable.
  void add(std::vector<std::string> cells);
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// On one line, whatever is in it.
std::string one_line(std::string_view text);

std::string in_bytes(std::uint64_t bytes);
std::string in_words(std::chrono::milliseconds time);
std::string age_of(SystemTime stored);

/// "2026-01-31T12:00:00.250Z"
nlohmann::ordered_json time_json(SystemTime time);

std::string name_of(rpc::QueueBox box);
nlohmann::ordered_json message_json(const rpc::QueuedMessage& message);

/// On several lines. Bytes that are no UTF-8 are replaced.
std::string dumped(const nlohmann::ordered_json& value);

/// As hexdump -C has it, of some at the beginning.
std::string hexdump(std::string_view bytes);

/// "1 message", "2 messages"
std::string messages(std::uint64_t count);

}  // namespace farcall::ctl
