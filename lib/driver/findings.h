// Shows findings as diagnostics of the compiler, with caret, rule and fix-its, so that they look the same in the
// command line, in the plugin, and to every tool that reads Clang's output.
//
//   report(verdict.findings, extraction.places, sema.getDiagnostics());
//       // thermostat.h:9:22: error: a maybe method returns nothing, but 'ping' returns 'int' [maybe-result]
#pragma once

#include <vector>

#include "frontend/places.h"
#include "model/finding.h"

namespace farcall {

/// The first fix comes with the finding itself, further ones as notes of their own: applying all must not conflict.
void report(const std::vector<Finding>& findings, const Places& places, clang::DiagnosticsEngine& diagnostics);

}  // namespace farcall
