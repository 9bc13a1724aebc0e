#include "emit/artefacts.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// What a server is called with, declared one by one: "std::string sensor;", "int days{};". Where the reply is a tuple,
/// its parts are variables too.
std::string variables(const MethodPlan& method) {
  std::string text;
  if (method.replies_with_tuple()) text = method.reply_type + " reply;\n" + reply_parts(method, "auto&") + "\n";
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.out) continue;
    text += parameter.held + " " + parameter.local + parameter.initialiser + ";\n";
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

/// The variable as an argument: given up, where that makes a difference.
std::string argument(const InterfacePlan& interface, const ParameterPlan& parameter, bool gives_up) {
  if (parameter.extent != 0) return parameter.local + ".first<" + std::to_string(parameter.extent) + ">()";
  return gives_up ? interface.standard + "::move(" + parameter.local + ")" : parameter.local;
}

/// Continuation lines moved to the right by `by` columns: 6 under the operand of a `?`.
std::string nested(std::string text, std::size_t by) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += by + 1) text.insert(at + 1, by, ' ');
  return text;
}

/// The object that serves, as what the method is called on.
std::string plain(const MethodPlan& method) {
  return method.through.empty() ? "server.plain->" : "static_cast<" + method.through + "&>(*server.plain).";
}

/// "server.plain->adjust(std::move(sensor), days, low)"; `head` ends in the arrow.
std::string call_on(const InterfacePlan& interface, const MethodPlan& method, const std::string& head,
                    std::size_t indent) {
  Wrapped call{.indent = indent, .head = head + method.name + "(", .tail = ")"};
  for (const ParameterPlan& parameter : method.parameters) {
    const bool gives_up =
        parameter.passing == Passing::rvalue_reference || (parameter.passing == Passing::value && !parameter.cheap);
    call.parts.push_back(argument(interface, parameter, gives_up));
  }
  if (method.handle) {
    const std::string how = method.handle->form == HandleForm::reply ? "reply_later<" : "shared_reply<";
    call.parts.insert(call.parts.begin() + static_cast<std::ptrdiff_t>(method.handle->position),
                      "call." + how + method.reply_type + ">()");
  }
  return wrap(call);
}

/// Calls whichever server object there is and replies. An async method of a service is called elsewhere.
std::string call_server(const InterfacePlan& interface, const MethodPlan& method) {
  std::string head;
  std::string tail = ";";
  if (method.result != "void" && !method.handle) head = method.replies_with_tuple() ? "result = " : "call.reply(";
  if (head == "call.reply(") tail = ");";
  if (method.mode == Mode::async) return call_on(interface, method, head + plain(method), 4) + tail;
  const std::string on_service = call_on(interface, method, "server.service->", 10);
  const std::string on_plain = call_on(interface, method, plain(method), 10);
  std::string one_line = head + "server.service ? " + on_service + " : " + on_plain + tail;
  if (4 + one_line.size() <= max_columns && one_line.find('\n') == std::string::npos) return one_line;
  return head + "server.service\n    ? " + nested(on_service, 6) + "\n    : " + nested(on_plain, 6) + tail;
}

/// What there is to reply when the call did not do so.
std::string write_reply(const MethodPlan& method) {
  if (method.handle) return "";
  if (method.replies_with_tuple()) return "write_" + method.id + "_reply(call.reply(), reply);";
  return method.outputs.empty() ? "call.reply();" : "";
}

/// An async method of a service gives a task, whose value is the reply.
std::string answer_later(const InterfacePlan& interface, const MethodPlan& method) {
  if (method.mode != Mode::async) return "";
  Wrapped task{.indent = 6, .head = "server.service->" + method.name + "(", .tail = ")"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) task.parts.push_back(argument(interface, parameter, !parameter.cheap));
  }
  Wrapped answer{.indent = 6, .head = "return call.answer(", .parts = {wrap(task)}, .tail = ");"};
  if (method.replies_with_tuple()) answer.parts.push_back("&write_" + method.id + "_reply");
  return "if (server.service) {\n  call.detach();\n  " + nested(wrap(answer), 2) + "\n}";
}

}  // namespace

std::string serve_function(const InterfacePlan& interface, const MethodPlan& method) {
  Writer w;
  w.emit({{"server", interface.server},
          {"id", method.id},
          {"variables", variables(method)},
          {"read", read_arguments(method)},
          {"later", answer_later(interface, method)},
          {"call", call_server(interface, method)},
          {"reply", write_reply(method)}},
         R"cc(
    static void serve_$id$(const $server$& server, ::rpc::Incoming& call) {
      $variables$
      $read$
      $later$
      $call$
      $reply$
    }

  )cc");
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
      w.line("case " + std::to_string(method.index) + ": return serve_" + method.id + "(server, call);");
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
