#include "driver/new_interface.h"

#include <algorithm>
#include <cctype>

#include "frontend/attribute_lists.h"
#include "model/meaning.h"
#include "output/fixes.h"

namespace farcall {
namespace {

std::string_view text_of(const SourceRef& where, std::string_view text) {
  return text.substr(where.begin, where.end - where.begin);
}

bool is_part_of_name(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_';
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_part_of_name(text[at - 1])) && (end == text.size() || !is_part_of_name(text[end]))) return true;
  }
  return false;
}

std::string_view without_blanks_behind(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// The beginning of what stands there, or of the comment in the lines above it.
std::size_t above_comments(std::size_t place, std::string_view text) {
  std::size_t line = text.substr(0, place).rfind('\n') + 1;
  std::size_t found = place;
  while (line > 0) {
    const std::size_t above = line < 2 ? 0 : text.substr(0, line - 1).rfind('\n') + 1;
    const std::size_t first = std::min(text.find_first_not_of(" \t", above), line);
    if (!text.substr(first).starts_with("//")) break;
    found = first;
    line = above;
  }
  const std::string_view before = text.substr(0, line);
  const std::size_t begin = before.rfind("/*");
  const bool ends_here = before.ends_with("*/\n") || before.ends_with("*/\r\n");
  return ends_here && begin != std::string_view::npos ? begin : found;
}

/// A declaration up to where `override` or `= 0` stands or would stand.
std::string_view up_to_specifiers(std::string_view declaration) {
  declaration = without_blanks_behind(declaration);
  if (declaration.ends_with('0')) {
    const std::string_view before = without_blanks_behind(declaration.substr(0, declaration.size() - 1));
    if (before.ends_with('=')) declaration = without_blanks_behind(before.substr(0, before.size() - 1));
  }
  return declaration;
}

bool overrides_already(std::string_view declaration) {
  const std::string_view tail = declaration.substr(std::min(declaration.rfind(')'), declaration.size()));
  return has_word(tail, "override") || has_word(tail, "final");
}

std::string_view without_overriding(std::string_view declaration) {
  for (bool found = true; found;) {
    found = false;
    for (const std::string_view word : {" override", " final"}) {
      if (!declaration.ends_with(word)) continue;
      declaration = without_blanks_behind(declaration.substr(0, declaration.size() - word.size()));
      found = true;
    }
  }
  return declaration;
}

/// The methods that the new class gets: those the class declares itself, and that are not local.
std::vector<const Method*> methods_of(const Interface& from) {
  std::vector<const Method*> methods;
  for (const Method& each : from.methods)
    if (is_remote(each) && each.declaration.lies_in(from.declaration)) methods.push_back(&each);
  return methods;
}

/// Where the declaration begins behind its attributes.
std::size_t behind_attributes(std::string_view declaration) {
  std::size_t end = 0;
  for (const AttributeList& list : attribute_lists(declaration)) {
    if (declaration.substr(end, list.range.begin - end).find_first_not_of(" \t\r\n") != std::string_view::npos) break;
    end = list.range.end;
  }
  return std::min(declaration.find_first_not_of(" \t\r\n", end), declaration.size());
}

std::string comment_of(const Method& method, const std::string& indent) {
  std::string made;
  std::string_view rest = method.doc;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    made += indent + "///" + (line.empty() || line.starts_with(' ') ? "" : " ") + std::string(line) + "\n";
  }
  return made;
}

std::string pure(const Method& method, const std::string& indent, std::string_view text) {
  std::string declaration(without_overriding(up_to_specifiers(text_of(method.declaration, text))));
  const std::size_t begin = behind_attributes(declaration);
  const std::string_view specifiers =
      std::string_view(declaration).substr(begin, method.where.begin - method.declaration.begin - begin);
  if (!has_word(specifiers, "virtual")) declaration.insert(begin, "virtual ");
  return comment_of(method, indent) + indent + declaration + " = 0;\n";
}

/// Whether the class has been remote itself, so that there may be programs that know it by its name.
bool was_remote(const Interface& from) {
  const auto counts = [](const Attribute& each) { return each.kind != AttributeKind::local; };
  return std::ranges::any_of(from.attributes, counts) || std::ranges::any_of(from.methods, [&](const Method& each) {
           return std::ranges::any_of(each.attributes, counts);
         });
}

std::string attributes_of_class(const Interface& from, std::string_view text) {
  std::string list = "rpc::interface";
  if (was_remote(from) && !has(from.attributes, AttributeKind::name)) list += "(\"" + wire_name(from) + "\")";
  for (const Attribute& each : from.attributes) {
    if (each.kind == AttributeKind::interface) continue;
    SourceRef where = each.where;  // without the scope, which `[[using rpc: …]]` may have given
    if (each.name_where.known()) where.begin = each.name_where.begin;
    list += ", rpc::" + std::string(text_of(where, text));
  }
  return list;
}

/// The new class, and what stands between it and the one it is made of.
std::string class_text(const Interface& from, const NewInterface& order, std::string_view text) {
  const std::vector<const Method*> methods = methods_of(from);
  const std::string indent = indentation_at(from.declaration.begin, text);
  const std::string inner = indentation_at(methods.front()->declaration.begin, text);
  const bool is_struct = text_of(from.declaration, text).starts_with("struct");
  const std::string key = is_struct ? "struct" : "class";
  std::string made = key + " [[" + attributes_of_class(from, text) + "]] " + order.name + " {\n";
  if (!is_struct) made += indentation_at(from.public_part.begin, text) + "public:\n";
  made += inner + "virtual ~" + order.name + "() = default;\n";
  for (const Method* each : methods) made += pure(*each, inner, text);
  return made + indent + "};\n\n" + indent;
}

}  // namespace

Parsed<NewInterface> parse_new_interface(std::string_view text) {
  const std::size_t equals = text.find('=');
  NewInterface order{.from = std::string(text.substr(0, equals)), .name = {}};
  const std::size_t colons = order.from.rfind("::");
  order.name = equals != std::string_view::npos ? std::string(text.substr(equals + 1))
               : colons == std::string::npos    ? order.from + "Interface"
                                                : order.from.substr(colons + 2) + "Interface";
  const bool is_name = !order.name.empty() && std::ranges::all_of(order.name, is_part_of_name) &&
                       std::isdigit(static_cast<unsigned char>(order.name.front())) == 0;
  if (order.from.empty() || !is_name)
    return {std::nullopt, std::string("'").append(text) + "' is not of the form home::Hall or home::Hall=Room"};
  return {std::move(order), ""};
}

std::string obstacle_to(const NewInterface& order, const Interface& from, std::string_view text) {
  const std::string name = "'" + order.from + "'";
  if (from.is_template) return name + " is a template, and no interface can be made of one";
  if (!from.is_complete) return name + " is only declared here: name the header that defines it";
  const std::string_view whole = text_of(from.declaration, text);
  if (!(whole.starts_with("class") || whole.starts_with("struct")) || !from.bases_end.known())
    return name + " comes out of a macro: change that instead";
  const std::vector<const Method*> methods = methods_of(from);
  if (methods.empty()) return name + " declares no public methods that could be remote";
  for (const Method* each : methods) {
    const std::string method = "'" + from.qualified_name + "::" + each->name + "'";
    if (each->is_template)
      return method + " is a template and cannot be virtual; leave it out with --set '" + from.qualified_name +
             "::" + each->name + "=local'";
    if (text_of(each->declaration, text).find('(') == std::string_view::npos)
      return method + " comes out of a macro: change that instead";
  }
  return {};
}

std::vector<SourceRef> removals(const Interface& from) {
  std::vector<SourceRef> places;
  const auto take = [&](const std::vector<Attribute>& attributes) {
    for (const Attribute& each : attributes)
      if (each.where.lies_in(from.declaration)) places.push_back(each.removal);
  };
  take(from.attributes);
  for (const Method& method : from.methods) {
    take(method.attributes);
    for (const Parameter& parameter : method.parameters) take(parameter.attributes);
    if (method.handle) take(method.handle->parameter.attributes);
  }
  return places;
}

std::vector<Edit> extraction(const Interface& from, const NewInterface& order, std::string_view text) {
  const std::string_view head = text.substr(from.where.end, from.bases_end.begin - from.where.end);
  const bool has_bases = head.find(':') != std::string_view::npos;
  SourceRef before = from.declaration;
  before.begin = before.end = static_cast<std::uint32_t>(above_comments(from.declaration.begin, text));
  std::vector<Edit> edits = {{before, class_text(from, order, text)},
                             {from.bases_end, (has_bases ? ", public " : " : public ") + order.name}};
  for (const Method* each : methods_of(from)) {
    const std::string_view declaration = up_to_specifiers(text_of(each->declaration, text));
    if (overrides_already(declaration)) continue;
    SourceRef end = each->declaration;
    end.begin = end.end = each->declaration.begin + static_cast<std::uint32_t>(declaration.size());
    edits.push_back({end, " override"});
  }
  return edits;
}

}  // namespace farcall
