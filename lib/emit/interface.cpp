#include "emit/artefacts.h"
#include "emit/writer.h"
#include "plan/fingerprint.h"

namespace farcall {
namespace {

/// 250000000 as 250'000'000.
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3 && number > 999; at -= 3) digits.insert(at - 3, "'");
  return digits.starts_with('\'') ? digits.substr(1) : digits;
}

std::string quoted(const std::string& text) {
  std::string made = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') made += '\\';
    made += c;
  }
  return made + '"';
}

std::string row(const MethodPlan& method) {
  std::string text =
      "{.name = " + quoted(method.wire_name) + ", .mode = ::rpc::Mode::" + std::string(name_of(method.mode));
  if (method.timeout_ns != 0) text += ", .timeout_ns = " + grouped(method.timeout_ns);
  if (method.idempotent) text += ", .idempotent = true";
  if (method.priority != 0) text += ", .priority = " + std::to_string(method.priority);
  if (method.express) text += ", .express = true";
  if (method.time_to_live_ns != 0) text += ", .time_to_live_ns = " + grouped(method.time_to_live_ns);
  return text + "},";
}

}  // namespace

std::string interface_tables(const InterfacePlan& interface) {
  Writer w;
  const auto rows = [&] {
    for (const MethodPlan& method : interface.methods) w.line(row(method));
  };
  w.emit({{"rows", rows},
          {"name", quoted(interface.wire_name)},
          {"fingerprint", spell_fingerprint(interface.fingerprint)},
          {"count", std::to_string(interface.methods.size())}},
         R"cc(
    static constexpr ::rpc::MethodInfo methods[] = {
        $rows$
    };
    static const char description[];
    static constexpr ::rpc::InterfaceInfo info = {.name = $name$,
                                                  .fingerprint = $fingerprint$,
                                                  .methods = methods,
                                                  .method_count = $count$,
                                                  .description = description};
  )cc");
  return w.take();
}

std::string interface_class(const InterfacePlan& interface) {
  Writer w;
  w.emit({{"interface", interface.qualified_name},
          {"rooted", interface.rooted_name},
          {"service", interface.rooted_service},
          {"uuid", interface.uuid.empty() ? "" : "static constexpr Uuid uuid{\"" + interface.uuid + "\"};"},
          {"twin", interface.twin ? "static Skeleton skeleton(" + interface.twin->rooted_name + "& server);" : ""}},
         R"cc(
    template <>
    struct rpc::Interface<$interface$> {
      $uuid$
      static const InterfaceInfo& info();
      static Skeleton skeleton($rooted$& server);
      static Skeleton skeleton($service$& server);
      $twin$
    };
  )cc");
  return w.take();
}

std::string interface_members(const InterfacePlan& interface) {
  Writer w;
  const std::string marshalling = interface.rooted_marshalling;
  w.emit({{"interface", interface.qualified_name},
          {"rooted", interface.rooted_name},
          {"service", interface.rooted_service},
          {"marshalling", marshalling}},
         R"cc(
    const rpc::InterfaceInfo& rpc::Interface<$interface$>::info() {
      return $marshalling$::info;
    }

    rpc::Skeleton rpc::Interface<$interface$>::skeleton($rooted$& server) {
      return {&info(), &server, &$marshalling$::dispatch_plain};
    }

    rpc::Skeleton rpc::Interface<$interface$>::skeleton($service$& server) {
      return {&info(), &server, &$marshalling$::dispatch_service};
    }
  )cc");
  if (!interface.twin) return w.take();
  w.emit({{"interface", interface.qualified_name},
          {"twin", interface.twin->rooted_name},
          {"marshalling", interface.twin->rooted_marshalling}},
         R"cc(

    rpc::Skeleton rpc::Interface<$interface$>::skeleton($twin$& server) {
      return {&info(), &server, &$marshalling$::dispatch};
    }
  )cc");
  return w.take();
}

}  // namespace farcall
