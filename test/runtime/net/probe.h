// The interface the tests of the network call, with client and server written by hand in the shape of generated code.
//
//   server.serve<Probe>(std::make_shared<Probe>());
//   ProbeClient probe(rpc::connect(url));
//   EXPECT_EQ(probe.add(1, 2), 3);
#pragma once

#include <rpc/reply.h>
#include <rpc/stub.h>

#include <cstdint>
#include <functional>
#include <string>

/// Tests set what `act` and `note` do.
class Probe {
 public:
  virtual ~Probe() = default;

  /// Of any numbers: hostile clients send such.
  virtual int add(int a, int b) { return static_cast<int>(static_cast<unsigned>(a) + static_cast<unsigned>(b)); }
  virtual std::string echo(std::string text) { return text; }
  virtual void act(std::string what) { on_act(what); }
  virtual void note(std::string text) { on_note(text); }

  std::function<void(const std::string&)> on_act = [](const std::string&) {};
  std::function<void(const std::string&)> on_note = [](const std::string&) {};
};

class ProbeService {
 public:
  virtual ~ProbeService() = default;
  virtual int add(int a, int b) { return a + b; }
  virtual rpc::Task<std::string> echo(std::string text) = 0;
  virtual void act(std::string) {}
  virtual void note(std::string) {}
};

/// Answers add() through a handle. On the wire it is the same as the others.
class ProbeKeeper {
 public:
  virtual ~ProbeKeeper() = default;
  virtual void add(int a, int b, rpc::Reply<int> done) = 0;
};

class ProbeClient {
 public:
  explicit ProbeClient(rpc::Channel channel, rpc::CallOptions options = {});
  ProbeClient with(rpc::CallOptions options) const;

  int add(int a, int b) const;
  std::string echo(const std::string& text) const;
  rpc::Future<std::string> async_echo(const std::string& text) const;
  rpc::Future<int> async_add(int a, int b) const;
  void add(int a, int b, rpc::Reply<int> done) const;
  void act(const std::string& what) const;
  rpc::Future<void> async_act(const std::string& what) const;
  void note(const std::string& text) const;

 private:
  explicit ProbeClient(rpc::Stub stub);
  rpc::Stub stub_;
};

/// The same name with another fingerprint, and an interface nobody serves.
class ProbeOfOtherVersion {};
class Unserved {};
int add_of_other_version(const rpc::Channel& channel);
int add_of_unserved(const rpc::Channel& channel);

template <>
struct rpc::Interface<Probe> {
  static const InterfaceInfo& info();
  static Skeleton skeleton(Probe& server);
  static Skeleton skeleton(ProbeService& server);
  static Skeleton skeleton(ProbeKeeper& server);
};
