#include <gtest/gtest.h>

#include "output/output.h"

namespace farcall {
namespace {

TEST(Depfile, IsARule) {
  EXPECT_EQ(depfile({"a.rpc.h", "a.rpc.cpp"}, {"a.h", "/usr/include/vector"}),
            "a.rpc.h \\\n  a.rpc.cpp: \\\n  a.h \\\n  /usr/include/vector\n");
}

TEST(Depfile, EscapesAsMakeAndNinjaReadIt) {
  EXPECT_EQ(depfile({"out"}, {"my file.h"}), "out: \\\n  my\\ file.h\n");
  EXPECT_EQ(depfile({"out"}, {"a#b.h"}), "out: \\\n  a\\#b.h\n");
  EXPECT_EQ(depfile({"out"}, {"a$b.h"}), "out: \\\n  a$$b.h\n");
  EXPECT_EQ(depfile({"out"}, {"c:x.h"}), "out: \\\n  c\\:x.h\n");
  EXPECT_EQ(depfile({"out"}, {"a\\b.h"}), "out: \\\n  a\\b.h\n");
  EXPECT_EQ(depfile({"out"}, {"a\\ b.h"}), "out: \\\n  a\\\\\\ b.h\n");
}

TEST(Depfile, LeavesOutWhatAMakefileCannotName) { EXPECT_EQ(depfile({"out"}, {"a\nb.h", "c.h"}), "out: \\\n  c.h\n"); }

}  // namespace
}  // namespace farcall
