// `farcall lsp`: the language server, on stdin and stdout.
//
//   return serve();
#pragma once

namespace farcall::lsp {

/// The exit code of the program. With an LLVM that has no library for the protocol it says so, and does nothing.
int serve();

}  // namespace farcall::lsp
