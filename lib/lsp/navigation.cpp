#include "lsp/navigation.h"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "check/rules.h"
#include "lsp/attribute_lists.h"
#include "model/attributes.h"
#include "model/meaning.h"
#include "model/names.h"
#include "plan/fingerprint.h"

namespace farcall::lsp {
namespace {

/// What a caller can rely on, in the words of docs/delivery.md and docs/maybe.md.
std::string guarantee_of(const Interface& interface, const Method& method) {
  const std::string retried = has(method.attributes, AttributeKind::idempotent)
                                  ? "; it may be sent again when a connection breaks"
                                  : "; it is never sent twice";
  switch (mode_of(interface, method)) {
    case Mode::call:
      return (method.handle ? "the handle gets the result or an error"
                            : "the caller waits for the result or an error") +
             retried;
    case Mode::async: return "the call returns at once, and its future gets the result or an error" + retried;
    case Mode::maybe: return "sent without waiting; it may be lost, come twice, or overtake another";
    case Mode::message:
      return has(method.attributes, AttributeKind::express)
                 ? "kept in memory until it is delivered, and lost with the process"
                 : "stored durably before the call returns, once into the inbox, at least once into the handler, in order";
  }
  return "";
}

/// How long a caller waits that says nothing about it: what docs/attributes.md says of rpc::timeout.
std::string deadline_of(const Interface& interface, const Method& method) {
  constexpr const char* none = "none";
  const auto say = [](const std::string& text) { return text == none ? "no deadline" : "deadline " + text; };
  if (const auto own = string_argument(method.attributes, AttributeKind::timeout)) return say(*own);
  if (const auto all = string_argument(interface.attributes, AttributeKind::timeout))
    return say(*all) + ", from the class";
  return say(default_deadline);
}

std::string size_of(const Layout& layout, const std::string& what) {
  if (layout.empty()) return "no " + what;
  return what + (layout.is_fixed() ? " " : " at least ") + std::to_string(layout.min_size) +
         (layout.min_size == 1 ? " byte" : " bytes");
}

/// What a call costs on the wire, and how long it may take. The plan knows the sizes of the exact encoding alone, in
/// which no message is stored.
std::string cost_of(const Interface& interface, const Method& method, const MethodPlan& planned) {
  if (planned.mode == Mode::message) return "";
  std::string arguments = "\n\nin the exact encoding: " + size_of(planned.arguments, "arguments");
  if (planned.mode == Mode::maybe) return arguments;
  return arguments + ", " + size_of(planned.reply, "result") + "\n\n" + deadline_of(interface, method) +
         ", unless the caller gives one";
}

/// The plan of an interface; null if the header has errors.
const InterfacePlan* plan_of(const Outcome& outcome, const Interface& interface) {
  if (!outcome.plan) return nullptr;
  const auto& plans = outcome.plan->interfaces;
  const auto planned = std::ranges::find(plans, interface.qualified_name, &InterfacePlan::qualified_name);
  return planned == plans.end() ? nullptr : std::to_address(planned);
}

/// The plan of a method, which has its number; null if the header has errors.
const MethodPlan* plan_of(const Outcome& outcome, const Interface& interface, const Method& method) {
  const InterfacePlan* planned = plan_of(outcome, interface);
  if (planned == nullptr) return nullptr;
  std::size_t index = 0;
  for (const Method& each : interface.methods) {
    if (&each == &method) break;
    index += is_remote(each) ? 1 : 0;
  }
  return index < planned->methods.size() ? &planned->methods[index] : nullptr;
}

std::string describe_method(const Outcome& outcome, const Interface& interface, const Method& method) {
  const std::string title = "**" + interface.qualified_name + "::" + method.name + "**";
  if (!is_remote(method)) return title + " is local: it cannot be called from another process";
  std::string text = title + " (" + std::string(name_of(mode_of(interface, method))) + ")\n\n" +
                     guarantee_of(interface, method) + "\n\non the wire: `" + wire_name(method) + "`";
  const MethodPlan* planned = plan_of(outcome, interface, method);
  if (planned != nullptr) text += ", number " + std::to_string(planned->number);
  text += " of `" + wire_name(interface) + "`";
  return planned == nullptr ? text : text + cost_of(interface, method, *planned);
}

/// Where the numbers come from.
std::string describe_contract(const Outcome& outcome) {
  const std::string& path = outcome.plan->contract_path;
  const bool is_frozen = std::ranges::find(outcome.files, path, &GeneratedFile::path) != outcome.files.end();
  return is_frozen ? "frozen contract: `" + path + "`" : "no frozen contract: numbers follow the order of the header";
}

std::string describe_interface(const Outcome& outcome, const Interface& interface) {
  const auto remote = std::ranges::count_if(interface.methods, is_remote);
  std::string text = "**" + interface.qualified_name + "** can be called from other processes\n\non the wire: `" +
                     wire_name(interface) + "`, " + std::to_string(remote) + (remote == 1 ? " method" : " methods");
  if (const InterfacePlan* planned = plan_of(outcome, interface))
    text += ", fingerprint `" + spell_fingerprint(planned->fingerprint) + "`\n\n" + describe_contract(outcome) +
            "\n\ngenerated: `" + outcome.plan->header_path + "`";
  return text;
}

bool is_broken_promise(const Finding& finding) { return finding.id == rule_info(Rule::breaking_change).id; }

/// Whether the interface breaks the frozen contract, which the first one does for what stands in none, such as structs.
bool is_broken(const Contract& contract, const Interface& interface, const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    if (!is_broken_promise(finding)) return false;
    const bool is_in_none = std::ranges::none_of(
        contract.interfaces, [&](const Interface& each) { return finding.where.lies_in(each.declaration); });
    return is_in_none ? &interface == &contract.interfaces.front() : finding.where.lies_in(interface.declaration);
  });
}

void add_code_lenses(const HeaderState& state, const Interface& interface, const Range& range,
                     std::vector<Lens>& lenses) {
  const bool is_new = std::ranges::any_of(state.outdated, &OutdatedFile::is_missing);
  lenses.push_back({range, is_new                   ? "generate stubs"
                           : state.outdated.empty() ? "regenerate stubs"
                                                    : "stubs are not up to date: regenerate"});
  if (is_new) return;
  using Deed = Lens::Deed;
  lenses.push_back({range, "open client", Deed::open_stub, qualify(interface, client_name(interface))});
  lenses.push_back({range, "open service", Deed::open_stub, qualify(interface, service_name(interface))});
}

/// The same range if it is within the other one, which is what the protocol demands of the name of a symbol.
Range within(const Range& inner, const Range& outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end ? inner : Range{outer.begin, outer.begin};
}

}  // namespace

std::optional<HoverText> hover_on_attribute(std::string_view text, std::uint32_t offset) {
  std::optional<AttributeWord> word = at_cursor(text, offset);
  if (!word) return std::nullopt;
  const std::uint32_t begin = word->begin;
  constexpr std::string_view scope = "rpc::";
  if (text.substr(begin).starts_with(scope)) word = at_cursor(text, begin + scope.size());  // its name follows
  if (!word || !word->has_scope) return std::nullopt;
  const AttributeSpec* spec = find_attribute(text.substr(word->begin, word->end - word->begin));
  if (spec == nullptr) return std::nullopt;
  return HoverText{TextLines(text).range_of(begin, word->end),
                   "**rpc::" + std::string(spec->name) + "**: " + std::string(spec->meaning) + "\n\n```cpp\n[[" +
                       std::string(spec->example) + "]]\n```"};
}

std::optional<HoverText> hover_on_name(const HeaderState& state, std::uint32_t offset) {
  if (!state.outcome) return std::nullopt;
  const TextLines lines(state.text);
  for (const Interface& interface : state.outcome->contract.interfaces) {
    if (state.is_at(interface.where, offset))
      return HoverText{lines.range_of(interface.where.begin, interface.where.end),
                       describe_interface(*state.outcome, interface)};
    for (const Method& method : interface.methods)
      if (state.is_at(method.where, offset))
        return HoverText{lines.range_of(method.where.begin, method.where.end),
                         describe_method(*state.outcome, interface, method)};
  }
  return std::nullopt;
}

std::vector<Symbol> symbols_of(const HeaderState& state) {
  std::vector<Symbol> symbols;
  if (!state.outcome) return symbols;
  const TextLines lines(state.text);
  const auto range_of = [&](const SourceRef& where) { return lines.range_of(where.begin, where.end); };
  for (const Interface& interface : state.outcome->contract.interfaces) {
    if (interface.where.file != state.path || interface.declaration.file != state.path) continue;
    const Range whole = range_of(interface.declaration);
    Symbol symbol{.name = interface.qualified_name,
                  .detail = wire_name(interface),
                  .is_interface = true,
                  .range = whole,
                  .name_range = within(range_of(interface.where), whole)};
    for (const Method& method : interface.methods) {
      const bool is_own = method.declared_in == interface.qualified_name && method.where.file == state.path;
      if (!is_own || !is_remote(method)) continue;
      const Range range = range_of(method.declaration);
      symbol.members.push_back({.name = method.name,
                                .detail = std::string(name_of(mode_of(interface, method))),
                                .range = range,
                                .name_range = within(range_of(method.where), range)});
    }
    symbols.push_back(std::move(symbol));
  }
  return symbols;
}

std::vector<Lens> lenses_of(const HeaderState& state) {
  std::vector<Lens> lenses;
  if (!state.outcome) return lenses;
  const TextLines lines(state.text);
  for (const Interface& interface : state.outcome->contract.interfaces) {
    if (interface.where.file != state.path) continue;
    const Range range = lines.range_of(interface.where.begin, interface.where.end);
    if (state.outcome->plan) add_code_lenses(state, interface, range, lenses);
    if (is_broken(state.outcome->contract, interface, state.outcome->findings))
      lenses.push_back({range, "breaking against the frozen contract", Lens::Deed::open_contract});
  }
  return lenses;
}

const Finding* broken_promise(const Outcome& outcome) {
  const auto found = std::ranges::find_if(outcome.findings, &is_broken_promise);
  return found == outcome.findings.end() ? nullptr : std::to_address(found);
}

}  // namespace farcall::lsp
