#include "lsp/definition.h"

#include <algorithm>
#include <filesystem>

#include "model/meaning.h"
#include "model/names.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;

/// "Reading" of "home::Reading".
std::string last_word(const std::string& name) {
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? name : name.substr(colons + 2);
}

std::string without_last_word(const std::string& name) {
  const std::size_t colons = name.rfind("::");
  return colons == std::string::npos ? "" : name.substr(0, colons);
}

bool is_twin(const Interface& interface, const std::string& class_name) {
  return class_name == qualify(interface, twin_name(interface)) ||
         class_name == qualify(interface, twin_client_name(interface)) ||
         class_name == qualify(interface, twin_marshalling_name(interface));
}

bool is_made_from(const Interface& interface, const std::string& class_name) {
  return class_name == qualify(interface, client_name(interface)) ||
         class_name == qualify(interface, service_name(interface)) ||
         class_name == qualify(interface, mock_name(interface)) ||
         class_name == qualify(interface, marshalling_name(interface)) || is_twin(interface, class_name);
}

/// What the members of a class are called that are made from a method.
std::vector<std::string> members_of(const Interface& interface, const Method& method, const std::string& class_name) {
  if (is_twin(interface, class_name)) return {"Begin_" + wire_name(method), "Finish_" + wire_name(method)};
  std::vector<std::string> names{method.name};
  if (class_name == qualify(interface, client_name(interface))) names.push_back(async_name(method));
  return names;
}

/// A name in the source, and where it was when that was analysed.
struct Target {
  SourceRef where;
  std::string word;
};

/// Nothing if something else stands there now.
std::optional<Place> place_of(const Target& target, const ReadText& read) {
  if (!target.where.known()) return std::nullopt;
  const std::uint32_t begin = target.where.begin;
  const std::uint32_t end = target.where.end;
  const std::string path = fs::absolute(target.where.file).lexically_normal();
  const std::optional<std::string> text = read(path);
  if (!text || end > text->size() || text->substr(begin, end - begin) != target.word) return std::nullopt;
  return Place{path, TextLines(*text).range_of(begin, end)};
}

class Source {
 public:
  explicit Source(const Contract& contract) : contract_(contract) {}

  [[nodiscard]] std::vector<Target> of(const CodeName& name) const {
    switch (name.kind) {
      case CodeName::Kind::class_name: return of_class(name.name);
      case CodeName::Kind::member: return of_member(name.scope, name.name);
      case CodeName::Kind::type: return of_type(name.scope, name.name);
    }
    return {};
  }

 private:
  [[nodiscard]] std::vector<Target> of_class(const std::string& name) const {
    std::vector<Target> found;
    for (const Interface& each : contract_.interfaces)
      if (each.qualified_name == name || is_made_from(each, name)) found.push_back({each.where, each.name});
    for (const Record& each : contract_.records)
      if (each.name == name) found.push_back({each.where, last_word(name)});
    for (const Enum& each : contract_.enums)
      if (each.name == name) found.push_back({each.where, last_word(name)});
    return found;
  }

  [[nodiscard]] std::vector<Target> of_member(const std::string& class_name, const std::string& name) const {
    if (name == last_word(class_name)) return of_class(class_name);  // a constructor
    std::vector<Target> found;
    for (const Interface& interface : contract_.interfaces) {
      if (!is_made_from(interface, class_name)) continue;
      for (const Method& each : interface.methods) {
        const std::vector<std::string> members = members_of(interface, each, class_name);
        if (is_remote(each) && std::ranges::find(members, name) != members.end())
          found.push_back({each.where, each.name});
      }
    }
    return found;
  }

  /// As the compiler looks for it: in the namespace, then in those around.
  [[nodiscard]] std::vector<Target> of_type(std::string space, const std::string& name) const {
    if (name.starts_with("::")) return of_class(name.substr(2));
    for (;; space = without_last_word(space)) {
      std::vector<Target> found = of_class(space.empty() ? name : space + "::" + name);
      if (space.empty() || !found.empty()) return found;
    }
  }

  const Contract& contract_;
};

/// The generated names that are made from the interface or method at a place: classes, and their members behind "::".
std::vector<std::string> made_at(const HeaderState& state, std::uint32_t offset) {
  std::vector<std::string> names;
  for (const Interface& interface : state.outcome->contract.interfaces) {
    const bool is_whole = state.is_at(interface.where, offset);
    for (const std::string& own : {client_name(interface), service_name(interface)}) {
      const std::string class_name = qualify(interface, own);
      if (is_whole) names.push_back(class_name);
      for (const Method& method : interface.methods) {
        if (!is_remote(method) || !state.is_at(method.where, offset)) continue;
        for (const std::string& each : members_of(interface, method, class_name))
          names.push_back(class_name + "::" + each);
      }
    }
  }
  return names;
}

}  // namespace

std::vector<Place> places_in_header(const HeaderState& state, std::string_view generated, std::uint32_t offset,
                                    const ReadText& read) {
  std::vector<Place> places;
  if (!state.outcome) return places;
  for (const CodeName& name : names_in(generated)) {
    if (offset < name.begin || name.end < offset) continue;
    for (const Target& each : Source(state.outcome->contract).of(name)) {
      const std::optional<Place> place = place_of(each, read);
      if (place && std::ranges::find(places, *place) == places.end()) places.push_back(*place);
    }
  }
  return places;
}

std::vector<Place> places_in_code(const HeaderState& state, std::uint32_t offset, const std::string& stub,
                                  const ReadText& read) {
  std::vector<Place> places;
  if (!state.outcome) return places;
  const std::vector<std::string> wanted = made_at(state, offset);
  const std::optional<std::string> text = wanted.empty() ? std::nullopt : read(stub);
  if (!text || made_from(*text) != fs::path(state.path).filename().string()) return places;
  const TextLines lines(*text);
  for (const CodeName& each : names_in(*text)) {
    if (each.kind == CodeName::Kind::type) continue;
    const std::string name = each.kind == CodeName::Kind::member ? each.scope + "::" + each.name : each.name;
    if (std::ranges::find(wanted, name) != wanted.end()) places.push_back({stub, lines.range_of(each.begin, each.end)});
  }
  return places;
}

std::optional<Range> place_of_class(std::string_view generated, const std::string& name) {
  for (const CodeName& each : names_in(generated))
    if (each.kind == CodeName::Kind::class_name && each.name == name)
      return TextLines(generated).range_of(each.begin, each.end);
  return std::nullopt;
}

}  // namespace farcall::lsp
