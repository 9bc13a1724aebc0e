#include "queue_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "values/text.h"
#include "values/time.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;
using std::chrono::milliseconds;

/// Characters, not bytes.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t to) {
  const std::size_t have = width(text);
  return text + std::string(to > have ? to - have : 0, ' ');
}

}  // namespace

void Table::add(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = one_line(cell);
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string made;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += padded(row[i], widths[i] + 2);
    line.erase(line.find_last_not_of(' ') + 1);
    made += line + "\n";
  }
  return made;
}

std::string one_line(std::string_view text) {
  std::string made = printable(text);
  std::ranges::replace_if(made, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return made;
}

std::string in_bytes(std::uint64_t bytes) {
  constexpr std::array units = {"B", "KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return std::to_string(bytes) + " B";
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < units.size(); ++unit) value /= 1024;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f %s", value, units[unit]);
  return text.data();
}

std::string in_words(milliseconds time) {
  const std::int64_t seconds = std::max<std::int64_t>(time.count() / 1000, 0);
  if (seconds < 120) return std::to_string(seconds) + " s";
  if (seconds < 2 * 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 2 * 86400) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / 86400) + " d";
}

std::string age_of(SystemTime stored) {
  return in_words(std::chrono::floor<milliseconds>(std::chrono::system_clock::now()) - stored);
}

ordered_json time_json(SystemTime time) {
  const TimePointOf type{"std::chrono::system_clock", {Scalar::int64, 1, 1000}};
  return to_json(type, Number{zigzag(time.time_since_epoch().count())}, Place());
}

std::string name_of(rpc::QueueBox box) {
  switch (box) {
    case rpc::QueueBox::outbox: return "outbox";
    case rpc::QueueBox::inbox: return "inbox";
    case rpc::QueueBox::broker: return "broker";
  }
  return "";
}

ordered_json message_json(const rpc::QueuedMessage& message) {
  ordered_json made = {{"id", message.id},
                       {"box", name_of(message.box)},
                       {"state", message.dead ? "dead" : "waiting"},
                       {"interface", message.interface},
                       {"method", message.method},
                       {message.box == rpc::QueueBox::outbox ? "to" : "from", message.peer},
                       {"priority", message.priority},
                       {"bytes", message.bytes},
                       {"attempts", message.attempts},
                       {"stored", time_json(message.stored)},
                       {"expires", message.expires ? time_json(*message.expires) : ordered_json()}};
  if (message.dead) made["reason"] = message.reason;
  return made;
}

std::string dumped(const ordered_json& value) {
  return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string hexdump(std::string_view bytes) {
  constexpr std::size_t most = 512;
  std::string made;
  for (std::size_t line = 0; line < std::min(bytes.size(), most); line += 16) {
    std::array<char, 24> place{};
    std::snprintf(place.data(), place.size(), "  %08zx ", line);
    std::string hex = place.data();
    std::string text;
    for (const char c : bytes.substr(line, 16)) {
      std::snprintf(place.data(), place.size(), " %02x", static_cast<unsigned char>(c));
      hex += place.data();
      text += c >= ' ' && c <= '~' ? c : '.';
    }
    made += padded(hex, 59) + "  |" + text + "|\n";
  }
  if (bytes.size() > most) made += "  … and " + in_bytes(bytes.size() - most) + " more: --json prints all of it\n";
  return made;
}

std::string messages(std::uint64_t count) { return std::to_string(count) + (count == 1 ? " message" : " messages"); }

}  // namespace farcall::ctl
