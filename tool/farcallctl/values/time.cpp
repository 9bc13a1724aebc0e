#include "values/time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

#include "values/scalar.h"
#include "values/wide.h"

namespace farcall::ctl {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct Unit {
  std::string_view name;
  std::int64_t num;
  std::int64_t den;
};

constexpr std::array units = {
    Unit{"ns", 1, 1'000'000'000}, Unit{"us", 1, 1'000'000}, Unit{"ms", 1, 1000}, Unit{"s", 1, 1},
    Unit{"min", 60, 1},           Unit{"h", 3600, 1},       Unit{"d", 86400, 1},
};

const Unit* unit_of(const DurationOf& type) {
  for (const Unit& each : units) {
    if (each.num == type.num && each.den == type.den) return &each;
  }
  return nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Reads pieces of a text from its beginning.
class Scanner {
 public:
  explicit Scanner(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  bool skip(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view digits() {
    return take([](char c) { return is_digit(c); });
  }
  std::string_view letters() {
    return take([](char c) { return c >= 'a' && c <= 'z'; });
  }

  /// Exactly so many digits.
  std::optional<int> number(std::size_t width) {
    if (rest_.size() < width) return std::nullopt;
    int value = 0;
    for (const char c : rest_.substr(0, width)) {
      if (!is_digit(c)) return std::nullopt;
      value = value * 10 + (c - '0');
    }
    rest_.remove_prefix(width);
    return value;
  }

 private:
  template <class Predicate>
  std::string_view take(Predicate belongs) {
    std::size_t size = 0;
    while (size < rest_.size() && belongs(rest_[size])) ++size;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

  std::string_view rest_;
};

/// A decimal number as a whole one of so many tenths, hundredths…
struct Decimal {
  Wide value = 0;
  Wide scale = 1;
};

constexpr std::size_t most_digits = 18;

std::optional<Decimal> decimal(std::string_view whole, std::string_view fraction) {
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (whole.size() > most_digits + 2 || fraction.size() > most_digits) return std::nullopt;
  Decimal made;
  for (const char c : whole) made.value = made.value * 10 + (c - '0');
  for (const char c : fraction) {
    made.value = made.value * 10 + (c - '0');
    made.scale *= 10;
  }
  return made;
}

std::string tick(const DurationOf& type) {
  if (const Unit* unit = unit_of(type)) return "1 " + std::string(unit->name);
  return std::to_string(type.num) + (type.den == 1 ? "" : "/" + std::to_string(type.den)) + " s";
}

/// Seconds as ticks.
Wide ticks_of(const DurationOf& type, Wide value, Wide num, Wide den, const Place& place) {
  const std::optional<Wide> nominator = times(num, type.den);
  const std::optional<Wide> denominator = times(den, type.num);
  const std::optional<Wide> ticks =
      nominator && denominator ? scaled(value, *nominator, *denominator) : std::optional<Wide>();
  if (!ticks) place.fail("that is no whole number of ticks of " + tick(type));
  return *ticks;
}

[[noreturn]] void no_duration(const Place& place) {
  place.fail(R"(expected a duration such as "1h30min", "250ms" or a number of ticks)");
}

Wide duration_ticks(const DurationOf& type, std::string_view text, const Place& place) {
  Scanner scanner(text);
  const bool negative = scanner.skip('-');
  Wide total = 0;
  do {
    const std::string_view whole = scanner.digits();
    const std::string_view fraction = scanner.skip('.') ? scanner.digits() : std::string_view();
    const std::string_view name = scanner.letters();
    if (whole.empty()) no_duration(place);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& each) { return each.name == name; });
    if (unit == units.end()) place.fail("'" + std::string(name) + "' is none of the units ns, us, ms, s, min, h and d");
    const std::optional<Decimal> number = decimal(whole, fraction);
    if (!number) no_duration(place);
    const std::optional<Wide> sum =
        plus(total, ticks_of(type, number->value, unit->num, Wide{unit->den} * number->scale, place));
    if (!sum) no_duration(place);
    total = *sum;
  } while (!scanner.at_end());
  return negative ? -total : total;
}

/// The type whose whole ticks are worked out: floating ones are parts of these.
DurationOf whole_type(const DurationOf& type) {
  return is_floating(type.count) ? DurationOf{Scalar::int64, 1, 1'000'000'000'000'000'000} : type;
}

Number ticks_from(const DurationOf& type, Wide ticks, const Place& place) {
  if (!is_floating(type.count)) return whole_from(type.count, ticks, place);
  const double seconds = static_cast<double>(ticks) / 1e18;
  return scalar_from(type.count, json(seconds * static_cast<double>(type.den) / static_cast<double>(type.num)), place);
}

// ISO 8601.

bool is_calendar(const TimePointOf& type) {
  return type.clock == "std::chrono::system_clock" || type.clock == "std::chrono::local_t";
}
bool is_local(const TimePointOf& type) { return type.clock == "std::chrono::local_t"; }

/// Digits behind the second; nothing for ticks that are no decimal fraction of a second, nor whole seconds.
std::optional<int> decimals(const DurationOf& type) {
  if (type.den == 1) return 0;
  if (type.num != 1) return std::nullopt;
  int count = 0;
  std::int64_t power = 1;
  for (; power < type.den && count < static_cast<int>(most_digits); ++count) power *= 10;
  return power == type.den ? std::optional(count) : std::nullopt;
}

[[noreturn]] void no_time(const TimePointOf& type, const Place& place) {
  place.fail(std::string("expected a time such as \"2026-01-31T12:00:00") + (is_local(type) ? "" : "Z") +
             "\" or a number of ticks");
}

std::optional<std::int64_t> days_from(Scanner& scanner) {
  const auto year = scanner.number(4);
  if (!year || !scanner.skip('-')) return std::nullopt;
  const auto month = scanner.number(2);
  if (!month || !scanner.skip('-')) return std::nullopt;
  const auto day = scanner.number(2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

/// "12:00:00" or "12:00" as seconds.
std::optional<std::int64_t> clock_from(Scanner& scanner) {
  const auto hour = scanner.number(2);
  if (!hour || *hour > 23 || !scanner.skip(':')) return std::nullopt;
  const auto minute = scanner.number(2);
  if (!minute || *minute > 59) return std::nullopt;
  if (!scanner.skip(':')) return *hour * 3600 + *minute * 60;
  const auto second = scanner.number(2);
  if (!second || *second > 59) return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

/// "Z" or "+01:00" as seconds east.
std::optional<std::int64_t> offset_from(Scanner& scanner) {
  if (scanner.skip('Z')) return 0;
  const bool west = scanner.skip('-');
  if (!west && !scanner.skip('+')) return std::nullopt;
  const auto hours = scanner.number(2);
  if (!hours || !scanner.skip(':')) return std::nullopt;
  const auto minutes = scanner.number(2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::int64_t seconds = *hours * 3600 + *minutes * 60;
  return west ? -seconds : seconds;
}

Wide time_ticks(const TimePointOf& type, std::string_view text, const Place& place) {
  Scanner scanner(text);
  const std::optional<std::int64_t> days = days_from(scanner);
  if (!days) no_time(type, place);
  std::int64_t seconds = *days * 86400;
  Decimal fraction;
  if (scanner.skip('T')) {
    const std::optional<std::int64_t> clock = clock_from(scanner);
    if (!clock) no_time(type, place);
    const std::optional<Decimal> digits = decimal("", scanner.skip('.') ? scanner.digits() : std::string_view());
    if (!digits) no_time(type, place);
    fraction = *digits;
    seconds += *clock;
    if (!is_local(type)) {
      const std::optional<std::int64_t> offset = offset_from(scanner);
      if (!offset) place.fail("the time has no zone: put Z or an offset such as +01:00 behind it");
      seconds -= *offset;
    }
  }
  if (!scanner.at_end()) no_time(type, place);
  return ticks_of(whole_type(type.since_epoch), Wide{seconds} * fraction.scale + fraction.value, 1, fraction.scale,
                  place);
}

/// Nothing where ISO 8601 has none: ticks of another kind, years of more than four digits.
std::optional<std::string> iso(const TimePointOf& type, Wide ticks) {
  const DurationOf& duration = type.since_epoch;
  const std::optional<int> digits = decimals(duration);
  if (!digits) return std::nullopt;
  const Wide in_second = duration.den;
  const Wide total = ticks * duration.num;
  const Wide fraction = (total % in_second + in_second) % in_second;
  const Wide seconds = (total - fraction) / in_second;
  constexpr Wide first = -62167219200;   // 0000-01-01
  constexpr Wide behind = 253402300800;  // 10000-01-01
  if (seconds < first || seconds >= behind) return std::nullopt;
  const std::chrono::sys_seconds at{std::chrono::seconds(static_cast<std::int64_t>(seconds))};
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(midnight);
  std::array<char, 64> text;
  int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  std::string made(text.data(), static_cast<std::size_t>(size));
  if (duration.den == 1 && duration.num % 86400 == 0) return made;
  const auto clock = (at - midnight).count();
  size = std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", static_cast<int>(clock / 3600),
                       static_cast<int>(clock / 60 % 60), static_cast<int>(clock % 60));
  made.append(text.data(), static_cast<std::size_t>(size));
  if (*digits != 0) {
    const std::string behind_point = std::to_string(static_cast<std::int64_t>(fraction));
    made += "." + std::string(static_cast<std::size_t>(*digits) - behind_point.size(), '0') + behind_point;
  }
  return made + (is_local(type) ? "" : "Z");
}

Wide whole_ticks(const DurationOf& type, const Number& number) {
  return is_signed(type.count) ? Wide{unzigzag(number.bits)} : Wide{number.bits};
}

}  // namespace

Number duration_from(const DurationOf& type, const json& value, const Place& place) {
  if (!value.is_string()) return scalar_from(type.count, value, place);
  const std::string text = value.get<std::string>();
  if (is_floating(type.count) && (text == "NaN" || text.ends_with("Infinity")))
    return scalar_from(type.count, value, place);
  return ticks_from(type, duration_ticks(whole_type(type), text, place), place);
}

ordered_json to_json(const DurationOf& type, const Number& number, const Place& place) {
  ordered_json ticks = to_json(type.count, number, place);
  const Unit* const unit = unit_of(type);
  if (unit == nullptr || is_floating(type.count)) return ticks;
  return ticks.dump() + std::string(unit->name);
}

Number time_from(const TimePointOf& type, const json& value, const Place& place) {
  if (!value.is_string() || !is_calendar(type)) return duration_from(type.since_epoch, value, place);
  return ticks_from(type.since_epoch, time_ticks(type, value.get<std::string>(), place), place);
}

ordered_json to_json(const TimePointOf& type, const Number& number, const Place& place) {
  ordered_json ticks = to_json(type.since_epoch, number, place);
  if (!is_calendar(type) || is_floating(type.since_epoch.count)) return ticks;
  const std::optional<std::string> text = iso(type, whole_ticks(type.since_epoch, number));
  return text ? ordered_json(*text) : ordered_json(to_json(type.since_epoch.count, number, place));
}

}  // namespace farcall::ctl
