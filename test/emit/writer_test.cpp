// Templates: names, indentation, blank lines, and mistakes.
#include "emit/writer.h"

#include <gtest/gtest.h>

namespace farcall {
namespace {

TEST(Writer, ReplacesNamesAndRemovesTheTemplatesIndentation) {
  Writer w;
  w.emit({{"type", "double"}, {"name", "target"}}, R"cc(
      $type$ $name$() {
        return $name$_;
      }
  )cc");
  EXPECT_EQ(w.take(), "double target() {\n  return target_;\n}\n");
}

TEST(Writer, ACallbackKeepsTheIndentationOfItsLine) {
  Writer w;
  const auto inner = [&] { w.emit("x;\n"); };
  const auto outer = [&] { w.emit({{"inner", inner}}, "{\n  $inner$\n}\n"); };
  w.emit({{"outer", outer}}, "f\n    $outer$\n");
  EXPECT_EQ(w.take(), "f\n    {\n      x;\n    }\n");
}

TEST(Writer, SoDoesTextOfSeveralLines) {
  Writer w;
  w.emit({{"lines", "one\n\ntwo"}}, "  {\n    $lines$\n  }\n");
  EXPECT_EQ(w.take(), "{\n  one\n\n  two\n}\n");
}

TEST(Writer, ALineThatTurnsOutEmptyGoesAway) {
  Writer w;
  w.emit({{"nothing", ""}, {"none", [] {}}}, R"cc(
    a

    $nothing$
    $none$

    b
  )cc");
  EXPECT_EQ(w.take(), "a\n\nb\n");
}

TEST(Writer, ADollarIsWrittenTwice) {
  Writer w;
  w.emit("cost: $$5\n");
  EXPECT_EQ(w.take(), "cost: $5\n");
}

TEST(Writer, ValuesAreNotTemplates) {
  Writer w;
  w.emit({{"value", "$other$"}}, "[$value$]\n");
  EXPECT_EQ(w.take(), "[$other$]\n");
}

TEST(WriterDeathTest, AnUnknownNameAborts) {
  Writer w;
  EXPECT_DEATH(w.emit({{"name", "x"}}, "$nmae$ y\n"), "unknown name 'nmae'");
  EXPECT_DEATH(w.emit({{"name", "x"}}, "$nmae$\n"), "unknown name 'nmae'");
  EXPECT_DEATH(w.emit("half a $name\n"), "unfinished name");
  EXPECT_DEATH(w.emit({{"f", [] {}}}, "a $f$ b\n"), "callback within a line");
}

}  // namespace
}  // namespace farcall
