// `farcall rewrite --set`: where and how an attribute is written, replaced or removed in a header.
//
//   Parsed<Annotation> wanted = parse_annotation("home::Thermostat::history=async");
//   Annotated made = annotate(contract, *wanted.value);
//   if (made.problem.empty()) fixes.add({.title = "…", .edits = made.edits}, sources);
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/attributes.h"
#include "model/contract.h"

namespace farcall {

/// One order of the user.
struct Annotation {
  std::string target = {};  ///< "home::Thermostat", "home::Thermostat::history", "home::Thermostat::history::days", or
                            ///< a field: "home::Reading::celsius"
  AttributeKind kind;
  std::string attribute;  ///< with its argument, as it is written: "timeout(\"250ms\")"
  bool removes = false;
};

/// From "TARGET=ATTRIBUTE", or "TARGET=-ATTRIBUTE" to remove it.
Parsed<Annotation> parse_annotation(std::string_view text);

/// The classes that are to be read as interfaces though nothing in them says so.
std::set<std::string> classes_of(const Annotation& annotation);

/// By qualified name; nullptr if the header has none of it.
const Interface* find_interface(const Contract& contract, const std::string& name);

/// What can have attributes, of a contract that outlives this.
struct Bearer {
  Place place;
  const std::vector<Attribute>& attributes;
  SourceRef first;  ///< where a first one is written
};
Bearer bearer(const Interface& interface);
Bearer bearer(const Method& method);
Bearer bearer(const Parameter& parameter);
Bearer bearer(const Field& field);

struct Annotated {
  std::vector<Edit> edits;  ///< none: it is so already
  std::string problem;      ///< why it cannot be
};

/// A mode takes the place of another one, an attribute that is there gets the new argument, and a new one joins the
/// list that is there or begins one.
Annotated annotate(const Contract& contract, const Annotation& annotation);
/// The same, whatever the target is called.
Annotated annotate(const Bearer& bearer, const Annotation& annotation);

}  // namespace farcall
