#include "emit/emit.h"

#include <algorithm>
#include <set>

#include "emit/artefacts.h"
#include "emit/frame.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// Both compilers have offsetof for every class without virtual bases, where the standard promises less.
constexpr const char* offsets_note = "#pragma GCC diagnostic ignored \"-Winvalid-offsetof\"";

/// A twin has a token and a UUID; what only has a UUID pays for that alone.
std::vector<std::string> runtime_includes_of_header(const Plan& plan) {
  std::set<std::string> headers = {"rpc/stub.h"};
  for (const InterfacePlan& interface : plan.interfaces) {
    if (interface.twin) headers.insert("rpc/pending.h");
    if (!interface.uuid.empty()) headers.insert("rpc/uuid.h");
  }
  return {headers.begin(), headers.end()};
}

std::string include_lines_of_bases(const Plan& plan) {
  std::string lines;
  for (const std::string& name : plan.base_includes) lines += "#include \"" + name + "\"\n";
  return lines;
}

/// As a comment, broken at spaces where it is too long.
std::string comment(const std::string& text) {
  std::string made = "//";
  std::size_t column = 4;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (column + 1 + word.size() > max_columns) {
      made += "\n//    ";
      column = 8;
    }
    made += " " + word;
    column += 1 + word.size();
    at = end + 1;
  }
  return made;
}

void declare(Writer& w, const InterfacePlan& interface) {
  w.emit({{"open", open_namespaces(interface.namespaces)},
          {"twin", twin_class(interface)},
          {"client", client_class(interface)},
          {"service", service_class(interface)},
          {"close", close_namespaces(interface.namespaces)},
          {"interface", interface_class(interface)}},
         R"cc(

      $open$

      $twin$

      $client$

      $service$

      $close$

      $interface$
    )cc");
}

std::string header_text(const Plan& plan) {
  Writer w;
  w.emit({{"header", plan.header},
          {"standard", include_lines(plan.header_includes)},
          {"runtime", include_lines(runtime_includes_of_header(plan))},
          {"quiet", begin_quiet(plan.names_deprecated)},
          {"include", inclusion(plan)},
          {"bases", include_lines_of_bases(plan)}},
         std::string(notice) + R"cc(#pragma once

$runtime$

$standard$

$quiet$

$include$
$bases$

static_assert(::rpc::stub_abi == 1, "this file does not fit the installed Farcall runtime: run farcall generate again");

)cc");
  for (const InterfacePlan& interface : plan.interfaces) declare(w, interface);
  return w.take() + end_quiet(plan.names_deprecated);
}

void emit_marshalling(Writer& w, const InterfacePlan& interface) {
  const auto methods = [&] {
    for (const MethodPlan& method : interface.methods) {
      w.emit({{"declaration", comment(method.declaration)},
              {"marshalling", marshalling_functions(interface, method)},
              {"serve", serve_function(interface, method)}},
             R"cc(
        $declaration$

        $marshalling$

        $serve$

      )cc");
    }
  };
  w.emit({{"struct", interface.marshalling},
          {"interface", interface.name},
          {"tables", interface_tables(interface)},
          {"server", server_struct(interface)},
          {"methods", methods},
          {"dispatch", dispatch_functions(interface)}},
         R"cc(
    /// How calls of $interface$ travel, and how they are served.
    struct $struct$ {
      $tables$

      $server$

      $methods$

      $dispatch$
    };
  )cc");
}

void emit_members(Writer& w, const Plan& plan, const InterfacePlan& interface) {
  w.emit({{"open", open_namespaces(interface.namespaces)},
          {"marshalling", [&] { emit_marshalling(w, interface); }},
          {"twin", twin_internals(interface)},
          {"members", client_members(interface)},
          {"description", description(plan, interface)},
          {"close", close_namespaces(interface.namespaces)},
          {"interface", interface_members(interface)}},
         R"cc(

    $open$
    namespace {

    $marshalling$

    $twin$

    }  // namespace

    $members$

    $description$

    $close$

    $interface$
  )cc");
}

std::string source_text(const Plan& plan) {
  Writer w;
  w.emit({{"header", plan.header},
          {"own", plan.header.substr(0, plan.header.rfind('.')) + ".rpc.h"},
          {"runtime", include_lines(plan.runtime_includes)},
          {"standard", include_lines(plan.source_includes)},
          {"offsets", plan.records.empty() ? "" : offsets_note},
          {"quiet", begin_quiet(plan.names_deprecated)},
          {"codecs", codecs(plan)},
          {"tagged", tagged_types(plan)}},
         std::string(notice) + R"cc(#include "$own$"

$runtime$

$standard$

$offsets$

$quiet$

$codecs$

$tagged$
)cc");
  for (const InterfacePlan& interface : plan.interfaces) emit_members(w, plan, interface);
  return w.take() + end_quiet(plan.names_deprecated);
}

}  // namespace

std::vector<GeneratedFile> emit(const Plan& plan) {
  if (plan.interfaces.empty()) return {};
  return {{plan.header_path, header_text(plan)}, {plan.source_path, source_text(plan)}};
}

}  // namespace farcall
