#include "plan/method.h"

#include <ranges>

#include "model/names.h"
#include "plan/defaults.h"
#include "plan/numbers.h"

namespace farcall {
namespace {

/// Passed by value wherever there is a choice: at most two registers.
bool is_cheap(const Contract& contract, const Type& type) {
  if (is_view(type)) return true;
  if (std::holds_alternative<EnumRef>(type.form) || std::holds_alternative<Scalar>(type.form)) return true;
  const std::uint64_t width = fixed_width(contract, type);
  return width != 0 && width <= 16;
}

bool starts_empty(const Type& type) {
  if (const auto* sequence = std::get_if<SequenceOf>(&type.form)) return !is_array(sequence->kind);
  return std::visit(
      []<class Form>(const Form&) {
        return std::is_same_v<Form, Text> || std::is_same_v<Form, MapOf> || std::is_same_v<Form, OptionalOf> ||
               std::is_same_v<Form, SharedOf> || std::is_same_v<Form, AdaptorOf> || std::is_same_v<Form, BitsetOf> ||
               std::is_same_v<Form, Path> || std::is_same_v<Form, ErrorCode>;
      },
      type.form);
}

/// A span of fixed extent has no value before it is read, so what the server holds is one of any extent.
std::string held_as(const Type& type) {
  const std::uint64_t extent = span_extent(type);
  return extent == 0 ? type.spelling : "std::span<const " + std::get<SequenceOf>(type.form).element->spelling + ">";
}

/// std::u8string and its view, which travel like text also when they are empty.
bool is_utf8(const Type& type) {
  const auto* sequence = std::get_if<SequenceOf>(&type.form);
  if (sequence == nullptr) return false;
  const bool is_string =
      sequence->kind == SequenceKind::basic_string || sequence->kind == SequenceKind::basic_string_view;
  return is_string && sequence->element->form == TypeForm(Scalar::char8);
}

/// What a server's variable has before the arguments are read: the default, for callers that do not know the parameter.
/// A container or optional that does not come is empty.
std::string initialiser_of(const MethodContext& context, const Parameter& parameter) {
  const std::string value = repeatable_default(context.contract, parameter);
  const bool is_text = std::holds_alternative<Text>(parameter.type.form) || is_utf8(parameter.type);
  const bool given = !value.empty() && value != "{}";
  if (starts_empty(parameter.type) && !(is_text && given)) return "";
  if (!given) return "{}";
  return " = " + (std::holds_alternative<EnumRef>(parameter.type.form) ? context.hygiene.type(value) : value);
}

/// Plans the parameters; a default is repeated only if all behind it are, as the language wants it.
std::vector<ParameterPlan> plan_parameters(const MethodContext& context, const Method& method, const std::string& id) {
  std::vector<ParameterPlan> planned;
  std::set<std::string> taken = {"read_" + id + "_arguments", "write_" + id + "_reply", id + "_arguments",
                                 id + "_reply"};
  for (const Parameter& parameter : method.parameters) {
    const std::string name = parameter.name.empty() ? "argument" + std::to_string(planned.size() + 1) : parameter.name;
    planned.push_back({.name = parameter.name,
                       .local = local_name(name, taken),
                       .type = context.hygiene.type(parameter.type.spelling),
                       .held = context.hygiene.type(held_as(parameter.type)),
                       .extent = span_extent(parameter.type),
                       .passing = parameter.passing,
                       .direction = direction_of(parameter),
                       .cheap = is_cheap(context.contract, parameter.type),
                       .initialiser = initialiser_of(context, parameter),
                       .default_argument = repeatable_default(context.contract, parameter)});
    taken.insert(planned.back().local);
  }
  bool repeat = !method.handle || method.handle->parameter.default_argument.empty();
  for (ParameterPlan& parameter : std::views::reverse(planned)) {
    repeat = repeat && !parameter.default_argument.empty();
    if (!repeat) parameter.default_argument.clear();
  }
  return planned;
}

HandlePlan plan_handle(const MethodContext& context, const Handle& handle, const std::vector<ParameterPlan>& others) {
  const Parameter& parameter = handle.parameter;
  std::set<std::string> taken;
  for (const ParameterPlan& other : others) taken.insert(other.local);
  return {.name = parameter.name,
          .local = local_name(parameter.name.empty() ? "done" : parameter.name, taken),
          .type = context.hygiene.type(parameter.type.spelling),
          .passing = parameter.passing,
          .form = parameter.completion->form,
          .position = handle.position};
}

void plan_message(const Method& method, MethodPlan& planned) {
  planned.priority = priority_of(method);
  planned.express = has(method.attributes, AttributeKind::express);
  planned.time_to_live_ns = time_to_live_of(method).value_or(std::chrono::nanoseconds{0}).count();
}

bool is_void(const Type& type) { return std::holds_alternative<Void>(type.form); }

/// What comes back, for the wire: each with the name it has in generated functions.
std::vector<Item> reply_items(const Method& method, const std::vector<ParameterPlan>& parameters) {
  std::vector<Item> items;
  if (!is_void(method.result)) items.push_back({"result", method.result});
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].direction.out) items.push_back({parameters[i].local, method.parameters[i].type});
  }
  return items;
}

std::vector<Item> argument_items(const Method& method, const std::vector<ParameterPlan>& parameters) {
  std::vector<Item> items;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if (parameters[i].direction.in) items.push_back({parameters[i].local, method.parameters[i].type});
  }
  return items;
}

/// The arguments and the reply as messages of the tagged encoding.
void plan_fields(const FrozenMethod& frozen, const Method& method, MethodPlan& planned) {
  if (!is_void(method.result))
    planned.reply_fields.push_back({.number = 1, .item = {"result", method.result}, .type = planned.result});
  for (std::size_t i = 0; i < planned.parameters.size(); ++i) {
    const FrozenParameter& parameter = frozen.parameters[i];
    const Item item{planned.parameters[i].local, method.parameters[i].type};
    if (parameter.direction.in) {
      planned.argument_fields.push_back({.number = parameter.number,
                                         .item = item,
                                         .type = planned.parameters[i].type,
                                         .default_argument = parameter.default_argument,
                                         .required = (parameter.has_default && parameter.default_argument.empty()) ||
                                                     planned.parameters[i].extent != 0});
    }
    if (!parameter.direction.out) continue;
    planned.reply_fields.push_back(
        {.number = reply_number(parameter), .item = item, .type = planned.parameters[i].type});
  }
}

std::string tuple_of(const std::vector<OutputPlan>& outputs) {
  std::string types;
  for (const OutputPlan& output : outputs) types += (types.empty() ? "" : ", ") + output.type;
  return "std::tuple<" + types + ">";
}

std::string declaration_of(const Parameter& parameter) {
  std::string text = parameter.passing == Passing::const_reference ? "const " : "";
  text += parameter.type.spelling;
  if (parameter.passing == Passing::const_reference || parameter.passing == Passing::reference) text += "&";
  if (parameter.passing == Passing::rvalue_reference) text += "&&";
  return text + (parameter.name.empty() ? "" : " " + parameter.name);
}

std::string declaration_of(const Method& method) {
  std::vector<Parameter> parameters = method.parameters;
  if (method.handle)
    parameters.insert(parameters.begin() + static_cast<std::ptrdiff_t>(method.handle->position),
                      method.handle->parameter);
  std::string text = method.result_spelling + " " + method.name + "(";
  for (const Parameter& parameter : parameters) {
    text += (&parameter == &parameters.front() ? "" : ", ") + declaration_of(parameter);
  }
  return text + (method.is_const ? ") const" : ")") + (method.is_noexcept ? " noexcept" : "");
}

}  // namespace

bool client_derives(const Interface& interface) { return interface.is_polymorphic && !interface.is_final; }

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (!line.empty() || !made.empty()) made.push_back(line);
    at = end + 1;
  }
  while (!made.empty() && made.back().empty()) made.pop_back();
  return made;
}

MethodPlan plan_method(const MethodContext& context, const Method& method, std::uint16_t index, const std::string& id) {
  const FrozenMethod& frozen = context.frozen.methods[index];
  MethodPlan planned{.name = method.name,
                     .id = id,
                     .wire_name = wire_name(method),
                     .index = index,
                     .number = frozen.number,
                     .mode = mode_of(context.interface, method),
                     .overrides = client_derives(context.interface) && method.virtuality != Virtual::no,
                     .is_const = method.is_const,
                     .is_noexcept = method.is_noexcept};
  planned.idempotent = has(method.attributes, AttributeKind::idempotent) || planned.mode == Mode::maybe;
  planned.timeout_ns = timeout_of(context.interface, method).value_or(std::chrono::nanoseconds{0}).count();
  planned.through = context.hygiene.type(method.through);
  planned.declared_result = context.hygiene.type(method.result_spelling);
  planned.result = is_void(method.result) ? "void" : context.hygiene.type(method.result.spelling);
  planned.parameters = plan_parameters(context, method, id);
  if (method.handle) planned.handle = plan_handle(context, *method.handle, planned.parameters);
  if (planned.mode == Mode::async || planned.mode == Mode::message) planned.async_name = async_name(method);
  if (planned.mode == Mode::message) plan_message(method, planned);
  const std::vector<Item> reply = reply_items(method, planned.parameters);
  for (const Item& item : reply) {
    planned.outputs.push_back(
        {item.access, context.hygiene.type(item.type.spelling), is_cheap(context.contract, item.type)});
  }
  planned.reply_type = planned.outputs.size() > (is_void(method.result) ? 0 : 1)
                           ? context.hygiene.type(tuple_of(planned.outputs))
                           : planned.result;
  planned.arguments = lay_out(context.contract, argument_items(method, planned.parameters));
  planned.reply = lay_out(context.contract, reply);
  plan_fields(frozen, method, planned);
  planned.declaration = declaration_of(method);
  planned.doc = lines(method.doc);
  return planned;
}

}  // namespace farcall
