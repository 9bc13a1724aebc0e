// What keeps a class from travelling, and what to do about it.
//
//   if (std::optional<Obstacle> found = class_obstacle(scope, declaration)) record.obstacles.push_back(*found);
#pragma once

#include <optional>

#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// Generated code could not name it, or knows nothing of it.
std::optional<Obstacle> naming_obstacle(Scope& scope, const clang::CXXRecordDecl& record);

/// What rules the whole class out, before its members are looked at.
std::optional<Obstacle> class_obstacle(Scope& scope, const clang::CXXRecordDecl& record);

/// Why values of it cannot be made before they are filled.
std::optional<Obstacle> construction_obstacle(Scope& scope, const clang::CXXRecordDecl& definition);

/// Why no value can be made because of its rpc::local members, whose types nobody asks about.
std::optional<Obstacle> local_members_obstacle(Scope& scope, const clang::CXXRecordDecl& definition);

/// Why values of it cannot be handed on, unless it is for what they are made of.
std::optional<Obstacle> moving_obstacle(Scope& scope, const clang::CXXRecordDecl& definition);

/// The member that is packed, so that generated code cannot refer to it.
std::optional<Obstacle> packing_obstacle(Scope& scope, const clang::CXXRecordDecl& definition);

/// What rules a member out, whatever its type and access are.
std::optional<Obstacle> member_obstacle(Scope& scope, const clang::FieldDecl& field);

/// For a member or base that is not public, in a class that does not befriend rpc::Access. `what` says which.
Obstacle hidden_obstacle(Scope& scope, const clang::CXXRecordDecl& definition, const std::string& what,
                         clang::SourceRange where);

/// "std::variant<int, double>": instead of a union of these.
std::string variant_of(const clang::RecordDecl& union_declaration, const clang::ASTContext& context);

}  // namespace farcall
