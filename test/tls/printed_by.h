// What programs print.
//
//   EXPECT_THAT(printed_by("openssl version"), StartsWith("OpenSSL 3"));
#pragma once

#include <cstdio>
#include <string>

/// What a shell command prints, and its errors with it.
inline std::string printed_by(const std::string& command) {
  std::FILE* const pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::string text;
  for (char part[1024]; const std::size_t got = std::fread(part, 1, sizeof part, pipe);) text.append(part, got);
  ::pclose(pipe);
  return text;
}
