// What an analysis has to say to somebody who looks at the header in an editor: every place is in the header itself.
//
//   for (const Diagnostic& each : diagnostics_of(*state)) show(each.range, each.message);
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "lsp/header_state.h"
#include "lsp/positions.h"

namespace farcall::lsp {

/// Where else one has to look.
struct Related {
  std::string path;
  Range range;
  std::string message;
  bool operator==(const Related&) const = default;
};

/// The codes of diagnostics that come from no rule.
inline constexpr const char* unreadable_code = "unreadable-header";
inline constexpr const char* missing_code = "missing-code";
inline constexpr const char* stale_code = "stale-code";

enum class Weight : std::uint8_t { error = 1, warning = 2, information = 3 };

struct Diagnostic {
  Range range;
  Weight weight = Weight::error;
  std::string code;  ///< the id of the rule, or one of those above
  std::string message;
  std::vector<Related> related;
  const Finding* finding = nullptr;  ///< of the state; null: it comes from no rule

  [[nodiscard]] bool is_outdated() const { return code == missing_code || code == stale_code; }
};

/// What the diagnostics point to lives in `state`.
std::vector<Diagnostic> diagnostics_of(const HeaderState& state);

}  // namespace farcall::lsp
