#include "queue/survey.h"

#include "net/broker.h"
#include "queue/selection.h"

#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <utility>

namespace rpc::queue {

namespace {

using std::chrono::milliseconds;
using SystemTime = std::chrono::sys_time<milliseconds>;

struct Part {
  QueueBox box;
  bool dead;
};
constexpr std::array<Part, 4> parts = {
    {{QueueBox::outbox, false}, {QueueBox::outbox, true}, {QueueBox::inbox, false}, {QueueBox::inbox, true}}};

/// Numbers with one character between them, and nothing else.
bool read_numbers(std::string_view text, char between, std::span<std::uint64_t> numbers) {
  const char* at = text.data();
  const char* const end = at + text.size();
  for (std::uint64_t& number : numbers) {
    if (&number != numbers.data()) {
      if (at == end || *at != between) return false;
      ++at;
    }
    const auto [rest, error] = std::from_chars(at, end, number);
    if (error != std::errc{} || number >> 63 != 0) return false;
    at = rest;
  }
  return at == end;
}

/// Where a page ended: a part, and the last position in it.
struct Cursor {
  std::size_t part = 0;
  Position at;
};

std::string text_of(const Cursor& cursor) {
  return std::to_string(cursor.part) + ":" + std::to_string(cursor.at.lane) + ":" + std::to_string(cursor.at.rank) +
         ":" + std::to_string(cursor.at.sequence);
}

Cursor cursor_of(const std::string& text) {
  std::array<std::uint64_t, 4> numbers{};
  if (text.empty()) return {};
  if (!read_numbers(text, ':', numbers) || numbers[0] >= parts.size())
    throw Error(Code::malformed, "'" + text + "' is nowhere where a page of messages ended");
  return {.part = numbers[0],
          .at = {static_cast<std::int64_t>(numbers[1]), static_cast<std::int64_t>(numbers[2]), numbers[3]}};
}

}  // namespace

Survey::Survey(Core& core) : outbox_(core.database(), "outbox"), inbox_(core.database(), "inbox") {
  for (const QueueBox box : {QueueBox::outbox, QueueBox::inbox}) {
    core.box(box).each([&](Lane& lane) {
      if (lane.durable) lanes_[{box, lane.id}] = &lane;
    });
  }
}

std::string Survey::each(const std::string& after, std::size_t most,
                         const std::function<bool(QueueBox box, const Row& row)>& use) {
  Cursor cursor = cursor_of(after);
  for (; cursor.part < parts.size(); cursor = {.part = cursor.part + 1, .at = {}}) {
    const Part part = parts[cursor.part];
    bool ended = false;
    rows(part.box).scan(part.dead, cursor.at, [&](const Row& row) {
      cursor.at = row.at;
      ended = !use(part.box, row) || --most == 0;
      return !ended;
    });
    if (ended) return text_of(cursor);
  }
  return "";
}

std::string Survey::id_of(QueueBox box, const Position& at) {
  return box == QueueBox::outbox ? "o" + std::to_string(at.sequence)
                                 : "i" + std::to_string(at.lane) + "." + std::to_string(at.sequence);
}

std::optional<Survey::Found> Survey::find(const std::string& id) {
  std::array<std::uint64_t, 2> numbers{};
  const std::string_view text = std::string_view(id).substr(id.empty() ? 0 : 1);
  const bool outbox = id.starts_with('o') && read_numbers(text, '.', std::span(numbers).subspan(1));
  const bool inbox = id.starts_with('i') && read_numbers(text, '.', numbers) && numbers[0] != 0;
  if (!outbox && !inbox) return std::nullopt;
  const QueueBox box = outbox ? QueueBox::outbox : QueueBox::inbox;
  std::optional<Row> row = rows(box).find(static_cast<std::int64_t>(numbers[0]), numbers[1]);
  if (!row) return std::nullopt;
  return Found{box, std::move(*row)};
}

QueuedMessage Survey::message(QueueBox box, const Row& row) const {
  const SystemTime stored{milliseconds(row.stored)};
  return {.id = id_of(box, row.at),
          .box = box,
          .dead = row.dead,
          .peer = net::without_password(lane(box, row).name),
          .interface = row.interface,
          .method = row.method,
          .bytes = row.bytes,
          .priority = static_cast<std::uint8_t>(row.priority()),
          .attempts = row.attempts,
          .stored = stored,
          .expires = row.life == 0 ? std::nullopt : std::optional(stored + milliseconds(row.life)),
          .reason = row.reason};
}

Lane& Survey::lane(QueueBox box, const Row& row) const {
  const auto found = lanes_.find({box, row.at.lane});
  if (found != lanes_.end()) return *found->second;
  throw Error(Code::not_stored, "the file is corrupted: message " + id_of(box, row.at) + " is of nobody");
}

bool Survey::matches(const QueueFilter& filter, QueueBox box, const Row& row) const {
  if (filter.box.value_or(box) != box || filter.dead.value_or(row.dead) != row.dead) return false;
  const std::string peer = net::without_password(lane(box, row).name);
  const bool from = box == QueueBox::outbox ? filter.peer.empty() || peer == net::without_password(filter.peer)
                                            : peer.starts_with(filter.peer);
  return from && is_of(filter.method, row.interface, row.method);
}

}  // namespace rpc::queue
