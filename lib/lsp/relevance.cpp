#include "lsp/relevance.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>

namespace farcall::lsp {
namespace {

/// The name in `#include "name"`; nothing for another line.
std::optional<std::string_view> included_name(std::string_view line) {
  const auto skip = [&](std::string_view word) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with(word)) return false;
    line.remove_prefix(word.size());
    return true;
  };
  if (!skip("#") || !skip("include") || !(skip("\"") || skip("<"))) return std::nullopt;
  const std::size_t end = line.find_first_of("\">");
  return end == std::string_view::npos ? std::nullopt : std::optional(line.substr(0, end));
}

}  // namespace

bool is_header(const std::string& path) {
  constexpr std::array<std::string_view, 9> endings = {"", ".h", ".hh", ".hpp", ".hxx", ".h++", ".inl", ".ipp", ".tpp"};
  const std::string extension = std::filesystem::path(path).extension();
  return !is_generated(path) && std::ranges::find(endings, extension) != endings.end();
}

bool is_generated(const std::string& path) {
  const std::filesystem::path name = std::filesystem::path(path).filename();
  return name.stem().extension() == ".rpc" || name.string().ends_with(".rpc.mock.h");
}

std::vector<std::string_view> included_names(std::string_view text) {
  std::vector<std::string_view> names;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (const auto name = included_name(text.substr(begin, end - begin))) names.push_back(*name);
    begin = end + 1;
  }
  return names;
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
