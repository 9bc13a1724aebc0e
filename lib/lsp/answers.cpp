#include "lsp/answers.h"

#include <algorithm>

namespace farcall::lsp {
namespace {

const char* command_of(Lens::Deed deed) {
  switch (deed) {
    case Lens::Deed::generate: return generate_command;
    case Lens::Deed::open_stub: return open_stub_command;
    case Lens::Deed::open_contract: return open_contract_command;
  }
  return "";
}

/// With the version that was looked at, and the class's line in it.
json::Value class_command(const ClassOffer& offer, const HeaderState& state, const std::string& uri) {
  const bool makes = offer.change == ClassChange::make_interface;
  return json::Object{{"title", offer.title},
                      {"command", makes ? make_interface_command : extract_interface_command},
                      {"arguments", json::Array{uri, state.version, offer.line}}};
}

}  // namespace

json::Value command_json(const std::string& title, const char* command, const std::string& uri,
                         const std::string& detail) {
  json::Array arguments{uri};
  if (!detail.empty()) arguments.push_back(lsp::json_of(detail));
  return json::Object{{"title", title}, {"command", command}, {"arguments", std::move(arguments)}};
}

std::string Answers::uri_for(const std::string& path) const {
  const std::optional<Document> open = workspace_.document(path);
  return open ? open->uri : uri_of(path);
}

json::Value Answers::json_of(const Diagnostic& diagnostic) {
  json::Object made{{"range", lsp::json_of(diagnostic.range)},
                    {"severity", static_cast<int>(diagnostic.weight)},
                    {"code", diagnostic.code},
                    {"source", "farcall"},
                    {"message", lsp::json_of(diagnostic.message)}};
  if (const std::string& page = pages_.path(diagnostic.code); !page.empty())
    made["codeDescription"] = json::Object{{"href", uri_of(page)}};
  json::Array related;
  for (const Related& each : diagnostic.related)
    related.push_back(
        json::Object{{"location", json::Object{{"uri", uri_for(each.path)}, {"range", lsp::json_of(each.range)}}},
                     {"message", lsp::json_of(each.message)}});
  if (client_.has_related_information && !related.empty()) made["relatedInformation"] = std::move(related);
  return made;
}

json::Value Answers::diagnostics(const HeaderState& state, const Document& document) {
  json::Array all;
  for (const Diagnostic& each : diagnostics_of(state)) all.push_back(json_of(each));
  return json::Object{{"uri", document.uri}, {"version", state.version}, {"diagnostics", std::move(all)}};
}

json::Value Answers::edit_of(const std::vector<FileEdits>& changes) const {
  json::Array versioned;
  json::Object plain;
  for (const FileEdits& file : changes) {
    json::Array edits;
    for (const TextEdit& each : file.edits)
      edits.push_back(json::Object{{"range", lsp::json_of(each.range)}, {"newText", lsp::json_of(each.text)}});
    const std::string uri = uri_for(file.path);
    if (file.is_new) versioned.push_back(json::Object{{"kind", "create"}, {"uri", uri}});
    if (client_.has_document_changes) {
      const json::Value version = file.version ? json::Value(*file.version) : json::Value(nullptr);
      versioned.push_back(json::Object{{"textDocument", json::Object{{"uri", uri}, {"version", version}}},
                                       {"edits", std::move(edits)}});
    } else {
      plain[uri] = std::move(edits);
    }
  }
  if (client_.has_document_changes) return json::Object{{"documentChanges", std::move(versioned)}};
  return json::Object{{"changes", std::move(plain)}};
}

json::Value Answers::json_of(const Action& action, const HeaderState& state, const std::string& uri) {
  json::Object made{{"title", lsp::json_of(action.title)}, {"kind", action.kind}};
  if (action.resolves) made["diagnostics"] = json::Array{json_of(*action.resolves)};
  if (action.is_preferred) made["isPreferred"] = true;
  if (!action.obstacle.empty())
    made["disabled"] = json::Object{{"reason", lsp::json_of(action.obstacle)}};
  else if (action.deed == Deed::generate)
    made["command"] = command_json(action.title, generate_command, uri);
  else if (action.class_offer)
    made["command"] = class_command(*action.class_offer, state, uri);
  else
    made["edit"] = edit_of(action.changes);
  return made;
}

json::Value Answers::actions(const HeaderState& state, const ActionQuery& query, const std::string& uri) {
  json::Array all;
  for (Action& each : actions_for(state, query, workspace_)) {
    if (each.obstacle.empty() && !client_.creates_files && std::ranges::any_of(each.changes, &FileEdits::is_new))
      each.obstacle = "this editor does not create files for language servers";
    if (!each.obstacle.empty() && !client_.shows_disabled_actions) continue;
    if (each.class_offer && !client_.applies_edits) continue;
    if (client_.has_action_literals)
      all.push_back(json_of(each, state, uri));
    else if (each.deed == Deed::generate)  // an old client takes commands alone
      all.push_back(command_json(each.title, generate_command, uri));
  }
  return all;
}

json::Value Answers::symbols(const HeaderState& state, const std::string& uri) const {
  json::Array all;
  for (const Symbol& interface : symbols_of(state)) {
    if (client_.has_symbol_trees) {
      all.push_back(lsp::json_of(interface));
      continue;
    }
    all.push_back(flat_json_of(interface, uri, ""));
    for (const Symbol& method : interface.members) all.push_back(flat_json_of(method, uri, interface.name));
  }
  return all;
}

json::Value Answers::places(const std::vector<Place>& places) const {
  json::Array all;
  for (const Place& each : places)
    all.push_back(json::Object{{"uri", uri_for(each.path)}, {"range", lsp::json_of(each.range)}});
  return all.empty() ? json::Value(nullptr) : json::Value(std::move(all));
}

json::Value Answers::lenses(const HeaderState& state, const std::string& uri) const {
  json::Array all;
  for (const Lens& each : lenses_of(state)) {
    if (each.deed == Lens::Deed::open_stub && !client_.shows_documents) continue;
    all.push_back(json::Object{{"range", lsp::json_of(each.range)},
                               {"command", command_json(each.title, command_of(each.deed), uri, each.shown)}});
  }
  return all;
}

}  // namespace farcall::lsp
