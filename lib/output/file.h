// Reading a whole file as a value, for comparing it with what is to be written.
//
//   if (read_file("thermostat.rpc.h").contents == text) …
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace farcall {

struct FileContents {
  std::optional<std::string> contents;  ///< nothing: there is no file, or it cannot be read
  std::string error;                    ///< why it cannot be read; empty for a file that does not exist
};

FileContents read_file(const std::filesystem::path& path);

}  // namespace farcall
