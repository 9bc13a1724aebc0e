#include "emit/artefacts.h"
#include "emit/encoding.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

constexpr std::size_t most_pointers = 4;  // that the runtime's functions take one by one
constexpr std::size_t body_indent = 4;    // inside of a function inside of the struct

struct Value {
  std::string local;
  std::string type;
  std::string held;
  bool cheap;
};

std::vector<Value> inputs(const MethodPlan& method) {
  std::vector<Value> values;
  for (const ParameterPlan& parameter : method.parameters) {
    if (parameter.direction.in) values.push_back({parameter.local, parameter.type, parameter.held, parameter.cheap});
  }
  return values;
}

/// "if (out.tagged()) return ::rpc::tagged::write(out, history_arguments, &sensor, &days);", with braces around many.
std::string in_tagged(const std::string& way, const std::string& how, const std::string& table,
                      const std::vector<FieldPlan>& fields) {
  Wrapped call{.indent = body_indent};
  const bool is_list = fields.size() > most_pointers;
  call.head =
      "if (" + way + ".tagged()) return ::rpc::tagged::" + how + "(" + way + ", " + table + (is_list ? ", {" : ", ");
  for (const FieldPlan& field : fields) call.parts.push_back("&" + field.item.access);
  call.tail = is_list ? "});" : ");";
  return wrap(call);
}

void emit_write(Writer& w, const std::string& function, const std::vector<Value>& values, const std::string& unpack,
                const std::string& tagged, const Layout& layout) {
  Wrapped signature{
      .indent = 2, .head = "static void " + function + "(", .parts = {"::rpc::Encoder& out"}, .tail = ") {"};
  for (const Value& value : values) {
    signature.parts.push_back((value.cheap ? value.type + " " : "const " + value.type + "& ") + value.local);
  }
  w.emit({{"signature", wrap(signature)},
          {"unpack", unpack},
          {"tagged", tagged},
          {"write", encode_statements(layout, {"::rpc::", body_indent})}},
         R"cc(
    $signature$
      $unpack$
      $tagged$
      ::rpc::Writer at = out.begin();
      $write$
      out.commit(at);
    }

  )cc");
}

void emit_read(Writer& w, const Wrapped& signature, const std::string& unpack, const std::string& tagged,
               const Layout& layout) {
  w.emit({{"signature", wrap(signature)},
          {"unpack", unpack},
          {"tagged", tagged},
          {"read", decode_statements(layout, {"::rpc::", body_indent})}},
         R"cc(
    $signature$
      $unpack$
      $tagged$
      ::rpc::Reader at = in.begin();
      $read$
      in.finish(at);
    }

  )cc");
}

void emit_arguments(Writer& w, const InterfacePlan& interface, const MethodPlan& method) {
  const std::vector<Value> values = inputs(method);
  const std::string table = method.id + "_arguments";
  const std::string what = "the arguments of " + interface.qualified_name + "::" + method.name;
  w.emit({{"table", tagged_values(table, what, method.argument_fields)}}, R"cc(
    $table$

  )cc");
  emit_write(w, "write_" + method.id + "_arguments", values, "",
             in_tagged("out", "write", table, method.argument_fields), method.arguments);
  Wrapped signature{
      .indent = 2, .head = "static void read_" + method.id + "_arguments(", .parts = {"::rpc::Decoder& in"}};
  for (const Value& value : values) signature.parts.push_back(value.held + "& " + value.local);
  signature.tail = ") {";
  emit_read(w, signature, "", in_tagged("in", "read", table, method.argument_fields), method.arguments);
}

/// For a reply of several values; the runtime knows how to write and read one.
void emit_reply(Writer& w, const InterfacePlan& interface, const MethodPlan& method) {
  const std::string table = method.id + "_reply";
  const std::string what = "the results of " + interface.qualified_name + "::" + method.name;
  w.emit({{"table", tagged_values(table, what, method.reply_fields)}}, R"cc(
    $table$

  )cc");
  emit_write(w, "write_" + method.id + "_reply", {{"reply", method.reply_type, method.reply_type, false}},
             reply_parts(method, "const auto&"), in_tagged("out", "write", table, method.reply_fields), method.reply);
  const Wrapped signature{.indent = 2,
                          .head = "static void read_" + method.id + "_reply(",
                          .parts = {"::rpc::Decoder& in", method.reply_type + "& reply"},
                          .tail = ") {"};
  emit_read(w, signature, reply_parts(method, "auto&"), in_tagged("in", "read", table, method.reply_fields),
            method.reply);
}

}  // namespace

std::string reply_parts(const MethodPlan& method, const std::string& head) {
  Wrapped names{.indent = body_indent, .head = head + " [", .tail = "] = reply;"};
  for (const OutputPlan& output : method.outputs) names.parts.push_back(output.local);
  return wrap(names);
}

std::string marshalling_functions(const InterfacePlan& interface, const MethodPlan& method) {
  Writer w;
  if (!method.arguments.empty()) emit_arguments(w, interface, method);
  if (method.replies_with_tuple()) emit_reply(w, interface, method);
  return w.take();
}

}  // namespace farcall
