#include "driver/frozen_file.h"

#include <filesystem>

#include <llvm/Support/MemoryBuffer.h>

namespace farcall {

namespace fs = std::filesystem;

FrozenFile find_frozen(const std::string& header, const std::string& out_dir, const std::string& given) {
  const fs::path path(header);
  const std::string name = path.stem().string() + ".rpc.json";
  const std::string beside = (path.parent_path() / name).generic_string();
  const std::string in_out_dir = (fs::path(out_dir) / name).generic_string();
  std::error_code error;
  FrozenFile file{.path = out_dir.empty() || fs::exists(beside, error) ? beside : in_out_dir};
  if (!given.empty()) file.path = given;
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
