#include "emit/artefacts.h"
#include "emit/encoding.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

constexpr std::size_t body_indent = 4;  // inside of a function inside of the struct

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

void emit_write(Writer& w, const std::string& function, const std::vector<Value>& values, const std::string& unpack,
                const Layout& layout) {
  Wrapped signature{
      .indent = 2, .head = "static void " + function + "(", .parts = {"::rpc::Encoder& out"}, .tail = ") {"};
  for (const Value& value : values) {
    signature.parts.push_back((value.cheap ? value.type + " " : "const " + value.type + "& ") + value.local);
  }
  w.emit({{"signature", wrap(signature)},
          {"unpack", unpack},
          {"write", encode_statements(layout, {"::rpc::", body_indent})}},
         R"cc(
    $signature$
      ::rpc::Writer at = out.begin();
      $unpack$
      $write$
      out.commit(at);
    }

  )cc");
}

void emit_read(Writer& w, const Wrapped& signature, const std::string& unpack, const Layout& layout) {
  w.emit({{"signature", wrap(signature)},
          {"unpack", unpack},
          {"read", decode_statements(layout, {"::rpc::", body_indent})}},
         R"cc(
    $signature$
      ::rpc::Reader at = in.begin();
      $unpack$
      $read$
      in.finish(at);
    }

  )cc");
}

void emit_arguments(Writer& w, const MethodPlan& method) {
  const std::vector<Value> values = inputs(method);
  emit_write(w, "write_" + method.id + "_arguments", values, "", method.arguments);
  Wrapped signature{
      .indent = 2, .head = "static void read_" + method.id + "_arguments(", .parts = {"::rpc::Decoder in"}};
  for (const Value& value : values) signature.parts.push_back(value.held + "& " + value.local);
  signature.tail = ") {";
  emit_read(w, signature, "", method.arguments);
}

/// For a reply of several values; the runtime knows how to write and read one.
void emit_reply(Writer& w, const MethodPlan& method) {
  emit_write(w, "write_" + method.id + "_reply", {{"reply", method.reply_type, method.reply_type, false}},
             reply_parts(method, "const auto&"), method.reply);
  const Wrapped signature{.indent = 2,
                          .head = "static void read_" + method.id + "_reply(",
                          .parts = {"::rpc::Decoder& in", method.reply_type + "& reply"},
                          .tail = ") {"};
  emit_read(w, signature, reply_parts(method, "auto&"), method.reply);
}

}  // namespace

std::string reply_parts(const MethodPlan& method, const std::string& head) {
  Wrapped names{.indent = body_indent, .head = head + " [", .tail = "] = reply;"};
  for (const OutputPlan& output : method.outputs) names.parts.push_back(output.local);
  return wrap(names);
}

std::string marshalling_functions(const MethodPlan& method) {
  Writer w;
  if (!method.arguments.empty()) emit_arguments(w, method);
  if (method.replies_with_tuple()) emit_reply(w, method);
  return w.take();
}

}  // namespace farcall
