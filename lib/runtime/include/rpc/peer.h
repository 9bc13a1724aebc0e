// Who is at the other end of a call.
//
//   const rpc::Peer peer = rpc::this_call().peer();
//   if (peer.identity == "uid:0") …                              // root of this machine
//   spdlog::info("asked by {}", peer.address);
#pragma once

#include <string_view>

namespace rpc {

/// The texts live as long as the call.
struct Peer {
  /// Where it calls from, for logs: "tcp://10.0.0.7:50312", "tls://10.0.0.7:50312", "unix:/run/t.sock (pid 12)".
  std::string_view address{};

  /// Who it is, as somebody vouches for it: begins with who that is. "uid:1000" is the kernel's word for the user whose
  /// process connected to a Unix socket. "x509:spiffe://example.org/billing" is the word of an authority that a tls://
  /// server trusts for the name in the client's certificate: its first URI, else its first DNS name, else its common
  /// name. Empty: nobody does, so that it can be anybody.
  std::string_view identity{};
};

}  // namespace rpc
