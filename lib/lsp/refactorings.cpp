#include "lsp/refactorings.h"

#include <iterator>
#include <utility>

#include "lsp/mode_changes.h"
#include "lsp/new_twin.h"
#include "lsp/returned_outputs.h"
#include "lsp/stable_names.h"
#include "model/meaning.h"

namespace farcall::lsp {

std::vector<Refactoring> refactorings_at(const HeaderState& state, Range range) {
  const Contract& contract = state.outcome->contract;
  const SourceFile file{.path = state.path, .text = state.text};
  const HeaderNow header{contract, state.outcome->findings, file};
  const TextLines lines(file.text);
  const auto is_asked_for = [&](const SourceRef& where) {
    return where.file == file.path && meet(lines.range_of(where.begin, where.end), range);
  };
  std::vector<Refactoring> found;
  const auto add = [&](std::vector<Refactoring> all) {
    found.insert(found.end(), std::move_iterator(all.begin()), std::move_iterator(all.end()));
  };
  for (const Interface& interface : contract.interfaces) {
    if (is_asked_for(interface.where))
      if (auto twin = new_twin(header, interface)) found.push_back(std::move(*twin));
    for (const Method& method : interface.methods) {
      const bool is_own = method.declared_in == interface.qualified_name && is_remote(method);
      if (!is_own || !is_asked_for(method.declaration)) continue;
      add(mode_changes(header, interface, method));
      add(returned_outputs(header, method));
    }
  }
  add(stable_names(header, is_asked_for));
  return found;
}

}  // namespace farcall::lsp
