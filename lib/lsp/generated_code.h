// What generated C++ says by its text alone: it is ours, and regular, so that nobody has to parse it. What is in
// comments and strings is no name. Text that is not as farcall writes it has fewer names, or none.
//
//   header_of("/gen/lamp.rpc.h", read)                           // "/home/me/lamp.h"
//   for (const CodeName& each : names_in(text)) …                // "home::LampClient", its member "turn"
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace farcall::lsp {

/// The file name of the header that the first line says this was made from; empty: farcall did not make it.
std::string_view made_from(std::string_view text);

/// The text of a file, as the user sees it; nothing if it cannot be read.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;

/// The header that a generated file was made from, by what the file includes; empty: none, or it is not there.
std::string header_of(const std::string& generated, const ReadText& read);

struct CodeName {
  enum class Kind : std::uint8_t {
    class_name,  ///< `name` is a class of the file that is declared or defined here, with its namespaces
    member,      ///< `name` is a member function of the class `scope`
    type,  ///< `name` is a type as it is spelt here, in the namespace `scope`; "::home::Reading" begins at the top.
           ///< Some keywords count as types; nothing is called like them
  };
  Kind kind;
  std::uint32_t begin = 0;  ///< of the last word of the name
  std::uint32_t end = 0;
  std::string scope;  ///< empty: the global namespace
  std::string name;
};

/// In the order of the text.
std::vector<CodeName> names_in(std::string_view text);

}  // namespace farcall::lsp
