#include "emit/client.h"

#include "emit/artefacts.h"
#include "emit/signature.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

void emit_declarations(Writer& w, const MethodPlan& method, bool is_first) {
  if (!method.doc.empty() && !is_first) w.line("");
  for (const std::string& line : method.doc) w.line(line.empty() ? "///" : "/// " + line);
  w.emit({{"method", declare(client_signature(method), 2)}}, "$method$");
  if (!method.async_name.empty()) w.emit({{"method", declare(async_signature(method), 2)}}, "$method$");
}

/// What is answered, where the parameter is another way to say it: "::rpc::Reply<int> reply(std::move(done));".
std::string reply_of(const InterfacePlan& interface, const MethodPlan& method) {
  const HandlePlan& handle = *method.handle;
  if (handle.form == HandleForm::reply) return "";
  const bool copies = handle.passing == Passing::const_reference;
  const std::string from = copies ? handle.local : interface.standard + "::move(" + handle.local + ")";
  return "::rpc::Reply<" + method.reply_type + "> reply(" + from + ");";
}

/// A call that returns at once: whatever goes wrong, the handle hears of it.
void emit_handle_definition(Writer& w, const InterfacePlan& interface, const MethodPlan& method) {
  w.emit({{"signature", define(client_signature(method), interface.client)},
          {"number", std::to_string(method.index)},
          {"reply_of", reply_of(interface, method)},
          {"reply", method.handle->form == HandleForm::reply ? method.handle->local : "reply"},
          {"write", write_arguments(interface, method, 4)},
          {"std", interface.standard}},
         R"cc(

    $signature$
      $reply_of$
      try {
        ::rpc::Outgoing call = stub_.call($number$);
        $write$
        call.start($reply$);
      } catch (...) {
        $reply$.fail($std$::current_exception());
      }
    }
  )cc");
}

/// Sends the call and puts what comes back where the caller wants it.
std::string finish(const InterfacePlan& interface, const MethodPlan& method) {
  if (method.mode == Mode::maybe) return "call.send_maybe();";
  if (method.mode == Mode::message) return "call.store();";
  return hand_out(interface, method, "call." + awaiting(interface, method, "wait"), 2);
}

/// Starts the call, and gives what tells about it.
std::string start(const InterfacePlan& interface, const MethodPlan& method) {
  if (method.mode == Mode::message) return "return call.send_message();";
  return "return call." + awaiting(interface, method, "start") + ";";
}

void emit_definition(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const Signature& signature,
                     const std::string& last) {
  w.emit({{"signature", define(signature, interface.client)},
          {"begin", method.mode == Mode::message ? "message" : "call"},
          {"number", std::to_string(method.index)},
          {"write", write_arguments(interface, method, 2)},
          {"finish", last}},
         R"cc(

    $signature$
      ::rpc::Outgoing call = stub_.$begin$($number$);
      $write$
      $finish$
    }
  )cc");
}

}  // namespace

std::string write_arguments(const InterfacePlan& interface, const MethodPlan& method, std::size_t indent) {
  if (method.arguments.empty()) return "";
  Wrapped call{.indent = indent, .head = interface.marshalling + "::write_" + method.id + "_arguments("};
  call.parts = {"call.arguments()"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(parameter.local);
  }
  call.tail = ");";
  return wrap(call);
}

std::string awaiting(const InterfacePlan& interface, const MethodPlan& method, const std::string& how) {
  if (method.replies_with_tuple()) return how + "(&" + interface.marshalling + "::read_" + method.id + "_reply)";
  return how + (method.outputs.empty() ? "()" : "<" + method.reply_type + ">()");
}

std::string hand_out(const InterfacePlan& interface, const MethodPlan& method, const std::string& reply,
                     std::size_t indent) {
  if (method.outputs.empty()) return reply + ";";
  if (!method.replies_with_tuple()) return "return " + reply + ";";
  Wrapped tie{.indent = indent, .head = interface.standard + "::tie(", .tail = ") = " + reply + ";"};
  for (const OutputPlan& output : method.outputs) tie.parts.push_back(output.local);
  if (method.result == "void") return wrap(tie);
  return method.result + " result{};\n" + wrap(tie) + "\nreturn result;";
}

std::string client_class(const InterfacePlan& interface) {
  Writer w;
  const auto inherited = [&] {
    for (const std::string& name : interface.inherited) w.line("using " + interface.name + "::" + name + ";");
  };
  const auto methods = [&] {
    for (const MethodPlan& method : interface.methods) {
      emit_declarations(w, method, &method == &interface.methods.front() && interface.inherited.empty());
    }
  };
  w.emit({{"interface", interface.name},
          {"client", interface.client},
          {"base", interface.client_derives ? " : public " + interface.name : ""},
          {"inherited", inherited},
          {"methods", methods},
          {"twin", twin_declaration(interface)}},
         R"cc(
    /// The client of $interface$: what is called on it happens in a server. Any number of threads may use one.
    class $client$ final$base$ {
     public:
      explicit $client$(::rpc::Channel channel, ::rpc::CallOptions options = {});

      /// The same client with other options, for one call or many.
      $client$ with(::rpc::CallOptions options) const;

      $inherited$
      $methods$

      $twin$

     private:
      explicit $client$(::rpc::Stub stub);

      ::rpc::Stub stub_;
    };
  )cc");
  return w.take();
}

std::string client_members(const InterfacePlan& interface) {
  Writer w;
  w.emit({{"client", interface.client}, {"marshalling", interface.marshalling}, {"std", interface.standard}}, R"cc(
    $client$::$client$(::rpc::Channel channel, ::rpc::CallOptions options)
        : stub_($std$::move(channel), options, $marshalling$::info) {}

    $client$::$client$(::rpc::Stub stub) : stub_($std$::move(stub)) {}

    $client$ $client$::with(::rpc::CallOptions options) const {
      return $client$(stub_.with(options));
    }
  )cc");
  for (const MethodPlan& method : interface.methods) {
    if (method.handle) {
      emit_handle_definition(w, interface, method);
      continue;
    }
    emit_definition(w, interface, method, client_signature(method), finish(interface, method));
    if (method.async_name.empty()) continue;
    emit_definition(w, interface, method, async_signature(method), start(interface, method));
  }
  w.emit({{"twin", twin_definition(interface)}}, R"cc(

    $twin$
  )cc");
  return w.take();
}

}  // namespace farcall
