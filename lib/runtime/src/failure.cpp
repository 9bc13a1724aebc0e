#include "failure.h"

#include <rpc/future.h>

#include <cxxabi.h>

#include <cstdlib>
#include <string>
#include <typeinfo>

#include "log.h"

namespace rpc::internal {
namespace {

std::string name_of_thrown() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  return type == nullptr ? "unknown" : demangled(*type);
}

}  // namespace

std::string demangled(const std::type_info& type) {
  int status = 0;
  char* name = abi::__cxa_demangle(type.name(), nullptr, nullptr, &status);
  std::string text = status == 0 ? name : type.name();
  std::free(name);
  return text;
}

Error failure_of(const std::exception_ptr& exception) {
  try {
    std::rethrow_exception(exception);
  } catch (const Error& error) {
    return error;
  } catch (const std::exception& thrown) {
    return Error(Code::failed, thrown.what(), demangled(typeid(thrown)));
  } catch (...) {
    return Error(Code::failed, "an exception that is not a std::exception", name_of_thrown());
  }
}

void log_lost_exception(const char* where) noexcept {
  try {
    const Error error = failure_of(std::current_exception());
    const std::string type = error.remote_type().empty() ? "rpc::Error" : error.remote_type();
    log(Severity::error, std::string(where) + " threw " + type + ": " + error.what());
  } catch (...) {
    log(Severity::error, where);  // not even memory for the text
  }
}

}  // namespace rpc::internal
