#include "driver/frozen_file.h"

#include <filesystem>

#include <llvm/Support/MemoryBuffer.h>

namespace farcall {

namespace fs = std::filesystem;

std::vector<std::string> frozen_candidates(const std::string& header, const std::string& out_dir,
                                           const std::string& given) {
  if (!given.empty()) return {given};
  const fs::path path(header);
  const std::string name = path.stem().string() + ".rpc.json";
  std::vector<std::string> candidates{(path.parent_path() / name).generic_string()};
  if (!out_dir.empty()) candidates.push_back((fs::path(out_dir) / name).generic_string());
  return candidates;
}

FrozenFile find_frozen(const std::string& header, const std::string& out_dir, const std::string& given) {
  const std::vector<std::string> candidates = frozen_candidates(header, out_dir, given);
  std::error_code error;
  FrozenFile file{.path = fs::exists(candidates.front(), error) ? candidates.front() : candidates.back()};
  file.exists = fs::exists(file.path, error);
  if (!file.exists) return file;
  const auto buffer = llvm::MemoryBuffer::getFile(file.path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer) {
    file.problem = "cannot read '" + file.path + "': " + buffer.getError().message();
    return file;
  }
  ReadFrozen read = read_frozen((*buffer)->getBuffer().str());
  file.frozen = std::move(read.frozen);
  if (!file.frozen) file.problem = "'" + file.path + "' is no frozen contract: " + read.problem;
  return file;
}

RunOptions with_contract(RunOptions options, const FrozenFile& frozen) {
  options.plan.contract_path = frozen.path;
  options.frozen = frozen.frozen ? &*frozen.frozen : nullptr;
  options.artefacts.contract |= frozen.exists;
  return options;
}

}  // namespace farcall
