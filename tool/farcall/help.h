// What `farcall --help` and `farcall <command> --help` print.
#pragma once

#include <string>

namespace farcall {

std::string overview();
std::string generate_help();
std::string check_help();
std::string rewrite_help();
std::string compat_help();
std::string explain_help();
std::string lsp_help();

}  // namespace farcall
