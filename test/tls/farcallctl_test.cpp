// farcallctl at tls:// addresses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tls/printed_by.h"
#include "tls/secure_running.h"

namespace {

using testing::HasSubstr;

TEST(Ctl, ShowsACertificateAndTrustsAnAuthority) {
  const Logged logged;
  const Folder folder;
  Authority authority(folder, "ca");
  const Issued client = authority.issue({.name = "client"});
  const rpc::Tls tls(shown_by(authority.issue({}), authority.file()));
  rpc::Server server({.reflection = true, .tls = tls});
  const std::string ls = "'" FARCALLCTL "' ls " + server.listen("tls://127.0.0.1:0") + " --tls-ca " + authority.file();
  EXPECT_EQ(printed_by(ls + " --tls-cert " + client.certificate + " --tls-key " + client.key),
            "rpc::Monitor\nrpc::Reflection\n");
  EXPECT_THAT(printed_by(ls), HasSubstr("the server takes only those who show a certificate"));
  EXPECT_THAT(printed_by(ls + " --tls-key " + client.key), HasSubstr("takes only those who show a certificate"));
  EXPECT_THAT(printed_by(ls + "x"), HasSubstr("ca.pemx: cannot be read: No such file or directory"));
}

}  // namespace
