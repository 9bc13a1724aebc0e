#include "lsp/serve.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "lsp/server.h"

namespace farcall::lsp {

int serve() {
  std::signal(SIGPIPE, SIG_IGN);  // a client that is gone is no reason to die in the middle of a file
  return Server(stdin, STDOUT_FILENO).run();
}

}  // namespace farcall::lsp
