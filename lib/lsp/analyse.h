// The way from a document to a HeaderState: the only place of the language server that runs Clang, by farcall::analyse.
//
//   HeaderState state = look_at({.path = path, .text = text, .version = 3}, texts, settings);
#pragma once

#include <map>
#include <string>
#include <vector>

#include "driver/analysis.h"
#include "lsp/header_state.h"
#include "lsp/settings.h"

namespace farcall::lsp {

/// What `farcall generate` would be told about this header. `texts` are read instead of what is on disk.
AnalysisOptions options_for(const std::string& path, std::map<std::string, std::string> texts,
                            const Settings& settings);

/// `state` has path, text and version; the rest is found out. Never throws.
HeaderState look_at(HeaderState state, const std::map<std::string, std::string>& texts, const Settings& settings);

/// Those of the files that are not on disk as they should be.
std::vector<OutdatedFile> outdated_files(const std::vector<GeneratedFile>& files);

/// "farcall: error: no such file: 'lamp.h'\n" without what stands around the message.
std::string message_of(std::string told);

}  // namespace farcall::lsp
