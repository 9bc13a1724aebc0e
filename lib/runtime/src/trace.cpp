#include <rpc/trace.h>

#include <array>
#include <cstdint>
#include <cstdlib>  // arc4random_buf(), of glibc
#include <string_view>

namespace rpc {

namespace {

constexpr std::string_view version = "00-";
constexpr std::string_view digits = "0123456789abcdef";

bool all_of(std::string_view text, std::string_view allowed) noexcept {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

/// Not zero, which means that there is none. From the system: no two processes have the same, forked ones neither.
void put_random(char* to, std::size_t count) {
  std::array<std::uint8_t, 16> bytes{};
  do {
    ::arc4random_buf(bytes.data(), count / 2);
    for (std::size_t i = 0; i < count; ++i) to[i] = digits[i % 2 == 0 ? bytes[i / 2] >> 4 : bytes[i / 2] & 15];
  } while (all_of({to, count}, "0"));
}

}  // namespace

Trace Trace::begin(bool sampled) {
  Trace made;
  version.copy(made.text_, version.size());
  put_random(made.text_ + version.size(), id_digits);
  made.text_[span_at - 1] = '-';
  put_random(made.text_ + span_at, span_digits);
  std::string_view(sampled ? "-01" : "-00").copy(made.text_ + span_at + span_digits, 3);
  return made;
}

Trace Trace::next() const {
  Trace next = *this;
  put_random(next.text_ + span_at, span_digits);
  return next;
}

// Of the flags version 00 knows the lowest one alone; the others do not travel on.
std::optional<Trace> Trace::parse(std::string_view traceparent) noexcept {
  if (traceparent.size() != size || !traceparent.starts_with(version)) return std::nullopt;
  Trace parsed;
  traceparent.copy(parsed.text_, size);
  const std::string_view flags = traceparent.substr(size - 2);
  const bool dashes = traceparent[span_at - 1] == '-' && traceparent[size - 3] == '-';
  const bool hexadecimal =
      all_of(parsed.trace_id(), digits) && all_of(parsed.span_id(), digits) && all_of(flags, digits);
  if (!dashes || !hexadecimal || all_of(parsed.trace_id(), "0") || all_of(parsed.span_id(), "0")) return std::nullopt;
  const bool sampled = digits.find(flags[1]) % 2 == 1;
  parsed.text_[size - 2] = '0';
  parsed.text_[size - 1] = sampled ? '1' : '0';
  return parsed;
}

}  // namespace rpc
