#include "scaffold/call.h"

#include <algorithm>

namespace farcall {
namespace {

/// Of the client, told apart from the arguments.
std::string variable_beside(const std::vector<ParameterPlan>& parameters) {
  std::string name = "client";
  while (std::ranges::find(parameters, name, &ParameterPlan::local) != parameters.end()) name += '_';
  return name;
}

std::string argument(const ParameterPlan& parameter) {
  const bool is_taken =
      parameter.passing == Passing::rvalue_reference || (parameter.passing == Passing::value && !parameter.cheap);
  return is_taken ? "std::move(" + parameter.local + ")" : parameter.local;
}

/// The function that is called with what a handle carries.
std::string handler(const MethodPlan& method) {
  return "[](rpc::Result<" + method.reply_type +
         "> result) {\n    if (!result) std::cerr << result.error().what() << '\\n';\n  }";
}

std::string arguments_of(const MethodPlan& method, bool is_async) {
  std::vector<std::string> all;
  for (const ParameterPlan& each : method.parameters)
    if (each.direction.in || !is_async) all.push_back(argument(each));
  if (method.handle) all.insert(all.begin() + static_cast<std::ptrdiff_t>(method.handle->position), handler(method));
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : ", ") + each;
  return "(" + text + ")";
}

/// "  auto result = thermostat.target();", or what else the mode asks for.
std::string call(const std::string& client, const MethodPlan& method) {
  if (method.mode == Mode::async) {
    const std::string get = method.reply_type == "void" ? "pending.get();" : "auto result = pending.get();";
    return "  auto pending = " + client + "." + method.async_name + arguments_of(method, true) +
           ";  // returns at once\n  " + get + "\n";
  }
  const std::string made = client + "." + method.name + arguments_of(method, false) + ";";
  if (method.mode == Mode::maybe) return "  " + made + "  // sent or dropped: nobody waits\n";
  if (method.mode == Mode::message) return "  " + made + "  // stored when it returns, and delivered later\n";
  return (method.result == "void" || method.handle ? "  " : "  auto result = ") + made + "\n";
}

}  // namespace

std::optional<CallExample> call_example(const InterfacePlan& interface, const MethodPlan& method) {
  if (std::ranges::any_of(method.parameters, [](const ParameterPlan& each) { return each.extent != 0; }))
    return std::nullopt;
  const std::string& qualified = interface.qualified_name;
  const std::string space = qualified.substr(0, qualified.size() - std::min(qualified.size(), interface.name.size()));
  const std::string name = variable_beside(method.parameters);
  CallExample made{
      .client = space + interface.client, .address = "tcp://localhost:7000", .includes = {"iostream", "rpc/channel.h"}};
  made.before = "try {\n  " + made.client + " " + name + "(rpc::connect(\"";
  made.behind = "\"));\n";
  for (const ParameterPlan& each : method.parameters)
    if (each.direction.in || method.mode != Mode::async) made.behind += "  " + each.type + " " + each.local + "{};\n";
  made.behind += call(name, method) + "} catch (const rpc::Error& error) {\n  std::cerr << error.what() << '\\n';\n}\n";
  if (made.behind.find("std::move") != std::string::npos) made.includes.emplace_back("utility");
  return made;
}

}  // namespace farcall
