#include "lsp/mode_changes.h"

#include <algorithm>
#include <array>

#include "driver/annotate.h"
#include "model/attributes.h"
#include "model/meaning.h"

namespace farcall::lsp {
namespace {

constexpr std::array modes{Mode::call, Mode::async, Mode::maybe, Mode::message};

bool is_mode(const Attribute& attribute) { return gives_mode(attribute.kind); }

/// The edit of the attribute alone.
Annotated attribute_edit(const Interface& interface, const Method& method, Mode wanted) {
  const bool removes = wanted == Mode::call;
  const AttributeKind kind = attribute_of(removes ? mode_of(interface, method) : wanted);
  if (removes && !has(method.attributes, kind))
    return {{}, "'" + interface.name + "' is " + std::string(attribute_spec(kind).name) + " as a whole"};
  return annotate(bearer(method),
                  {.kind = kind, .attribute = std::string(attribute_spec(kind).name), .removes = removes});
}

}  // namespace

std::vector<Refactoring> mode_changes(const HeaderNow& header, const Interface& interface, const Method& method) {
  std::vector<Refactoring> changes;
  if (std::ranges::count_if(method.attributes, is_mode) > 1) return changes;  // it contradicts itself
  for (const Mode wanted : modes) {
    if (wanted == mode_of(interface, method)) continue;
    Annotated made = attribute_edit(interface, method, wanted);
    Refactoring change{
        .fix = {.title = "make '" + method.name + "' " + std::string(describe(wanted)), .edits = std::move(made.edits)},
        .obstacle = std::move(made.problem)};
    make_good(change, header, with_method(header.contract, method, [&](Method& each) {
                std::erase_if(each.attributes, is_mode);
                if (wanted != Mode::call) each.attributes.push_back(imagined(attribute_of(wanted), "", each.where));
              }));
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace farcall::lsp
