#include "lsp/returned_outputs.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "model/meaning.h"

namespace farcall::lsp {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view text_of(const SourceRef& where, const SourceFile& file) {
  return std::string_view(file.text).substr(where.begin, where.end - where.begin);
}

/// "Reading" of "Reading&"; nothing for what cannot be written as a result.
std::optional<std::string> without_reference(std::string_view type) {
  if (!type.ends_with('&') || type.find_first_of("()[]") != std::string_view::npos) return std::nullopt;
  type.remove_suffix(1);
  type.remove_suffix(type.size() - type.find_last_not_of(blanks) - 1);
  return std::string(type);
}

bool is_blank(std::string_view text) { return text.find_first_not_of(blanks) == std::string_view::npos; }

/// The parameter with its comma; nothing if there is something else between the parameters, such as a comment.
std::optional<SourceRef> place_in_list(const Method& method, std::size_t index, const SourceFile& file) {
  const std::string_view text = file.text;
  SourceRef place = method.parameters[index].where;
  const std::size_t behind = text.find_first_not_of(blanks, place.end);
  if (behind == std::string_view::npos || (text[behind] != ',' && text[behind] != ')')) return std::nullopt;
  if (index > 0) {
    const std::uint32_t before = method.parameters[index - 1].where.end;
    const std::string_view between = text.substr(before, place.begin - before);
    if (!between.starts_with(',') || !is_blank(between.substr(1))) return std::nullopt;
    place.begin = before;
  } else if (text[behind] == ',') {
    place.end = static_cast<std::uint32_t>(std::min(text.find_first_not_of(blanks, behind + 1), text.size()));
  }
  return place;
}

bool says_override(const Method& method, const SourceFile& file) {
  if (method.declaration.file != file.path) return false;
  const std::string_view text = text_of(method.declaration, file);
  return text.find("override", std::min(text.rfind(')'), text.size())) != std::string_view::npos;
}

/// Whether it overrides, or is overridden by, another one of the header.
bool is_one_of_several(const Contract& contract, const Method& method, const SourceFile& file) {
  if (says_override(method, file)) return true;
  return std::ranges::any_of(contract.interfaces, [&](const Interface& interface) {
    return std::ranges::any_of(interface.methods, [&](const Method& other) {
      return other.name == method.name && other.declaration != method.declaration && says_override(other, file);
    });
  });
}

class Return {
 public:
  Return(const HeaderNow& header, const Method& method, std::size_t index)
      : header_(header), method_(method), index_(index), parameter_(method.parameters[index]) {}

  Refactoring run() {
    change_.fix.title = "return '" + parameter_.name + "' from '" + method_.name + "'";
    const bool has_places = method_.result_where.known() && parameter_.type_where.known() && parameter_.where.known();
    const auto type = has_places ? without_reference(text_of(parameter_.type_where, header_.file)) : std::nullopt;
    if (!std::holds_alternative<Void>(method_.result.form))
      change_.obstacle = "'" + method_.name + "' returns something already";
    else if (is_one_of_several(header_.contract, method_, header_.file))
      change_.obstacle = "an override would have to change along with '" + method_.name + "'";
    else if (!type)
      change_.obstacle = "the type of '" + parameter_.name + "' cannot be written as that of a result";
    else
      change_to(*type);
    return std::move(change_);
  }

 private:
  void change_to(const std::string& type) {
    change_.fix.edits.push_back({method_.result_where, type});
    const bool stays = direction_of(parameter_).in;
    if (stays) {
      change_.fix.edits.push_back({parameter_.type_where, type});
    } else if (const auto place = place_in_list(method_, index_, header_.file)) {
      change_.fix.edits.push_back({*place, ""});
    } else {
      change_.obstacle = "there is something else between the parameters: take '" + parameter_.name + "' out by hand";
    }
    make_good(change_, header_, with_method(header_.contract, method_, [&](Method& each) {
                each.result = parameter_.type;
                each.result_spelling = type;
                const auto parameter = each.parameters.begin() + static_cast<std::ptrdiff_t>(index_);
                if (stays)
                  parameter->passing = Passing::value;
                else
                  each.parameters.erase(parameter);
              }));
  }

  const HeaderNow& header_;
  const Method& method_;
  const std::size_t index_;
  const Parameter& parameter_;
  Refactoring change_;
};

}  // namespace

std::vector<Refactoring> returned_outputs(const HeaderNow& header, const Method& method) {
  std::vector<Refactoring> changes;
  if (method.handle) return changes;  // it has a way back
  for (std::size_t index = 0; index < method.parameters.size(); ++index)
    if (direction_of(method.parameters[index]).out) changes.push_back(Return(header, method, index).run());
  return changes;
}

}  // namespace farcall::lsp
