// What of a Tls cannot be seen from outside.
//
//   EXPECT_EQ(resumed_with(client), 1);
#pragma once

#include <rpc/tls.h>

#include "tls/src/credentials.h"

inline SSL_CTX* context_of(const rpc::Tls& tls) {
  return static_cast<const rpc::tls::Credentials&>(tls.credentials()).context()->ssl.get();
}

/// How many sessions its channels have resumed.
inline long resumed_with(const rpc::Tls& tls) { return SSL_CTX_sess_hits(context_of(tls)); }

/// How many authorities it has read.
inline int trusted_by(const rpc::Tls& tls) {
  return sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(context_of(tls))));
}
