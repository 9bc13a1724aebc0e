// The last step that sees Clang: turns what it parsed into a Contract.
//
//   AttributeWatcher watcher(compiler.getPreprocessor());                  // before the parse
//   …                                                                      // in HandleTranslationUnit:
//   Contract contract = extract(compiler.getSema(), watcher, {.file = header, .name = "thermostat.h"});
#pragma once

#include <memory>

#include "frontend/attribute_watcher.h"
#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// A contract, and what turns its places back into Clang's locations.
struct Extraction {
  Contract contract;
  Places places;
};

/// Reads the interfaces that `header` itself declares, with all the types they reach. Needs register_attributes()
/// before the parse. Never fails: what makes no sense becomes part of the contract, for check to judge.
Extraction extract(clang::Sema& sema, const AttributeWatcher& watcher, Header header);

}  // namespace farcall
