#include <llvm/Config/llvm-config.h>
#include <llvm/Support/raw_ostream.h>

#include "driver/analysis.h"
#include "lsp/serve.h"

namespace farcall::lsp {

int serve() {
  complain(llvm::errs(),
           "the language server needs a Farcall that is built with LLVM 22; this one has LLVM " LLVM_VERSION_STRING);
  return 2;
}

}  // namespace farcall::lsp
