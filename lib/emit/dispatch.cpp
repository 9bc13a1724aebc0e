#include "emit/artefacts.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// What a server is called with, declared one by one: "std::string sensor;", "int days{};"
std::string variables(const MethodPlan& method, bool outputs_too) {
  std::string text;
  for (const ParameterPlan& parameter : method.parameters) {
    if (!parameter.direction.in && !outputs_too) continue;
    text += parameter.type + " " + parameter.local + (parameter.starts_empty ? ";\n" : "{};\n");
  }
  return text;
}

std::string read_arguments(const MethodPlan& method) {
  if (method.arguments.empty()) return "";
  Wrapped call{.indent = 4, .head = "read_" + method.id + "_arguments(", .parts = {"call.arguments()"}, .tail = ");"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(parameter.local);
  }
  return wrap(call);
}

std::string write_reply(const MethodPlan& method) {
  if (method.outputs.empty()) return "call.reply();";
  Wrapped call{.indent = 4, .head = "write_" + method.id + "_reply(", .parts = {"call.reply()"}, .tail = ");"};
  for (const OutputPlan& output : method.outputs) call.parts.push_back(output.local);
  return wrap(call);
}

std::string moved(const InterfacePlan& interface, const ParameterPlan& parameter) {
  return interface.standard + "::move(" + parameter.local + ")";
}

/// Continuation lines moved to the right, under the operand of a `?`.
std::string indented(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 7) text.insert(at + 1, 6, ' ');
  return text;
}

/// "server.plain->adjust(std::move(sensor), days, low)", with `head` before it.
std::string call_on(const InterfacePlan& interface, const MethodPlan& method, const std::string& head, std::size_t indent) {
  Wrapped call{.indent = indent, .head = head + "->" + method.name + "(", .tail = ")"};
  for (const ParameterPlan& parameter : method.parameters) {
    const bool gives_up = parameter.passing == Passing::rvalue_reference ||
                          (parameter.passing == Passing::value && !parameter.cheap);
    call.parts.push_back(gives_up ? moved(interface, parameter) : parameter.local);
  }
  return wrap(call);
}

/// Calls whichever server object there is, and keeps the result. An async method of a service is called elsewhere.
std::string call_server(const InterfacePlan& interface, const MethodPlan& method) {
  const std::string result = method.result == "void" ? "" : "const " + method.result + " result = ";
  if (method.mode == Mode::async) return call_on(interface, method, result + "server.plain", 4) + ";";
  const std::string on_service = call_on(interface, method, "server.service", 10);
  const std::string on_plain = call_on(interface, method, "server.plain", 10);
  const std::string one_line = result + "server.service ? " + on_service + " : " + on_plain + ";";
  if (4 + one_line.size() <= max_columns && one_line.find('\n') == std::string::npos) return one_line;
  return result + "server.service\n    ? " + indented(on_service) + "\n    : " + indented(on_plain) + ";";
}

/// The same for a coroutine, whose parameters are values and whose outputs come back together.
std::string await_server(const InterfacePlan& interface, const MethodPlan& method) {
  std::string target = method.result == "void" ? "" : "const " + method.result + " result = ";
  std::string declaration;
  if (method.replies_with_tuple()) {
    if (method.result != "void") declaration = method.result + " result{};\n";
    target = interface.standard + "::tie(";
    for (const OutputPlan& output : method.outputs) target += output.local + ", ";
    target.replace(target.size() - 2, 2, ") = ");
  }
  Wrapped call{.indent = 4, .head = target + "co_await server." + method.name + "(", .tail = ");"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(parameter.cheap ? parameter.local : moved(interface, parameter));
  }
  return declaration + wrap(call);
}

/// An async method of a service goes on as a coroutine.
std::string handed_over(const MethodPlan& method) {
  if (method.mode != Mode::async) return "";
  return "if (server.service) {\n  run_" + method.id + "(*server.service, call.hand_over());\n  return;\n}";
}

void emit_serve(Writer& w, const InterfacePlan& interface, const MethodPlan& method) {
  w.emit({{"hand_over", handed_over(method)},
          {"server", interface.server},
          {"id", method.id},
          {"variables", variables(method, true)},
          {"read", read_arguments(method)},
          {"call", call_server(interface, method)},
          {"reply", write_reply(method)}},
         R"cc(
    static void serve_$id$(const $server$& server, ::rpc::Incoming& call) {
      $hand_over$
      $variables$
      $read$
      $call$
      $reply$
    }

  )cc");
}

void emit_coroutine(Writer& w, const InterfacePlan& interface, const MethodPlan& method) {
  w.emit({{"service", interface.service},
          {"id", method.id},
          {"variables", variables(method, method.replies_with_tuple())},
          {"read", read_arguments(method)},
          {"call", await_server(interface, method)},
          {"reply", write_reply(method)}},
         R"cc(
    static ::rpc::Serving run_$id$($service$& server, ::rpc::Responder call) {
      $variables$
      $read$
      $call$
      $reply$
      call.send();
    }

  )cc");
}

}  // namespace

std::string serve_functions(const InterfacePlan& interface, const MethodPlan& method) {
  Writer w;
  if (method.mode == Mode::async) emit_coroutine(w, interface, method);
  emit_serve(w, interface, method);
  return w.take();
}

std::string server_struct(const InterfacePlan& interface) {
  Writer w;
  w.emit({{"interface", interface.name}, {"service", interface.service}, {"server", interface.server}}, R"cc(
    /// The object that serves: one of the two.
    struct $server$ {
      $interface$* plain = nullptr;
      $service$* service = nullptr;
    };
  )cc");
  return w.take();
}

std::string dispatch_functions(const InterfacePlan& interface) {
  Writer w;
  const auto cases = [&] {
    for (const MethodPlan& method : interface.methods) {
      w.line("case " + std::to_string(method.number) + ": return serve_" + method.id + "(server, call);");
    }
  };
  w.emit({{"cases", cases},
          {"std", interface.standard},
          {"server", interface.server},
          {"interface", interface.name},
          {"service", interface.service}},
         R"cc(
    static void dispatch(const $server$& server, $std$::uint16_t method, ::rpc::Incoming& call) {
      switch (method) {
        $cases$
      }
    }

    static void dispatch_plain(void* server, $std$::uint16_t method, ::rpc::Incoming& call) {
      dispatch({.plain = static_cast<$interface$*>(server)}, method, call);
    }

    static void dispatch_service(void* server, $std$::uint16_t method, ::rpc::Incoming& call) {
      dispatch({.service = static_cast<$service$*>(server)}, method, call);
    }
  )cc");
  return w.take();
}

}  // namespace farcall
