// Classes that become remote: an abstract one as it is, a concrete one by an interface that it implements from then on.
//
//   for (const ClassOffer& each : class_changes_at(text, offset)) offer(each.title);
//   NewText made = change_class(ClassChange::make_interface, 12, path, texts, settings);
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/settings.h"

namespace farcall::lsp {

enum class ClassChange : std::uint8_t { make_interface, extract_interface };

struct ClassOffer {
  ClassChange change;
  std::string title;
  std::uint32_t line;  ///< of the class's name, from 1
};

/// From the text alone, so that nothing is analysed before somebody wants it.
std::vector<ClassOffer> class_changes_at(std::string_view text, std::uint32_t offset);

struct NewText {
  std::string text;
  std::string problem;  ///< why there is none
};

/// What the header at `path`, which is among the texts, becomes. Runs Clang, several times for an extraction, which
/// makes sure that the header compiles afterwards. An interface that is made is given what the rules say is wrong with
/// it, as far as they know a way out; that the rest stays to be seen is no reason to refuse.
NewText change_class(ClassChange change, std::uint32_t line, const std::string& path,
                     const std::map<std::string, std::string>& texts, const Settings& settings);

}  // namespace farcall::lsp
