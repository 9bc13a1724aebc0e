// Makes Clang know Farcall's attributes and reads them back from declarations. Clang accepts them anywhere and with any
// arguments, as annotations (which survive precompiled headers); whether they make sense is for check to say.
//
//   register_attributes();                                // before the first parse
//   for (const Attribute& each : attributes_of(*method, places)) …
#pragma once

#include <vector>

#include "frontend/places.h"
#include "model/contract.h"

namespace farcall {

/// Registers the attributes of model/attributes.h with Clang, once however often it is called. Any thread may.
void register_attributes();

/// Whether the declaration itself was given one of our attributes.
bool has_attributes(const clang::Decl& declaration);

/// The attributes written at this declaration (not at others of the same entity), in source order.
std::vector<Attribute> attributes_of(const clang::Decl& declaration, Places& places);

}  // namespace farcall
