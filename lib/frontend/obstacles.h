// What keeps a class from travelling, and what to do about it.
//
//   if (std::optional<Obstacle> obstacle = obstacle_of(scope, record)) record.obstacles.push_back(*obstacle);
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

/// What rules a member out, whatever its type and access are.
std::optional<Obstacle> member_obstacle(Scope& scope, const clang::FieldDecl& field);

/// For a member or base that is not public, in a class that does not befriend rpc::Access. `what` says which.
Obstacle hidden_obstacle(Scope& scope, const clang::CXXRecordDecl& definition, const std::string& what,
                         clang::SourceRange where);

/// "std::variant<int, double>": instead of a union of these.
std::string variant_of(const clang::RecordDecl& union_declaration, const clang::ASTContext& context);

}  // namespace farcall
