// Which documents are worth an analysis: editors start the server for every C++ file, and most of them are not
// Farcall's business.
//
//   if (is_header("lamp.h") && has_attributes(text)) …
#pragma once

#include <string>
#include <string_view>

namespace farcall::lsp {

/// Whether farcall generate could be meant to read a file of this name: no sources, and nothing that it wrote itself.
bool is_header(const std::string& path);

/// Whether an attribute of namespace rpc, or what looks like the beginning of one, stands anywhere in the text.
bool has_attributes(std::string_view text);

/// Where generated code for a header goes: "gen/lamp.rpc.h". It may not exist.
std::string stub_path(const std::string& header, const std::string& out_dir);

}  // namespace farcall::lsp
