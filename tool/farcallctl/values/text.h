// Text and bytes in JSON, which has UTF-8 and nothing else.
//
//   to_base64("\x01\x02")            // "AQI="
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace farcall::ctl {

bool is_utf8(std::string_view text);

std::string to_base64(std::string_view bytes);
/// Nothing for what is none; the padding may be missing.
std::optional<std::string> from_base64(std::string_view text);

/// UTF-8 as characters of Unicode; `text` is well-formed.
std::u32string to_utf32(std::string_view text);
/// Nothing if one of them is no character.
std::optional<std::string> from_utf32(std::u32string_view text);

/// The same with pairs of surrogates for what takes more than 16 bits.
std::u16string to_utf16(std::string_view text);
std::optional<std::string> from_utf16(std::u16string_view text);

/// For a terminal: control characters become \x1b, so that nobody else moves the cursor.
std::string printable(std::string_view text);

}  // namespace farcall::ctl
