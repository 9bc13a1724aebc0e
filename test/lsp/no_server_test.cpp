// A Farcall that is built with an LLVM without the library for the protocol.

#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

TEST(Lsp, SaysWhichLlvmItNeeds) {
  const ToolRun run = run_farcall(Folder(), "lsp");
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(contains(run.err, "LLVM 22")) << run.err;
}

}  // namespace
}  // namespace farcall::test
