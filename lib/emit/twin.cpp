#include <algorithm>

#include "emit/artefacts.h"
#include "emit/client.h"
#include "emit/signature.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

constexpr std::size_t inside_class = 2;
constexpr std::size_t inside_function = 4;

std::string bases(const TwinPlan& twin) {
  std::string text;
  for (const std::string& base : twin.bases) text += (text.empty() ? " : public " : ", public ") + base;
  return text;
}

/// What the server's twin is called with lives from one half to the other: "std::string sensor;". Where the reply is a
/// tuple, its parts, what goes both ways among them, do.
std::string kept_values(const MethodPlan& method) {
  std::string text;
  if (method.replies_with_tuple()) text = method.reply_type + " reply;\n";
  for (const ParameterPlan& parameter : method.parameters) {
    if (!parameter.direction.out) text += parameter.held + " " + parameter.local + parameter.initialiser + ";\n";
  }
  return text;
}

std::string kept(const ParameterPlan& parameter) {
  return parameter.direction.out ? parameter.local : "object." + parameter.local;
}

std::string input(const InterfacePlan& interface, const ParameterPlan& parameter) {
  if (parameter.extent != 0) return kept(parameter) + ".first<" + std::to_string(parameter.extent) + ">()";
  const bool gives_up =
      parameter.passing == Passing::rvalue_reference || (parameter.passing == Passing::value && !parameter.cheap);
  return gives_up ? interface.standard + "::move(" + kept(parameter) + ")" : kept(parameter);
}

std::string parts_of_reply(const MethodPlan& method, bool used) {
  if (!used) return "";
  std::string parts = reply_parts(method, "auto&");
  return parts.replace(parts.rfind("reply;"), 6, "object.reply;");
}

std::string read_arguments(const InterfacePlan& interface, const MethodPlan& method) {
  if (method.arguments.empty()) return "";
  Wrapped call{.indent = inside_function,
               .head = interface.marshalling + "::read_" + method.id + "_arguments(",
               .parts = {"in"},
               .tail = ");"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(kept(parameter));
  }
  return wrap(call);
}

void emit_begin(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const HalvesPlan& halves) {
  const bool takes_nothing = method.arguments.empty();
  const bool both_ways = std::ranges::any_of(method.parameters, [](const ParameterPlan& parameter) {
    return parameter.direction.in && parameter.direction.out;
  });
  Wrapped call{.indent = inside_function, .head = "return server." + halves.begin + "(", .tail = ");"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) call.parts.push_back(input(interface, parameter));
  }
  Wrapped signature{.indent = inside_class, .head = "static ::rpc::Pending begin_" + method.id + "(", .tail = ") {"};
  signature.parts = {interface.twin->name + "& server", takes_nothing ? "::rpc::Decoder&" : "::rpc::Decoder& in",
                     "Call_" + method.id + (takes_nothing ? "&" : "& object")};
  w.emit({{"signature", wrap(signature)},
          {"parts", parts_of_reply(method, both_ways)},
          {"read", read_arguments(interface, method)},
          {"call", wrap(call)}},
         R"cc(
    $signature$
      $parts$
      $read$
      $call$
    }

  )cc");
}

/// Calls the second half and writes what it gives.
std::string second_half(const InterfacePlan& interface, const MethodPlan& method, const HalvesPlan& halves) {
  Wrapped call{.indent = inside_function, .head = "server." + halves.finish + "(", .tail = ")"};
  call.parts = {interface.standard + "::move(pending)"};
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.out) call.parts.push_back(parameter.local);
  }
  if (!method.replies_with_tuple() && !method.outputs.empty()) {
    call.head = "::rpc::write_reply(out, " + call.head;
    call.tail += ")";
  } else if (method.result != "void") {
    call.head = "result = " + call.head;
  }
  call.tail += ";";
  if (!method.replies_with_tuple()) return wrap(call);
  return wrap(call) + "\n" + interface.marshalling + "::write_" + method.id + "_reply(out, object.reply);";
}

void emit_finish(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const HalvesPlan& halves) {
  const bool is_tuple = method.replies_with_tuple();
  Wrapped signature{.indent = inside_class, .head = "static void finish_" + method.id + "(", .tail = ") {"};
  signature.parts = {interface.twin->name + "& server", "::rpc::Pending pending",
                     method.outputs.empty() ? "::rpc::Encoder&" : "::rpc::Encoder& out",
                     "Call_" + method.id + (is_tuple ? "& object" : "&")};
  w.emit({{"signature", wrap(signature)},
          {"parts", parts_of_reply(method, is_tuple)},
          {"finish", second_half(interface, method, halves)}},
         R"cc(
    $signature$
      $parts$
      $finish$
    }

  )cc");
}

void emit_call(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const HalvesPlan& halves) {
  const std::string values = kept_values(method);
  if (values.empty()) w.line("struct Call_" + method.id + " {};");
  if (!values.empty())
    w.emit({{"id", method.id}, {"values", values}}, R"cc(
        struct Call_$id$ {
          $values$
        };
      )cc");
  w.line("");
  emit_begin(w, interface, method, halves);
  emit_finish(w, interface, method, halves);
}

void emit_serving(Writer& w, const InterfacePlan& interface) {
  const auto methods = [&] {
    for (std::size_t i = 0; i < interface.methods.size(); ++i)
      emit_call(w, interface, interface.methods[i], interface.twin->methods[i]);
  };
  const auto cases = [&] {
    for (const MethodPlan& method : interface.methods) {
      w.line("case " + std::to_string(method.index) + ": return ::rpc::serve_twin(call, twin, &begin_" + method.id +
             ", &finish_" + method.id + ");");
    }
  };
  w.emit({{"struct", interface.twin->marshalling},
          {"interface", interface.name},
          {"twin", interface.twin->name},
          {"std", interface.standard},
          {"methods", methods},
          {"cases", cases}},
         R"cc(
    /// How $twin$ serves calls of $interface$: what each is called with, and its two halves.
    struct $struct$ {
      $methods$

      static void dispatch(void* server, $std$::uint16_t method, ::rpc::Incoming& call) {
        $twin$& twin = *static_cast<$twin$*>(server);
        switch (method) {
          $cases$
        }
      }
    };
  )cc");
}

/// The reply as an expression; of several values, the function that read them tells the type.
std::string finish_call(const InterfacePlan& interface, const MethodPlan& method) {
  const std::string arguments = "(stub_, " + std::to_string(method.index) + ", pending";
  if (method.replies_with_tuple())
    return "::rpc::finish_call" + arguments + ", &" + interface.marshalling + "::read_" + method.id + "_reply)";
  return "::rpc::finish_call" + (method.outputs.empty() ? "" : "<" + method.reply_type + ">") + arguments + ")";
}

void emit_client_halves(Writer& w, const InterfacePlan& interface, const MethodPlan& method, const HalvesPlan& halves) {
  Signature begin = begin_signature(method, halves);
  Signature finish = finish_signature(method, halves);
  begin.specifiers = finish.specifiers = " override";
  const std::string number = std::to_string(method.index);
  w.emit({{"begin", define_inside(begin, inside_class)},
          {"number", number},
          {"write", write_arguments(interface, method, inside_function)},
          {"start", awaiting(interface, method, "start")},
          {"finish", define_inside(finish, inside_class)},
          {"reply", hand_out(interface, method, finish_call(interface, method), inside_function)}},
         R"cc(

    $begin$
      ::rpc::Outgoing call = stub_.call($number$);
      $write$
      return ::rpc::begin_call(stub_, $number$, call.$start$);
    }

    $finish$
      $reply$
    }
  )cc");
}

void emit_client(Writer& w, const InterfacePlan& interface) {
  const auto methods = [&] {
    for (std::size_t i = 0; i < interface.methods.size(); ++i)
      emit_client_halves(w, interface, interface.methods[i], interface.twin->methods[i]);
  };
  w.emit({{"client", interface.twin->client},
          {"interface", interface.name},
          {"twin", interface.twin->name},
          {"std", interface.standard},
          {"methods", methods}},
         R"cc(
    /// The twin of a client of $interface$.
    class $client$ final : public $twin$ {
     public:
      explicit $client$(::rpc::Stub stub) : stub_($std$::move(stub)) {}
      $methods$

     private:
      ::rpc::Stub stub_;
    };
  )cc");
}

}  // namespace

std::string twin_class(const InterfacePlan& interface) {
  if (!interface.twin) return "";
  Writer w;
  const auto methods = [&] {
    for (std::size_t i = 0; i < interface.methods.size(); ++i) {
      const MethodPlan& method = interface.methods[i];
      const HalvesPlan& halves = interface.twin->methods[i];
      if (halves.inherited) continue;
      Signature begin = begin_signature(method, halves);
      Signature finish = finish_signature(method, halves);
      begin.specifiers = finish.specifiers = " = 0";
      w.line("");
      for (const std::string& line : method.doc) w.line(line.empty() ? "///" : "/// " + line);
      w.emit(
          {{"begin", declare(begin, inside_class, "virtual ")}, {"finish", declare(finish, inside_class, "virtual ")}},
          R"cc(
        $begin$
        $finish$
      )cc");
    }
  };
  w.emit({{"interface", interface.name},
          {"client", interface.client},
          {"twin", interface.twin->name},
          {"bases", bases(*interface.twin)},
          {"destructor", interface.twin->bases.empty() ? "virtual ~" + interface.twin->name + "() = default;" : ""},
          {"uuid", interface.twin->uuid},
          {"methods", methods}},
         R"cc(
    /// The asynchronous twin of $interface$: each call in two halves. Begin_ takes what goes in and returns at once,
    /// Finish_ waits and gives what comes back. $client$::async_twin() makes one, and a server may implement it.
    class $twin$$bases$ {
     public:
      static constexpr ::rpc::Uuid uuid{"$uuid$"};

      $destructor$
      $methods$
    };
  )cc");
  return w.take();
}

std::string twin_declaration(const InterfacePlan& interface) {
  if (!interface.twin) return "";
  return "/// The same calls in two halves, with the options of this client.\n" + interface.standard + "::unique_ptr<" +
         interface.twin->name + "> async_twin() const;";
}

std::string twin_definition(const InterfacePlan& interface) {
  if (!interface.twin) return "";
  Writer w;
  w.emit({{"std", interface.standard},
          {"twin", interface.twin->name},
          {"client", interface.client},
          {"twin_client", interface.twin->client}},
         R"cc(

    $std$::unique_ptr<$twin$> $client$::async_twin() const {
      return $std$::make_unique<$twin_client$>(stub_);
    }
  )cc");
  return w.take();
}

std::string twin_internals(const InterfacePlan& interface) {
  if (!interface.twin) return "";
  Writer w;
  w.emit({{"serving", [&] { emit_serving(w, interface); }}, {"client", [&] { emit_client(w, interface); }}}, R"cc(
    $serving$

    $client$
  )cc");
  return w.take();
}

}  // namespace farcall
