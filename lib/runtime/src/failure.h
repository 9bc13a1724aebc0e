// What the other side is told about an exception.
//
//   catch (...) { connection.fail(call, internal::failure_of(std::current_exception())); }
#pragma once

#include <rpc/error.h>

#include <exception>
#include <string>
#include <typeinfo>

namespace rpc::internal {

/// An rpc::Error as it is; everything else as Code::failed with the type's name and the exception's text.
Error failure_of(const std::exception_ptr& exception);

/// The type as it is written: "std::out_of_range".
std::string demangled(const std::type_info& type);

}  // namespace rpc::internal
