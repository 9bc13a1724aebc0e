// Interfaces, their methods and parameters.

#include <algorithm>
#include <optional>

#include "compat/changes.h"
#include "model/attributes.h"

namespace farcall {
namespace {

constexpr const char* keep_type = "keep the type, and add another parameter or another method beside it";

bool is_void(const Type& type) { return std::holds_alternative<Void>(type.form); }
bool is_optional(const Type& type) { return std::holds_alternative<OptionalOf>(type.form); }

class MethodComparison {
 public:
  MethodComparison(const FrozenMethod& was, const FrozenMethod& is, TypeComparison& types, Changes& changes)
      : was_(was), is_(is), of_(" of " + quote(is.name)), types_(types), changes_(changes) {}

  void run() {
    compare_result();
    for (const FrozenParameter& each : is_.parameters) {
      const FrozenParameter* old_one = find_named(was_.parameters, each.name);
      if (old_one != nullptr)
        compare_parameter(*old_one, each);
      else
        added(each);
    }
    for (const FrozenParameter& each : was_.parameters) {
      if (find_named(is_.parameters, each.name) == nullptr) removed(each);
    }
    compare_behaviour();
    compare_source();
  }

 private:
  static std::string name(const FrozenParameter& parameter) { return "parameter " + quote(parameter.name); }

  void report(const Fit& fit, const std::string& text, const SourceRef& where) {
    if (fit.kind == Fit::breaking) changes_.breaking(CompatLevel::wire, text, fit.reason, keep_type, where);
    if (fit.kind == Fit::compatible) changes_.compatible(CompatLevel::wire, text, fit.reason, where);
  }

  void compare_result() {
    const std::string what = "the result" + of_;
    if (is_void(was_.result) == is_void(is_.result)) {
      report(types_.compare(was_.result, is_.result), what + ": " + became(was_.result, is_.result), is_.where);
      return;
    }
    const bool is_new = is_void(was_.result);
    const std::string text = what + (is_new ? " is new" : " is gone");
    if (is_optional(is_new ? is_.result : was_.result))
      changes_.compatible(CompatLevel::wire, text, "from a server without it, it has no value", is_.where);
    else
      changes_.breaking(
          CompatLevel::wire, text, "a client would take an empty value for the result of a server without it",
          is_new ? "make it std::optional, or add another method" : "keep it until no old client calls", is_.where);
  }

  void compare_parameter(const FrozenParameter& was, const FrozenParameter& is) {
    const std::string what = name(is) + of_;
    compare_numbers(was, is, what, changes_);
    report(types_.compare(was.type, is.type), what + ": " + became(was.type, is.type), is.where);
    if (was.direction != is.direction)
      changes_.breaking(CompatLevel::wire, what + " travels in another direction",
                        "one end would wait for a value the other never sends",
                        "keep the direction, and add another parameter", is.where);
    if (was.default_argument != is.default_argument && !was.default_argument.empty() && !is.default_argument.empty())
      changes_.compatible(CompatLevel::wire,
                          what + ": its default " + was.default_argument + " became " + is.default_argument,
                          "each end takes its own where a caller leaves it out", is.where);
    if (was.has_default && !is.has_default)
      changes_.breaking(CompatLevel::source, what + " has no default argument any more", "code calls without it",
                        "keep the default argument", is.where);
  }

  void added(const FrozenParameter& parameter) {
    const std::string what = name(parameter) + of_;
    if (!may_be_new(was_, was_.parameters, parameter, what, changes_)) return;
    const std::string text = what + " is new";
    if (is_optional(parameter.type)) {
      changes_.compatible(CompatLevel::wire, text, "from an old end it has no value", parameter.where);
    } else if (parameter.direction.out) {
      changes_.breaking(CompatLevel::wire, text,
                        "a new client would take an empty value for what an old server does not send",
                        "make it std::optional, or add another method", parameter.where);
    } else if (parameter.default_argument.empty()) {
      changes_.breaking(CompatLevel::wire, text,
                        parameter.has_default
                            ? "a new server refuses calls without it: its default may mean something else there"
                            : "a new server would take an empty value for what an old client does not send",
                        "give it a default argument that is a literal, {} or an enumerator, or make it std::optional",
                        parameter.where);
    } else {
      changes_.compatible(CompatLevel::wire, text,
                          "from an old client it is " + parameter.default_argument + "; old servers skip it",
                          parameter.where);
    }
  }

  void removed(const FrozenParameter& parameter) {
    const std::string text = name(parameter) + of_ + " is gone";
    const bool has_value =
        is_optional(parameter.type) || (!parameter.default_argument.empty() && !parameter.direction.out);
    if (has_value)
      changes_.compatible(CompatLevel::wire, text, "an old end does without it; new ends skip it", is_.where);
    else
      changes_.breaking(CompatLevel::wire, text, "an old end would take an empty value for it",
                        "keep it until no old end uses it", is_.where);
  }

  void compare_behaviour() {
    const std::string what = quote(is_.name);
    if (was_.mode != is_.mode) {
      const std::string text =
          what + ": " + std::string(describe(was_.mode)) + " became " + std::string(describe(is_.mode));
      if (was_.mode == Mode::message || is_.mode == Mode::message)
        changes_.breaking(CompatLevel::wire, text,
                          "messages that are stored and calls that are answered take different ways",
                          "add another method", is_.where);
      else
        changes_.compatible(CompatLevel::wire, text, "the mode is a choice of the caller and does not travel",
                            is_.where);
    }
    if (was_.timeout != is_.timeout)
      changes_.compatible(CompatLevel::wire, "the default deadline" + of_ + " changed", "each client has its own",
                          is_.where);
    if (was_.idempotent != is_.idempotent)
      changes_.compatible(CompatLevel::wire,
                          what + (is_.idempotent ? " became idempotent" : " is not idempotent any more"),
                          "each client decides itself whether it tries again", is_.where);
  }

  void source(bool changed, const std::string& text, const std::string& reason, const std::string& way_out) {
    if (changed) changes_.breaking(CompatLevel::source, text, reason, way_out, is_.where);
  }

  [[nodiscard]] bool same_handle() const {
    if (!was_.handle || !is_.handle) return was_.handle.has_value() == is_.handle.has_value();
    return was_.handle->cpp_type == is_.handle->cpp_type && was_.handle->passing == is_.handle->passing &&
           was_.handle->position == is_.handle->position;
  }

  [[nodiscard]] bool same_parameters() const {
    return std::ranges::equal(was_.parameters, is_.parameters,
                              [](const FrozenParameter& was, const FrozenParameter& is) {
                                return was.passing == is.passing && same_in_source(was.type, is.type);
                              });
  }

  /// For a class that nobody can derive from to implement it, calls with the old arguments are enough.
  [[nodiscard]] bool accepts_old_calls() const {
    if (is_.virtuality != Virtual::no || is_.parameters.size() < was_.parameters.size()) return false;
    for (std::size_t i = 0; i < is_.parameters.size(); ++i) {
      if (i >= was_.parameters.size() && !is_.parameters[i].has_default) return false;
      if (i < was_.parameters.size() && !same_in_source(was_.parameters[i].type, is_.parameters[i].type)) return false;
    }
    return true;
  }

  void compare_source() {
    const std::string what = quote(is_.name);
    const bool is_virtual = was_.virtuality != Virtual::no;
    source(was_.cpp_name != is_.cpp_name, what + ": " + quote(was_.cpp_name) + " became " + quote(is_.cpp_name),
           "code uses the old name", "keep a member of the old name that calls the new one, marked [[rpc::local]]");
    if (!same_parameters()) {
      const std::string text = "the parameters" + of_ + " changed";
      if (accepts_old_calls())
        changes_.compatible(CompatLevel::source, text, "calls with the old arguments still fit", is_.where);
      else
        source(true, text,
               is_virtual ? "classes that implement the interface override the old signature"
                          : "code calls with the old arguments",
               "add an overload with a name of its own: [[rpc::name(\"…\")]]");
    }
    source(!same_handle(),
           "the completion handle" + of_ +
               (!was_.handle  ? " is new"
                : !is_.handle ? " is gone"
                              : " changed"),
           is_virtual ? "classes that implement the interface override the old signature" : "code calls the old one",
           "add another method");
    source(!same_in_source(was_.result, is_.result), "the result" + of_ + ": " + became(was_.result, is_.result),
           "code expects the old type", "keep the type, and add another method");
    source(was_.is_const != is_.is_const && (is_virtual || was_.is_const),
           what + (is_.is_const ? " became const" : " is not const any more"),
           is_virtual ? "classes that implement the interface override the old signature"
                      : "code calls it on const objects",
           "leave it as it was");
    source(is_virtual && !was_.is_noexcept && is_.is_noexcept, what + " became noexcept", "what overrides it is not",
           "drop noexcept");
    source(was_.virtuality != Virtual::pure && is_.virtuality == Virtual::pure, what + " became pure virtual",
           "classes that implement the interface may not have it", "keep its body");
    source(is_virtual && is_.virtuality == Virtual::no, what + " is not virtual any more", "classes override it",
           "keep it virtual");
    source((was_.mode == Mode::async) != (is_.mode == Mode::async),
           what + (is_.mode == Mode::async ? " became async" : " is not async any more"),
           is_.mode == Mode::async ? "its member of the service class returns an rpc::Task now"
                                   : "code uses its future, and its member of the service class returned an rpc::Task",
           "add another method");
  }

  const FrozenMethod& was_;
  const FrozenMethod& is_;
  const std::string of_;
  TypeComparison& types_;
  Changes& changes_;
};

void add_method(const FrozenInterface& was, const FrozenMethod& method, Changes& changes) {
  const std::string text = "method " + quote(method.name) + " is new";
  if (find_named(was.removed, method.name) != nullptr)
    changes.breaking(CompatLevel::wire, "method " + quote(method.name) + " has the name of one that was removed",
                     "calls of old clients that mean the removed one would reach it",
                     "give it a name of its own, with [[rpc::name(\"…\")]] if the C++ name is to stay", method.where);
  else
    changes.compatible(CompatLevel::wire, text, "old servers answer it with 'unimplemented'", method.where);
  if (method.virtuality == Virtual::pure)
    changes.breaking(CompatLevel::source, text, "classes that implement the interface do not have it",
                     "give it a body, which may throw", method.where);
  else
    changes.compatible(CompatLevel::source, text, "no code uses it yet", method.where);
}

/// The UUID of that kind; none without one.
std::optional<UuidBytes> uuid_of(const FrozenInterface& interface, AttributeKind kind) {
  const auto found = std::ranges::find(interface.attributes, kind, &FrozenAttribute::kind);
  if (found == interface.attributes.end()) return {};
  const auto* text = std::get_if<std::string>(&found->argument);
  return text == nullptr ? std::nullopt : parse_uuid(*text).value;
}

/// Names are what clients and servers find each other by, so UUIDs matter to the programs that have them only.
void compare_identity(const FrozenInterface& was, const FrozenInterface& is, AttributeKind kind, Changes& changes) {
  const std::optional<UuidBytes> before = uuid_of(was, kind);
  const std::optional<UuidBytes> after = uuid_of(is, kind);
  if (before == after) return;
  const bool of_twin = kind == AttributeKind::async_uuid;
  const std::string what = of_twin ? "the asynchronous twin of " + quote(is.name) : "the UUID of " + quote(is.name);
  if (!before)
    changes.compatible(CompatLevel::source, what + " is new", "no code uses it yet", is.where);
  else if (!after)
    changes.breaking(CompatLevel::source, what + " is gone", "code uses it", "keep it until no code does", is.where);
  else
    changes.breaking(CompatLevel::source, what + (of_twin ? " has another UUID" : " changed"),
                     "what is stored or registered under the old one is not found any more",
                     "keep the UUID; another identity belongs to another interface", is.where);
}

void compare_interface(const FrozenInterface& was, const FrozenInterface& is, TypeComparison& types, Changes& changes) {
  for (const FrozenMethod& each : is.methods) {
    const FrozenMethod* old_one = find_named(was.methods, each.name);
    if (old_one != nullptr)
      MethodComparison(*old_one, each, types, changes).run();
    else
      add_method(was, each, changes);
  }
  for (const FrozenMethod& each : was.methods) {
    if (find_named(is.methods, each.name) != nullptr) continue;
    const std::string text = "method " + quote(each.name) + " of " + quote(is.name) + " is gone";
    changes.breaking(CompatLevel::wire, text, "calls of old clients fail with 'unimplemented'",
                     "keep it until no client calls it; if it has another C++ name now, [[rpc::name(\"" + each.name +
                         "\")]] keeps this one",
                     is.where);
    changes.breaking(CompatLevel::source, text, "code calls it", "keep it until no code does", is.where);
  }
  if (was.cpp_name != is.cpp_name)
    changes.breaking(CompatLevel::source, quote(was.cpp_name) + " became " + quote(is.cpp_name),
                     "code uses the old name", "keep an alias: using Old = New;", is.where);
  for (const AttributeKind kind : {AttributeKind::uuid, AttributeKind::async_uuid})
    compare_identity(was, is, kind, changes);
  for (const std::string& base : was.bases) {
    if (std::ranges::find(is.bases, base) == is.bases.end())
      changes.breaking(CompatLevel::source, "base " + quote(base) + " of " + quote(is.cpp_name) + " is gone",
                       "code uses the one as the other", "keep the base", is.where);
  }
}

}  // namespace

void compare_interfaces(const Frozen& before, const Frozen& after, TypeComparison& types, Changes& changes) {
  for (const FrozenInterface& is : after.interfaces) {
    if (const FrozenInterface* was = find_named(before.interfaces, is.name)) {
      compare_interface(*was, is, types, changes);
      continue;
    }
    for (const CompatLevel level : {CompatLevel::wire, CompatLevel::source})
      changes.compatible(level, "interface " + quote(is.name) + " is new", "nobody uses it yet", is.where);
  }
  for (const FrozenInterface& was : before.interfaces) {
    if (find_named(after.interfaces, was.name) != nullptr) continue;
    const auto same_class = std::ranges::find(after.interfaces, was.cpp_name, &FrozenInterface::cpp_name);
    const SourceRef where = same_class != after.interfaces.end() ? same_class->where
                            : after.interfaces.empty()           ? SourceRef{}
                                                                 : after.interfaces.front().where;
    changes.breaking(CompatLevel::wire, "interface " + quote(was.name) + " is gone", "old clients cannot bind it",
                     "keep it until no client uses it; if it has another C++ name now, [[rpc::interface(\"" + was.name +
                         "\")]] keeps this one",
                     where);
    if (same_class == after.interfaces.end())
      changes.breaking(CompatLevel::source, "interface " + quote(was.cpp_name) + " is gone", "code uses it",
                       "keep it until no code does", where);
  }
}

}  // namespace farcall
