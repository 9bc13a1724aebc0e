#include <sstream>

#include "plan/fingerprint.h"
#include "plan/plan.h"

namespace farcall {
namespace {

/// Writes one fact a line, indented by how deep it stands.
class Printer {
 public:
  void line(int depth, const std::string& text) { out_ << std::string(2 * depth, ' ') << text << '\n'; }
  std::string take() { return out_.str(); }

 private:
  std::ostringstream out_;
};

std::string number(std::uint64_t value) { return std::to_string(value); }

std::string describe_bit(const BitItem& item) {
  const bool is_presence = item.kind == BitKind::presence || item.kind == BitKind::not_null;
  const std::string what = is_presence ? "presence of " : "";
  return "bits   byte " + number(item.byte) + ", " + number(item.shift) + "+" + number(item.width) + ": " + what +
         item.access;
}

void print(Printer& out, int depth, const Layout& layout) {
  for (const BitItem& item : layout.bits) out.line(depth, describe_bit(item));
  for (const Item& item : layout.fixed) out.line(depth, "fixed  " + item.access + ": " + describe(item.type));
  for (const VariableItem& variable : layout.variable) {
    const std::string type = describe(variable.item.type);
    out.line(depth, "then   " + variable.item.access + ": " + type + (variable.optional ? ", if present" : ""));
  }
}

std::string describe_base(const FieldPlan& field) {
  return field.is_base ? "base " + field.item.access : field.item.access;
}

void print(Printer& out, int depth, const std::vector<FieldPlan>& fields) {
  for (const FieldPlan& field : fields) {
    const std::string absent = field.default_argument.empty() ? "" : ", if absent " + field.default_argument;
    out.line(depth,
             "tag " + number(field.number) + "  " + describe_base(field) + ": " + describe(field.item.type) + absent);
  }
}

/// Of a message, as far as they are not the usual ones.
std::string describe_options(const MethodPlan& method) {
  std::string text;
  if (method.priority != 0) text += ", priority " + std::to_string(method.priority);
  if (method.express) text += ", express";
  if (method.time_to_live_ns != 0) text += ", for " + std::to_string(method.time_to_live_ns) + " ns";
  return text;
}

std::string describe_mode(const MethodPlan& method) {
  std::string text(name_of(method.mode));
  if (method.mode == Mode::async || method.mode == Mode::message) text += ", as " + method.async_name;
  return method.mode == Mode::message ? text + describe_options(method) : text;
}

std::string describe_timeout(const MethodPlan& method) {
  if (method.timeout_ns == 0) return "default";
  return method.timeout_ns < 0 ? "none" : number(static_cast<std::uint64_t>(method.timeout_ns)) + " ns";
}

std::string describe(const ParameterPlan& parameter) {
  std::string text = parameter.direction.in ? "in" : "";
  if (parameter.direction.out) text += text.empty() ? "out" : ", out";
  text = "parameter " + (parameter.name.empty() ? "(unnamed)" : parameter.name) + ": " + parameter.type + ", " + text;
  if (parameter.local != parameter.name) text += ", called " + parameter.local;
  return parameter.default_argument.empty() ? text : text + ", default " + parameter.default_argument;
}

void print(Printer& out, const MethodPlan& method) {
  out.line(1, "method " + number(method.index) + " " + method.declaration);
  out.line(2, "wire name " + method.wire_name + ", number " + number(method.number) + ", helpers " + method.id +
                  ", timeout " + describe_timeout(method) + (method.idempotent ? ", idempotent" : ""));
  out.line(2, "mode " + describe_mode(method) + (method.overrides ? ", overrides" : "") +
                  (method.through.empty() ? "" : ", called as a member of " + method.through));
  for (const ParameterPlan& parameter : method.parameters) out.line(2, describe(parameter));
  if (method.handle)
    out.line(2, "handle " + method.handle->local + ": " + method.handle->type + ", behind " +
                    number(method.handle->position) + " parameters");
  out.line(2, "arguments, at least " + number(method.arguments.min_size) + " bytes");
  print(out, 3, method.arguments);
  print(out, 3, method.argument_fields);
  out.line(2, "reply " + method.reply_type + ", at least " + number(method.reply.min_size) + " bytes");
  print(out, 3, method.reply);
  print(out, 3, method.reply_fields);
}

void print(Printer& out, const TwinPlan& twin) {
  out.line(1, "twin " + twin.name + ", uuid " + twin.uuid);
  for (const std::string& base : twin.bases) out.line(2, "derives from " + base);
  for (const HalvesPlan& each : twin.methods)
    out.line(2, each.begin + ", " + each.finish + (each.inherited ? ", inherited" : ""));
}

void print(Printer& out, const InterfacePlan& interface) {
  out.line(0, "interface " + interface.qualified_name + " as \"" + interface.wire_name + "\"");
  out.line(1, "fingerprint " + spell_fingerprint(interface.fingerprint));
  out.line(1, "client " + interface.client + (interface.client_derives ? ", derives" : ", has the same members"));
  out.line(1, "service " + interface.service);
  if (!interface.uuid.empty()) out.line(1, "uuid " + interface.uuid);
  if (interface.twin) print(out, *interface.twin);
  for (const MethodPlan& method : interface.methods) print(out, method);
}

void print(Printer& out, const RecordPlan& record) {
  const std::string kind = record.flat_size != 0 ? ", copied whole" : record.on_cycle ? ", can contain itself" : "";
  out.line(0, "record " + record.name + ", at least " + number(record.layout.min_size) + " bytes" + kind +
                  (record.needs_access ? ", reached by rpc::Access" : ""));
  print(out, 1, record.layout);
  print(out, 1, record.fields);
}

void print(Printer& out, const EnumPlan& enumeration) {
  const std::string width = enumeration.bits == 0 ? "underlying width" : number(enumeration.bits) + " bits";
  out.line(0, (enumeration.is_flags ? "flags " : "enum ") + enumeration.name + ", " + width);
  for (const std::string& enumerator : enumeration.enumerators) out.line(1, enumerator);
}

}  // namespace

std::string print(const Plan& plan) {
  Printer out;
  out.line(0, "header " + plan.header + " included as \"" + plan.include + "\"");
  out.line(0, "writes " + plan.header_path);
  out.line(0, "writes " + plan.source_path);
  for (const std::string& include : plan.header_includes) out.line(0, "header includes <" + include + ">");
  for (const std::string& include : plan.base_includes) out.line(0, "header includes \"" + include + "\"");
  for (const std::string& include : plan.runtime_includes) out.line(0, "source includes <" + include + ">");
  for (const std::string& include : plan.source_includes) out.line(0, "source includes <" + include + ">");
  if (plan.names_deprecated) out.line(0, "names what is deprecated");
  for (const InterfacePlan& interface : plan.interfaces) print(out, interface);
  for (const RecordPlan& record : plan.records) print(out, record);
  for (const EnumPlan& enumeration : plan.enums) print(out, enumeration);
  return out.take();
}

}  // namespace farcall
