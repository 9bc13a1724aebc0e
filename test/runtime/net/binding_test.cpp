// Which method numbers a client may bind, and what they lead to.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/log.h>

#include <string>

#include "net/binding.h"
#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::Bindings;
using rpc::net::Kind;

class BindingNumbers : public testing::Test {
 protected:
  /// Binds the four methods of Probe from `base` on; whether that was refused as malformed.
  bool malformed(std::uint16_t base) {
    return error_of([&] { bindings_.add(probe(base), &registered_); }).code() == rpc::Code::malformed;
  }

  static rpc::net::Bind probe(std::uint16_t base) {
    const rpc::InterfaceInfo& info = rpc::Interface<Probe>::info();
    return {
        .base = base, .name = info.name, .fingerprint = info.fingerprint, .methods = {"add", "echo", "act", "note"}};
  }

  Probe object_;
  rpc::net::Registered registered_{rpc::Interface<Probe>::skeleton(object_), nullptr};
  Bindings bindings_;
};

TEST_F(BindingNumbers, NoneIsBoundTwice) {
  EXPECT_FALSE(malformed(10));
  for (const std::uint16_t base : {7, 9, 10, 11, 13}) EXPECT_TRUE(malformed(base)) << base;
  EXPECT_FALSE(malformed(6));
  EXPECT_FALSE(malformed(14));
  for (std::uint16_t number = 6; number < 18; ++number) EXPECT_EQ(bindings_.find(number).method, (number - 6) % 4);
}

TEST_F(BindingNumbers, ThoseOfARefusedInterfaceAreTaken) {
  EXPECT_NE(bindings_.add(probe(10), nullptr).refused, nullptr);
  EXPECT_TRUE(malformed(13));
  EXPECT_EQ(bindings_.find(13).registered, nullptr);
}

TEST_F(BindingNumbers, OfAnotherVersionAreFoundByName) {
  rpc::net::Bind bind = probe(0);
  EXPECT_EQ(bindings_.add(bind, &registered_).encoding, rpc::Encoding::exact);
  bind.base = 10;
  bind.fingerprint = 1;
  bind.methods = {"note", "forget", "add"};
  EXPECT_EQ(bindings_.add(bind, &registered_).encoding, rpc::Encoding::tagged);
  EXPECT_TRUE(bindings_.find(0).same_version);
  EXPECT_EQ(bindings_.find(10).method, 3);
  EXPECT_FALSE(bindings_.find(10).same_version);
  EXPECT_EQ(bindings_.find(11).registered, nullptr);
  EXPECT_EQ(bindings_.find(12).method, 0);
  EXPECT_STREQ(bindings_.refusal(11).what(),
               "the server's Probe has no method forget; client and server were generated from different versions of "
               "Probe: the client's fingerprint is 0x1, the server's 0x1234567890abcdef");
}

TEST(Binding, OfTakenNumbersEndsTheConnection) {
  rpc::set_log_handler([](const rpc::LogRecord&) {});
  Running running;
  RawPeer peer = RawPeer::connect(running.folder.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe(0));
  append(bytes, bind_probe(3));
  ASSERT_TRUE(peer.send(bytes));
  EXPECT_EQ(peer.receive()->header.kind, Kind::welcome);
  EXPECT_EQ(peer.receive()->header.kind, Kind::bound);
  EXPECT_TRUE(peer.refused_with(rpc::Code::malformed));
  rpc::set_log_handler(nullptr);
}

}  // namespace
