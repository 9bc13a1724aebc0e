// How values of a class can be handed on, as far as that decides whether and how they travel.
//
//   if (forbids_moving(declaration, sema)) …   // nothing could return it
#pragma once

#include "frontend/clang_compat.h"

namespace farcall {

/// Whether values can be neither moved nor copied, be it made or assigned, and it is not for what they are made of.
bool forbids_moving(const clang::CXXRecordDecl& definition, clang::Sema& sema);

/// Whether a copy can be made and is the same bytes.
bool is_copied_bytewise(const clang::CXXRecordDecl& definition);

}  // namespace farcall
