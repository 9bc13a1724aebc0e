#include "lsp/relevance.h"

#include <algorithm>
#include <array>
#include <filesystem>

namespace farcall::lsp {

bool is_header(const std::string& path) {
  constexpr std::array<std::string_view, 9> endings = {"", ".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tpp"};
  const std::filesystem::path name = std::filesystem::path(path).filename();
  const bool is_generated = name.stem().extension() == ".rpc" || name.string().ends_with(".rpc.mock.h");
  return !is_generated && std::ranges::find(endings, name.extension().string()) != endings.end();
}

bool has_attributes(std::string_view text) {
  for (std::size_t at = text.find("[["); at != std::string_view::npos; at = text.find("[[", at + 2)) {
    std::string_view list = text.substr(at + 2);
    list = list.substr(0, list.find("]]"));
    for (std::size_t scope = list.find("rpc"); scope != std::string_view::npos; scope = list.find("rpc", scope + 3)) {
      const std::size_t behind = list.find_first_not_of(" \t\r\n", scope + 3);
      if (behind != std::string_view::npos && list[behind] == ':') return true;
    }
  }
  return false;
}

std::string generated_path(const std::string& header, const std::string& out_dir, const std::string& ending) {
  const std::filesystem::path path(header);
  const std::filesystem::path folder = out_dir.empty() ? path.parent_path() : std::filesystem::path(out_dir);
  return folder / (path.stem().string() + ending);
}

}  // namespace farcall::lsp
