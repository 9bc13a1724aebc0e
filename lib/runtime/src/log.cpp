#include "log.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <new>
#include <span>
#include <string>

namespace rpc {
namespace {

/// Texts have what peers said in them, who could write lines of their own.
void write_line(const LogRecord& record) noexcept try {
  const std::string text = to_text({.text = record.text});
  const std::string_view trace = record.field("trace");
  std::fprintf(stderr, "rpc: %s: %s%s%.*s%s\n", to_string(record.severity), text.c_str(),
               trace.empty() ? "" : " (trace ", static_cast<int>(trace.size()), trace.data(), trace.empty() ? "" : ")");
} catch (const std::bad_alloc&) {
  std::fputs("rpc: error: there is no memory for a line of the log\n", stderr);
}

/// Of each key the first value counts.
class Fields {
 public:
  void add(const LogField& field) noexcept {
    if (field.value.empty() || count_ == all_.size()) return;
    for (const LogField& each : std::span(all_).first(count_)) {
      if (each.key == field.key) return;
    }
    all_[count_++] = field;
  }

  std::span<const LogField> all() const noexcept { return std::span(all_).first(count_); }

 private:
  std::array<LogField, 16> all_{};
  std::size_t count_ = 0;
};

std::atomic<LogHandler> log_handler{&write_line};

}  // namespace

void set_log_handler(LogHandler handler) noexcept { log_handler = handler != nullptr ? handler : &write_line; }

void internal::log(Severity severity, std::string_view text, std::initializer_list<LogField> fields,
                   ThisCall call) noexcept {
  Fields all;
  for (const LogField& each : fields) all.add(each);
  all.add({"interface", call.interface()});
  all.add({"method", call.method()});
  all.add({"peer", call.peer().address});
  const std::optional<Trace> trace = call.trace();
  if (trace) all.add({"trace", trace->trace_id()});
  if (trace) all.add({"span", trace->span_id()});
  log_handler.load()({.severity = severity, .text = text, .fields = all.all()});
}

std::optional<std::uint64_t> internal::LogLimit::admit(Time now) noexcept {
  if (now - second_began_ >= std::chrono::seconds(1)) {
    second_began_ = now;
    written_ = 0;
  }
  if (written_ == most_) {
    ++left_out_;
    return std::nullopt;
  }
  ++written_;
  return take_left_out();
}

}  // namespace rpc
