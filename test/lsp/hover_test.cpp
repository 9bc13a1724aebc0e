// What hovers say of the runtime, which the tool does not include.

#include <rpc/options.h>

#include <gtest/gtest.h>

#include "lsp/navigation.h"

namespace farcall::lsp {
namespace {

TEST(Hover, NamesTheDefaultDeadlineOfTheRuntime) {
  EXPECT_EQ(rpc::default_deadline, std::chrono::seconds(10))
      << "and default_deadline of lsp/navigation.h says " << default_deadline;
  EXPECT_STREQ(default_deadline, "10s");
}

}  // namespace
}  // namespace farcall::lsp
