#include "emit/emit.h"
#include "emit/frame.h"
#include "emit/signature.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// A macro takes a type with a comma for two arguments, unless it is in parentheses.
bool has_comma(const std::string& type) { return type.find(',') != std::string::npos; }

/// "std::string sensor"; GMock wants a type in parentheses without a name.
std::string spell(const SignatureParameter& parameter) {
  if (has_comma(parameter.type)) return "(" + parameter.type + ")";
  return parameter.type + (parameter.name.empty() ? "" : " " + parameter.name);
}

/// "MOCK_METHOD(double, target, (), (override));"
std::string mock_method(const MethodPlan& method) {
  const Signature signature = client_signature(method);
  Wrapped parameters{.indent = 2, .tail = ")"};
  parameters.head = "MOCK_METHOD(" + (has_comma(signature.result) ? "(" + signature.result + ")" : signature.result) +
                    ", " + signature.name + ", (";
  for (const SignatureParameter& parameter : signature.parameters) parameters.parts.push_back(spell(parameter));
  std::string specifiers;
  for (const char* specifier : {"const", "noexcept", "override"}) {
    const std::string all = signature.qualifiers + signature.specifiers;
    if (all.find(specifier) != std::string::npos)
      specifiers += (specifiers.empty() ? "" : ", ") + std::string(specifier);
  }
  parameters.tail += specifiers.empty() ? ");" : ", (" + specifiers + "));";
  return wrap(parameters);
}

void emit_class(Writer& w, const InterfacePlan& interface) {
  const auto inherited = [&] {
    for (const std::string& name : interface.inherited) w.line("using " + interface.name + "::" + name + ";");
  };
  const auto methods = [&] {
    for (const MethodPlan& method : interface.methods) w.emit({{"method", mock_method(method)}}, "$method$");
  };
  w.emit({{"interface", interface.name},
          {"mock", interface.mock},
          {"base", interface.client_derives ? " : public " + interface.name : ""},
          {"open", open_namespaces(interface.namespaces)},
          {"inherited", inherited},
          {"methods", methods},
          {"close", close_namespaces(interface.namespaces)}},
         R"cc(

    $open$

    /// Stands in for $interface$ in tests: expects what is called on it, and does what the test says.
    class $mock$$base$ {
     public:
      $inherited$
      $methods$
    };

    $close$
  )cc");
}

}  // namespace

GeneratedFile emit_mock(const Plan& plan) {
  Writer w;
  w.emit({{"header", plan.header}, {"include", inclusion(plan)}, {"quiet", begin_quiet(plan.names_deprecated)}},
         std::string(notice) + R"cc(#pragma once

#include <gmock/gmock.h>

$quiet$

$include$
)cc");
  for (const InterfacePlan& interface : plan.interfaces) emit_class(w, interface);
  return {plan.mock_path, w.take() + end_quiet(plan.names_deprecated)};
}

}  // namespace farcall
