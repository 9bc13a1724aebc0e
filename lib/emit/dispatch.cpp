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

/// "const double result = server.adjust(std::move(sensor), days, low);"
std::string call_server(const InterfacePlan& interface, const MethodPlan& method) {
  Wrapped call{.indent = 4, .head = method.result == "void" ? "" : "const " + method.result + " result = ", .tail = ");"};
  call.head += "server." + method.name + "(";
  for (const ParameterPlan& parameter : method.parameters) {
    const bool gives_up = parameter.passing == Passing::rvalue_reference ||
                          (parameter.passing == Passing::value && !parameter.cheap);
    call.parts.push_back(gives_up ? moved(interface, parameter) : parameter.local);
  }
  return wrap(call);
}

/// The same for a coroutine, whose parameters are values and whose outputs come back together.
std::string await_server(const InterfacePlan& interface, const MethodPlan& method) {
  std::string head;
  if (method.replies_with_tuple()) {
    if (method.result != "void") head = method.result + " result{};\n";
    for (const OutputPlan& output : method.outputs) {
      head += (&output == &method.outputs.front() ? interface.standard + "::tie(" : ", ") + output.local;
    }
    head += ") = ";
  } else if (method.result != "void") {
    head = "const " + method.result + " result = ";
  }
  Wrapped call{.indent = 4, .head = head + "co_await server." + method.name + "(", .tail = ");"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(parameter.cheap ? parameter.local : moved(interface, parameter));
  }
  return wrap(call);
}

void emit_serve(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const std::string& server,
                const std::string& head) {
  w.emit({{"head", head},
          {"server", server},
          {"id", method.id},
          {"variables", variables(method, true)},
          {"read", read_arguments(method)},
          {"call", call_server(interface, method)},
          {"reply", write_reply(method)}},
         R"cc(
    $head$
    static void serve_$id$($server$& server, ::rpc::Incoming& call) {
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

    static void serve_$id$($service$& server, ::rpc::Incoming& call) {
      run_$id$(server, call.hand_over());
    }

  )cc");
}

}  // namespace

std::string serve_functions(const InterfacePlan& interface, const MethodPlan& method) {
  Writer w;
  if (method.mode == Mode::async) {
    emit_serve(w, interface, method, interface.name, "");
    emit_coroutine(w, interface, method);
  } else {
    emit_serve(w, interface, method, "Server", "template <class Server>");
  }
  return w.take();
}

std::string dispatch_function(const InterfacePlan& interface) {
  Writer w;
  const auto cases = [&] {
    for (const MethodPlan& method : interface.methods) {
      w.line("case " + std::to_string(method.number) + ": return serve_" + method.id + "(server, call);");
    }
  };
  w.emit({{"cases", cases}, {"std", interface.standard}}, R"cc(
    template <class Server>
    static void dispatch(void* object, $std$::uint16_t method, ::rpc::Incoming& call) {
      Server& server = *static_cast<Server*>(object);
      switch (method) {
        $cases$
      }
    }
  )cc");
  return w.take();
}

}  // namespace farcall
