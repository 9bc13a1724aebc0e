// What went wrong, in words: OpenSSL's codes with the names and times that belong to them.
//
//   throw Error(Code::unavailable, problem_of(…).text);
#pragma once

#include "net/cipher.h"
#include "openssl.h"

#include <string>

namespace rpc::tls {

enum class Role : bool { client, server };

/// Why the certificate of the other end was not accepted, in a verify callback. `host`: whom a client wanted.
std::string certificate_problem(X509_STORE_CTX* store, Role own, const std::string& host);

/// Why an operation failed that returned `result`, from OpenSSL's queue of errors. `certificate`: what
/// certificate_problem() gave.
net::Problem problem_of(SSL* ssl, int result, Role own, const std::string& certificate);

/// The last error in OpenSSL's queue, and empties it.
std::string last_error();

/// The first URI, else the first DNS name, else the common name; empty if there is none, or if it has control
/// characters.
std::string name_of(X509* certificate);

}  // namespace rpc::tls
