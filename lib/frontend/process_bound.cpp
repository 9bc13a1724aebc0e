// What the standard library has that belongs to the process it was made in: code, threads, locks, streams.

#include <algorithm>
#include <array>

#include "frontend/types.h"

namespace farcall {
namespace {

constexpr std::string_view plain = "use the plain value";
constexpr std::string_view as_async = "use the plain value, and [[rpc::async]] on the method";
constexpr std::string_view none = "leave it out: whoever has the data locks it";
constexpr std::string_view thread = "leave it out, or pass a name for what runs there";
constexpr std::string_view code = "pass data that says what to do";
constexpr std::string_view its_text = "pass the text as std::string, or the name of the file";
constexpr std::string_view locale = "pass its name as std::string";

struct ProcessBound {
  std::string_view name;
  Refusal refusal;
  std::string_view way_out;
};

/// By name, without "std::"; sorted.
constexpr auto process_bound_types = std::to_array<ProcessBound>({
    {"atomic", Refusal::process_resource, plain},
    {"atomic_flag", Refusal::process_resource, "use bool"},
    {"atomic_ref", Refusal::process_resource, plain},
    {"barrier", Refusal::process_resource, none},
    {"basic_filebuf", Refusal::stream, its_text},
    {"basic_fstream", Refusal::stream, its_text},
    {"basic_ifstream", Refusal::stream, its_text},
    {"basic_ios", Refusal::stream, its_text},
    {"basic_iostream", Refusal::stream, its_text},
    {"basic_istream", Refusal::stream, its_text},
    {"basic_istringstream", Refusal::stream, its_text},
    {"basic_ofstream", Refusal::stream, its_text},
    {"basic_ostream", Refusal::stream, its_text},
    {"basic_ostringstream", Refusal::stream, its_text},
    {"basic_streambuf", Refusal::stream, its_text},
    {"basic_stringbuf", Refusal::stream, its_text},
    {"basic_stringstream", Refusal::stream, its_text},
    {"condition_variable", Refusal::process_resource, none},
    {"condition_variable_any", Refusal::process_resource, none},
    {"coroutine_handle", Refusal::function, as_async},
    {"counting_semaphore", Refusal::process_resource, none},
    {"exception_ptr", Refusal::process_resource, "throw the exception: it reaches the caller"},
    {"function", Refusal::function, code},
    {"future", Refusal::process_resource, as_async},
    {"ios_base", Refusal::stream, its_text},
    {"jthread", Refusal::process_resource, thread},
    {"latch", Refusal::process_resource, none},
    {"locale", Refusal::process_resource, locale},
    {"lock_guard", Refusal::process_resource, none},
    {"move_only_function", Refusal::function, code},
    {"mutex", Refusal::process_resource, none},
    {"packaged_task", Refusal::function, code},
    {"promise", Refusal::process_resource, as_async},
    {"recursive_mutex", Refusal::process_resource, none},
    {"recursive_timed_mutex", Refusal::process_resource, none},
    {"scoped_lock", Refusal::process_resource, none},
    {"shared_future", Refusal::process_resource, as_async},
    {"shared_lock", Refusal::process_resource, none},
    {"shared_mutex", Refusal::process_resource, none},
    {"shared_timed_mutex", Refusal::process_resource, none},
    {"stop_source", Refusal::process_resource, "leave it out: a call can be cancelled by its caller anyway"},
    {"stop_token", Refusal::process_resource, "leave it out: a call can be cancelled by its caller anyway"},
    {"thread", Refusal::process_resource, thread},
    {"thread::id", Refusal::process_resource, thread},
    {"timed_mutex", Refusal::process_resource, none},
    {"type_index", Refusal::process_resource, "pass a name as std::string"},
    {"type_info", Refusal::process_resource, "pass a name as std::string"},
    {"unique_lock", Refusal::process_resource, none},
    {"weak_ptr", Refusal::process_resource, "use std::shared_ptr, or what identifies the object"},
});
static_assert(std::ranges::is_sorted(process_bound_types, {}, &ProcessBound::name));

std::string reason_of(Refusal refusal) {
  if (refusal == Refusal::function) return "a function stays in its process";
  if (refusal == Refusal::stream) return "a stream stays where it is open";
  return "it is part of a running process";
}

}  // namespace

std::optional<Unsupported> process_bound(std::string_view name) {
  constexpr std::string_view exceptions = "__exception_ptr::";
  if (name.starts_with(exceptions)) name.remove_prefix(exceptions.size());
  const auto found = std::ranges::lower_bound(process_bound_types, name, {}, &ProcessBound::name);
  if (found == process_bound_types.end() || found->name != name) return std::nullopt;
  return Unsupported{reason_of(found->refusal), std::string(found->way_out), found->refusal};
}

}  // namespace farcall
