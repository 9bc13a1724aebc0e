#include "check/warnings.h"

#include <gtest/gtest.h>

#include "check/builders.h"

namespace farcall {
namespace {

/// Two warnings and an error, as the options leave them: "noexcept-method: warning".
std::string left_by(const std::vector<std::string>& options) {
  Warnings warnings;
  for (const std::string& option : options) EXPECT_EQ(warnings.add(option), "");
  std::vector<Finding> findings = {{.id = "noexcept-method", .severity = Severity::warning},
                                   {.id = "timeout-unused", .severity = Severity::warning},
                                   {.id = "maybe-result", .severity = Severity::error}};
  warnings.apply(findings);
  std::string text;
  for (const Finding& finding : findings)
    text += finding.id + (finding.severity == Severity::error ? ": error\n" : ": warning\n");
  return text;
}

constexpr const char* untouched = "noexcept-method: warning\ntimeout-unused: warning\nmaybe-result: error\n";
constexpr const char* one_off = "timeout-unused: warning\nmaybe-result: error\n";
constexpr const char* one_error = "noexcept-method: error\ntimeout-unused: warning\nmaybe-result: error\n";

TEST(Warnings, AreOnByDefault) { EXPECT_EQ(left_by({}), untouched); }

TEST(Warnings, CanBeOff) {
  EXPECT_EQ(left_by({"no-noexcept-method"}), one_off);
  EXPECT_EQ(left_by({"no-noexcept-method", "noexcept-method"}), untouched);
  EXPECT_EQ(left_by({"noexcept-method", "no-noexcept-method"}), one_off);
}

TEST(Warnings, CanBeErrors) {
  EXPECT_EQ(left_by({"error=noexcept-method"}), one_error);
  EXPECT_EQ(left_by({"error=noexcept-method", "no-error=noexcept-method"}), untouched);
  EXPECT_EQ(left_by({"no-noexcept-method", "error=noexcept-method"}), one_error);
  EXPECT_EQ(left_by({"error=noexcept-method", "no-noexcept-method"}), one_off);
  EXPECT_EQ(left_by({"error"}), "noexcept-method: error\ntimeout-unused: error\nmaybe-result: error\n");
  EXPECT_EQ(left_by({"error", "no-error=timeout-unused"}), one_error);
  EXPECT_EQ(left_by({"error", "no-noexcept-method", "no-error"}), one_off);
}

TEST(Warnings, ThatAreErrorsStopGeneration) {
  const Contract contract = thermostat({method("target").changed([](Method& m) { m.is_noexcept = true; })});
  Warnings warnings;
  EXPECT_EQ(warnings.add("error"), "");
  EXPECT_FALSE(check(contract, warnings).checked);
  EXPECT_EQ(warnings.add("no-noexcept-method"), "");
  const Verdict quiet = check(contract, warnings);
  EXPECT_TRUE(quiet.checked);
  EXPECT_TRUE(quiet.findings.empty());
}

TEST(Warnings, AreSpeltRight) {
  Warnings warnings;
  EXPECT_EQ(warnings.add("no-noexcpet-method"),
            "-Wno-noexcpet-method: there is no rule 'noexcpet-method'; did you mean 'noexcept-method'?");
  EXPECT_EQ(warnings.add("error=nonsense"),
            "-Werror=nonsense: there is no rule 'nonsense'; 'farcall explain' lists all");
  EXPECT_EQ(warnings.add("all"), "-Wall: there is no rule 'all'; 'farcall explain' lists all");
}

TEST(Errors, StayErrors) {
  Warnings warnings;
  for (const char* option : {"no-maybe-result", "no-error=maybe-result"})
    EXPECT_EQ(warnings.add(option), std::string("-W") + option +
                                        ": 'maybe-result' is an error, and only warnings can be turned off; "
                                        "'farcall explain maybe-result' shows the way out");
  EXPECT_EQ(warnings.add("maybe-result"), "");
  EXPECT_EQ(warnings.add("error=maybe-result"), "");
}

}  // namespace
}  // namespace farcall
