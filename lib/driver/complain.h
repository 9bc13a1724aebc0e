// How every command says that it cannot do what it was asked to.
//
//   complain(err, "no such file: 'lamp.h'");      // farcall: error: no such file: 'lamp.h'
#pragma once

#include <string>

#include <llvm/Support/raw_ostream.h>

namespace farcall {

inline void complain(llvm::raw_ostream& err, const std::string& text) { err << "farcall: error: " << text << "\n"; }

}  // namespace farcall
