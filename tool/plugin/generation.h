// Makes the generated files of a header from within the compilation that has just read it.
//
//   Generation generation(compiler, options);      // before the parse
//   …
//   generation.make(header);                       // thermostat.rpc.h and thermostat.rpc.cpp are on disk now
#pragma once

#include <map>
#include <memory>
#include <string>

#include "driver/include_graph.h"
#include "frontend/attribute_watcher.h"
#include "plugin/module_unit.h"
#include "plugin/options.h"

namespace farcall::plugin {

class Generation {
 public:
  Generation(clang::CompilerInstance& compiler, Options options);

  /// Writes what belongs to a header that was read to its end, the first time it is asked for it. What is wrong with
  /// the header becomes an error of the compilation. A header without interfaces has nothing to write.
  void make(clang::FileEntryRef header);

  /// Writes what belongs to the source itself, if it is a module interface unit that has interfaces.
  void make_of_module_unit();

  /// Says what is wrong with the source itself, as with a header, and writes nothing.
  void review_source();

  /// Where the files go; empty: beside their header.
  [[nodiscard]] const std::string& out_dir() const { return options_.run.plan.out_dir; }

  /// Ends the compilation with this error, told at the beginning of the file.
  void fail(clang::FileEntryRef file, const std::string& text);

 private:
  Outcome run_on(clang::FileEntryRef header);
  void depend_on(const std::string& path, clang::FileEntryRef header);
  void put(clang::FileEntryRef header, const GeneratedFile& file);
  [[nodiscard]] clang::OptionalFileEntryRef source() const;
  [[nodiscard]] bool is_main_file(const std::string& path) const;

  clang::CompilerInstance& compiler_;
  Options options_;
  AttributeWatcher watcher_;
  std::shared_ptr<IncludeGraph> graph_ = std::make_shared<IncludeGraph>();
  std::set<const clang::FileEntry*> made_;
  ModuleUnit unit_;
};

}  // namespace farcall::plugin
