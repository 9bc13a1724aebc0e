#include "frontend/places.h"

#include <llvm/Support/Path.h>

#include <algorithm>
#include <cctype>

namespace farcall {
namespace {

bool is_blank(char character) { return std::isspace(static_cast<unsigned char>(character)) != 0; }

std::string_view view(llvm::StringRef text) { return {text.data(), text.size()}; }

/// Whether `line` up to a list is "#define NAME".
bool is_define_of_a_name(llvm::StringRef line) {
  line = line.trim();
  if (!line.consume_front("#")) return false;
  line = line.ltrim();
  if (!line.consume_front("define")) return false;
  const llvm::StringRef name = line.trim();
  return !name.empty() &&
         llvm::all_of(name, [](char character) { return clang::isAsciiIdentifierContinue(character); });
}

}  // namespace

const std::string& Places::name_of(clang::FileID file) {
  auto [place, is_new] = names_.try_emplace(file);
  if (is_new) {
    const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(file);
    place->second = entry ? entry->getName().str() : sources_.getBufferOrFake(file).getBufferIdentifier().str();
  }
  files_.try_emplace(place->second, file);
  return place->second;
}

SourceRef Places::of(clang::SourceRange tokens) {
  if (tokens.isInvalid()) return {};
  clang::CharSourceRange range =
      clang::Lexer::makeFileCharRange(clang::CharSourceRange::getTokenRange(tokens), sources_, language_);
  if (range.isInvalid()) {
    const clang::CharSourceRange expansion = sources_.getExpansionRange(tokens);
    range = clang::Lexer::makeFileCharRange(expansion, sources_, language_);
    if (range.isInvalid()) range = clang::CharSourceRange::getCharRange(expansion.getBegin());
  }
  const auto [file, begin] = sources_.getDecomposedLoc(range.getBegin());
  const auto [end_file, end] = sources_.getDecomposedLoc(range.getEnd());
  SourceRef ref = of(file, {begin, end_file == file ? std::max(begin, end) : begin});
  keep_expansions(ref, tokens.getBegin());
  return ref;
}

void Places::keep_expansions(const SourceRef& ref, clang::SourceLocation place) {
  if (place.isFileID() || expansions_.contains(key(ref))) return;
  std::vector<Expansion> found;
  while (place.isMacroID()) {
    if (sources_.isMacroArgExpansion(place)) {
      place = sources_.getImmediateSpellingLoc(place);
      continue;
    }
    const clang::SourceLocation written = sources_.getSpellingLoc(place);
    Expansion& expansion = found.emplace_back();
    expansion.macro = clang::Lexer::getImmediateMacroName(place, sources_, language_).str();
    if (!sources_.isWrittenInScratchSpace(written) && !sources_.isWrittenInBuiltinFile(written))
      expansion.where = of(clang::SourceRange(written));
    place = sources_.getImmediateExpansionRange(place).getBegin();
  }
  std::ranges::reverse(found);
  if (!found.empty()) expansions_.emplace(key(ref), std::move(found));
}

std::vector<Places::Expansion> Places::expansions(const SourceRef& ref) const {
  const auto found = expansions_.find(key(ref));
  return found == expansions_.end() ? std::vector<Expansion>() : found->second;
}

SourceFile Places::file(const std::string& name) const {
  const auto known = files_.find(name);
  if (known == files_.end()) return {};
  SourceFile file{.path = {}, .text = sources_.getBufferOrFake(known->second).getBuffer().str()};
  if (const clang::OptionalFileEntryRef entry = sources_.getFileEntryRefForID(known->second)) {
    llvm::SmallString<256> path = entry->getName();
    sources_.getFileManager().makeAbsolutePath(path);
    llvm::sys::path::remove_dots(path, /*remove_dot_dot=*/true);
    file.path = path.str().str();
  }
  return file;
}

SourceRef Places::of(clang::FileID file, TextRange range) {
  return {.file = name_of(file),
          .begin = range.begin,
          .end = range.end,
          .line = sources_.getLineNumber(file, range.begin),
          .column = sources_.getColumnNumber(file, range.begin)};
}

const std::vector<AttributeList>& Places::lists_of(clang::FileID file) {
  auto [place, is_new] = lists_.try_emplace(file);
  if (is_new) place->second = attribute_lists(view(sources_.getBufferData(file)));
  return place->second;
}

Places::Found Places::find_item(clang::FileID file, std::uint32_t offset) {
  for (const AttributeList& list : lists_of(file))
    for (std::size_t index = 0; index < list.items.size(); ++index)
      if (list.items[index].range.contains(offset)) return {&list, index};
  return {};
}

bool Places::is_whole_macro(clang::SourceLocation spelling) {
  const auto [file, offset] = sources_.getDecomposedLoc(spelling);
  const Found found = find_item(file, offset);
  if (!found.list || found.list->items.size() != 1) return false;
  const llvm::StringRef text = sources_.getBufferData(file);
  const llvm::StringRef before = text.take_front(found.list->range.begin);
  const llvm::StringRef after = text.drop_front(found.list->range.end);
  return is_define_of_a_name(before.drop_front(before.rfind('\n') + 1)) &&
         after.take_until([](char character) { return character == '\n'; }).trim().empty();
}

Places::AttributePlace Places::of_attribute(clang::SourceLocation inside) {
  if (inside.isInvalid()) return {};
  const clang::SourceLocation at = sources_.getFileLoc(inside);
  const auto [file, offset] = sources_.getDecomposedLoc(at);
  if (const Found found = find_item(file, offset); found.list) {
    const std::string_view text = view(sources_.getBufferData(file));
    const AttributeItem& item = found.list->items[found.item];
    const bool is_macro = at != inside;
    return {of(file, item.range), is_macro ? SourceRef{} : of(file, item.name),
            of(file, removal_of(*found.list, found.item, text))};
  }
  const SourceRef macro = of(inside);
  return {macro, {}, is_whole_macro(sources_.getSpellingLoc(inside)) ? macro : SourceRef{}};
}

SourceRef Places::deletion_of(clang::SourceRange tokens) {
  if (tokens.isInvalid() || tokens.getBegin().isMacroID() || tokens.getEnd().isMacroID()) return {};
  const SourceRef whole = of(tokens);
  const clang::FileID file = sources_.getFileID(tokens.getBegin());
  const llvm::StringRef before = sources_.getBufferData(file).take_front(whole.begin);
  return of(file, {static_cast<std::uint32_t>(before.rtrim(" \t").size()), whole.end});
}

SourceRef Places::behind(clang::SourceLocation token) {
  if (token.isInvalid() || token.isMacroID()) return {};
  const SourceRef whole = of(token);
  return of(sources_.getFileID(token), {whole.end, whole.end});
}

SourceRef Places::with_attributes(SourceRef declaration) {
  const auto known = files_.find(declaration.file);
  if (known == files_.end()) return declaration;
  const std::vector<AttributeList>& lists = lists_of(known->second);
  const llvm::StringRef text = sources_.getBufferData(known->second);
  for (const AttributeList& list : llvm::reverse(lists)) {
    if (list.range.end > declaration.begin) continue;
    if (!llvm::all_of(text.slice(list.range.end, declaration.begin), is_blank)) break;
    declaration = of(known->second, {list.range.begin, declaration.end});
  }
  return declaration;
}

SourceRef Places::type_of(const clang::ParmVarDecl& parameter, SourceRef declaration) {
  const std::string_view whole = text(declaration);
  std::uint32_t end = declaration.end;
  if (!parameter.getName().empty()) {
    const SourceRef name = of(parameter.getLocation());
    if (name.file == declaration.file && declaration.begin < name.begin && name.begin < declaration.end)
      end = name.begin;
  } else if (const std::size_t initialiser = whole.find('='); initialiser != std::string_view::npos) {
    end = declaration.begin + static_cast<std::uint32_t>(initialiser);
  }
  while (end > declaration.begin + 1 && is_blank(whole[end - declaration.begin - 1])) --end;
  declaration.end = end;
  return declaration;
}

SourceRef Places::up_to_body(SourceRef declaration) {
  const auto known = files_.find(declaration.file);
  if (known == files_.end()) return declaration;
  const std::string text = sources_.getBufferData(known->second).str();
  clang::Lexer lexer({}, language_, text.data(), text.data() + declaration.begin, text.data() + text.size());
  int depth = 0;
  std::uint32_t end = declaration.begin;
  clang::Token token;
  for (lexer.LexFromRawLexer(token); token.isNot(clang::tok::eof); lexer.LexFromRawLexer(token)) {
    if (depth == 0 && token.isOneOf(clang::tok::semi, clang::tok::l_brace)) break;
    if (token.isOneOf(clang::tok::l_paren, clang::tok::l_square, clang::tok::l_brace)) ++depth;
    if (token.isOneOf(clang::tok::r_paren, clang::tok::r_square, clang::tok::r_brace) && --depth < 0) break;
    end = static_cast<std::uint32_t>(lexer.getBufferLocation() - text.data());
  }
  declaration.end = end;
  return declaration;
}

std::string_view Places::text(const SourceRef& ref) const {
  const auto known = files_.find(ref.file);
  if (known == files_.end()) return {};
  return view(sources_.getBufferData(known->second).slice(ref.begin, ref.end));
}

clang::SourceLocation Places::location(const SourceRef& ref, std::uint32_t offset) const {
  const auto known = files_.find(ref.file);
  if (known == files_.end()) return {};
  return sources_.getLocForStartOfFile(known->second).getLocWithOffset(static_cast<int>(offset));
}

clang::CharSourceRange Places::range(const SourceRef& ref) const {
  return clang::CharSourceRange::getCharRange(location(ref, ref.begin), location(ref, ref.end));
}

}  // namespace farcall
