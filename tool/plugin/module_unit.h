// A module interface unit that has interfaces itself. Nobody can include it, so that what is generated for it imports
// it.
//
//   ModuleUnit unit(compiler);                     // before the parse
//   …
//   if (unit.is_interface()) …                     // behind it
//   unit.import_lines("gen")                       // "#include <string>\n\nimport lamp;\n"
#pragma once

#include <string>
#include <vector>

#include "frontend/clang_compat.h"

namespace farcall::plugin {

class ModuleUnit {
 public:
  explicit ModuleUnit(clang::CompilerInstance& compiler);

  /// Whether the source that was compiled exports a module, or a part of one, and mentions our attributes.
  [[nodiscard]] bool is_interface() const;

  /// What makes the declarations of the unit known, and all that it names: its own includes and imports, in its order.
  /// Files that it includes by their places are named as seen from `folder`, or as they are if that is empty.
  [[nodiscard]] std::string import_lines(const std::string& folder) const;

  /// The first remote class that importers cannot see, or nullptr.
  [[nodiscard]] const clang::CXXRecordDecl* hidden_interface() const;

 private:
  struct Include {
    std::string spelling;
    std::string path;
    bool is_angled = false;
  };
  class Watcher;

  clang::CompilerInstance& compiler_;
  std::shared_ptr<std::vector<Include>> includes_ = std::make_shared<std::vector<Include>>();
};

}  // namespace farcall::plugin
