// Which documents are worth an analysis: editors start the server for every C++ file, and most of them are not
// Farcall's business.
//
//   if (is_header("lamp.h") && has_attributes(text)) …
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace farcall::lsp {

/// Whether farcall generate could be meant to read a file of this name: no sources, and nothing that it wrote itself.
bool is_header(const std::string& path);

/// Whether farcall generate wrote it, by its name.
bool is_generated(const std::string& path);

/// Whether an attribute of namespace rpc, or what looks like the beginning of one, stands anywhere in the text.
bool has_attributes(std::string_view text);

/// What stands between the quotes or brackets of its `#include` lines, as parts of the text.
std::vector<std::string_view> included_names(std::string_view text);

/// Where a generated file of a header goes: "gen/lamp.rpc.mock.h", for ".rpc.mock.h". It may not exist.
std::string generated_path(const std::string& header, const std::string& out_dir, const std::string& ending);
inline std::string stub_path(const std::string& header, const std::string& out_dir) {
  return generated_path(header, out_dir, ".rpc.h");
}

}  // namespace farcall::lsp
