#include "driver/resource_dir.h"

#include <dlfcn.h>

#include <filesystem>

#include "frontend/clang_compat.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

/// The folder of the shared object or program that a function is in, symbolic links resolved.
fs::path folder_of(const void* function) {
  Dl_info info;
  if (dladdr(function, &info) == 0 || !info.dli_fname) return {};
  std::error_code error;
  return fs::canonical(info.dli_fname, error).parent_path();
}

}  // namespace

ResourceDir find_resource_dir() {
  const std::string version = std::to_string(CLANG_VERSION_MAJOR);
  std::error_code error;
  const fs::path tool = fs::read_symlink("/proc/self/exe", error).parent_path();
  const fs::path library = folder_of(reinterpret_cast<const void*>(&clang::getClangFullVersion));
  ResourceDir found;
  for (const fs::path& lib : {tool / "../../lib", library, library / "../lib", library / ("../llvm-" + version) / "lib",
                              fs::path(FARCALL_LLVM_LIBRARY_DIR)}) {
    const fs::path candidate = (lib / "clang" / version).lexically_normal();
    found.searched.push_back(candidate);
    if (!fs::exists(candidate / "include/stddef.h", error)) continue;
    found.path = candidate;
    break;
  }
  return found;
}

}  // namespace farcall
