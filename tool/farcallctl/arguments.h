// A command's arguments: words and options in any order.
//
//   farcallctl call --deadline 250ms unix:/run/t Thermostat.target
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace farcall::ctl {

/// Wrong use, which ends with exit code 2. The text says what is wrong.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Option {
  std::string_view name;
  std::string_view example{};  ///< of its value; empty: it takes none

  [[nodiscard]] constexpr bool takes_value() const { return !example.empty(); }
};

inline constexpr Option deadline_option{"--deadline", "250ms"};
inline constexpr Option metadata_option{"--metadata", "key=value"};
inline constexpr Option pretty_option{"--pretty"};
inline constexpr Option compact_option{"--compact"};
inline constexpr Option json_option{"--json"};
inline constexpr Option tls_ca_option{"--tls-ca", "ca.pem"};
inline constexpr Option tls_cert_option{"--tls-cert", "client.pem"};
inline constexpr Option tls_key_option{"--tls-key", "client.key"};

struct Arguments {
  std::vector<std::string> words;
  std::optional<std::chrono::nanoseconds> deadline;  ///< negative: none
  std::vector<std::pair<std::string, std::string>> metadata;
  std::optional<bool> pretty;  ///< false: --compact
  bool json = false;
  std::map<std::string_view, std::string> others;  ///< options that only one command knows, by their names

  [[nodiscard]] bool has(const Option& option) const { return others.contains(option.name); }

  /// Its value; empty if it is not there.
  [[nodiscard]] std::string text(const Option& option) const {
    const auto found = others.find(option.name);
    return found == others.end() ? "" : found->second;
  }
};

/// "250ms", the value of an option. Throws UsageError.
std::chrono::nanoseconds time_from(const Option& option, const std::string& text);

/// `allowed` are the options of the command. Throws UsageError.
Arguments read_arguments(std::span<const std::string> given, std::span<const Option> allowed);

}  // namespace farcall::ctl
