// A plugin fits one version of Clang: what it knows of the compiler's classes is wrong in every other.
#include <clang/Basic/Version.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace {

/// Before all else that happens when the plugin is loaded, since no other part of it may run in the wrong compiler.
[[gnu::constructor(101)]] void refuse_other_versions() {
  const std::string version = clang::getClangFullVersion();
  if (version.find("clang version " CLANG_VERSION_MAJOR_STRING ".") != std::string::npos) return;
  (void)std::fprintf(stderr,
                     "farcall: error: this plugin was built for clang " CLANG_VERSION_MAJOR_STRING
                     ", and the compiler is %s; build the plugin for that one with -DFARCALL_LLVM=<major version>, or "
                     "compile with clang++-" CLANG_VERSION_MAJOR_STRING "\n",
                     version.c_str());
  _exit(1);
}

}  // namespace
