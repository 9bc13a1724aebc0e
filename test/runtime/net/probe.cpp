#include "runtime/net/probe.h"

#include <rpc/marshal.h>
#include <rpc/outgoing.h>
#include <rpc/skeleton.h>

#include <type_traits>
#include <utility>

namespace {

constexpr rpc::MethodInfo probe_methods[] = {
    {.name = "add", .mode = rpc::Mode::call, .idempotent = true},
    {.name = "echo", .mode = rpc::Mode::async, .idempotent = true},
    {.name = "act", .mode = rpc::Mode::call},
    {.name = "note", .mode = rpc::Mode::maybe},
};

constexpr rpc::InterfaceInfo probe_info{
    .name = "Probe", .fingerprint = 0x1234567890abcdef, .methods = probe_methods, .method_count = 4};
constexpr rpc::InterfaceInfo other_info{
    .name = "Probe", .fingerprint = 0xfedcba0987654321, .methods = probe_methods, .method_count = 4};
constexpr rpc::InterfaceInfo unserved_info{
    .name = "Unserved", .fingerprint = 1, .methods = probe_methods, .method_count = 4};

using rpc::Tagged;
constexpr rpc::tagged::Field text_fields[] = {{1, "text", 0, &Tagged<std::string>::type}};
constexpr rpc::tagged::Values text_values("arguments of Probe.echo", text_fields);
constexpr rpc::tagged::Field add_fields[] = {{1, "a", 0, &Tagged<int>::type}, {2, "b", 1, &Tagged<int>::type}};
constexpr rpc::tagged::Values add_values("arguments of Probe.add", add_fields);

void write_text(rpc::Encoder& out, const std::string& text) {
  if (out.tagged()) return rpc::tagged::write(out, text_values, &text);
  rpc::Writer at = out.begin();
  at.room(rpc::bound(text));
  at.put(text);
  out.commit(at);
}

std::string take_text(rpc::Decoder in) {
  std::string text;
  if (in.tagged()) return rpc::tagged::read(in, text_values, &text), text;
  rpc::Reader at = in.begin();
  at.read(text);
  in.finish(at);
  return text;
}

void write_add(rpc::Encoder& out, int a, int b) {
  if (out.tagged()) return rpc::tagged::write(out, add_values, &a, &b);
  rpc::Writer at = out.begin();
  at.room(8);
  at.put(a);
  at.put(b);
  out.commit(at);
}

void read_add(rpc::Decoder in, int& a, int& b) {
  if (in.tagged()) return rpc::tagged::read(in, add_values, &a, &b);
  rpc::Reader at = in.begin();
  at.need(8);
  at.get(a);
  at.get(b);
  in.finish(at);
}

template <class Server>
void serve_add(Server& server, rpc::Incoming& call) {
  int a{};
  int b{};
  read_add(call.arguments(), a, b);
  call.reply(server.add(a, b));
}

void dispatch_kept(void* object, std::uint16_t method, rpc::Incoming& call) {
  if (method != 0) return;
  int a{};
  int b{};
  read_add(call.arguments(), a, b);
  static_cast<ProbeKeeper*>(object)->add(a, b, call.reply_later<int>());
}

template <class Server>
void dispatch(void* object, std::uint16_t method, rpc::Incoming& call) {
  Server& server = *static_cast<Server*>(object);
  switch (method) {
    case 0: return serve_add(server, call);
    case 1:
      if constexpr (std::is_same_v<Server, ProbeService>) {
        std::string text = take_text(call.arguments());
        call.detach();
        call.answer(server.echo(std::move(text)));
      } else {
        call.reply(server.echo(take_text(call.arguments())));
      }
      return;
    case 2:
      server.act(take_text(call.arguments()));
      call.reply();
      return;
    case 3:
      server.note(take_text(call.arguments()));
      call.reply();
      return;
  }
}

}  // namespace

ProbeClient::ProbeClient(rpc::Channel channel, rpc::CallOptions options)
    : stub_(std::move(channel), options, probe_info) {}

ProbeClient::ProbeClient(rpc::Stub stub) : stub_(std::move(stub)) {}

ProbeClient ProbeClient::with(rpc::CallOptions options) const { return ProbeClient(stub_.with(options)); }

int ProbeClient::add(int a, int b) const {
  rpc::Outgoing call = stub_.call(0);
  write_add(call.arguments(), a, b);
  return call.wait<int>();
}

rpc::Future<int> ProbeClient::async_add(int a, int b) const {
  rpc::Outgoing call = stub_.call(0);
  write_add(call.arguments(), a, b);
  return call.start<int>();
}

void ProbeClient::add(int a, int b, rpc::Reply<int> done) const {
  try {
    rpc::Outgoing call = stub_.call(0);
    write_add(call.arguments(), a, b);
    call.start(done);
  } catch (...) {
    done.fail(std::current_exception());
  }
}

std::string ProbeClient::echo(const std::string& text) const {
  rpc::Outgoing call = stub_.call(1);
  write_text(call.arguments(), text);
  return call.wait<std::string>();
}

rpc::Future<std::string> ProbeClient::async_echo(const std::string& text) const {
  rpc::Outgoing call = stub_.call(1);
  write_text(call.arguments(), text);
  return call.start<std::string>();
}

void ProbeClient::act(const std::string& what) const {
  rpc::Outgoing call = stub_.call(2);
  write_text(call.arguments(), what);
  call.wait();
}

rpc::Future<void> ProbeClient::async_act(const std::string& what) const {
  rpc::Outgoing call = stub_.call(2);
  write_text(call.arguments(), what);
  return call.start();
}

void ProbeClient::note(const std::string& text) const {
  rpc::Outgoing call = stub_.call(3);
  write_text(call.arguments(), text);
  call.send_maybe();
}

int add_of_other_version(const rpc::Channel& channel) {
  const rpc::Stub stub(channel, {}, other_info);
  rpc::Outgoing call = stub.call(0);
  write_add(call.arguments(), 1, 2);
  return call.wait<int>();
}

int add_of_unserved(const rpc::Channel& channel) {
  const rpc::Stub stub(channel, {}, unserved_info);
  rpc::Outgoing call = stub.call(0);
  write_add(call.arguments(), 1, 2);
  return call.wait<int>();
}

const rpc::InterfaceInfo& rpc::Interface<Probe>::info() { return probe_info; }

rpc::Skeleton rpc::Interface<Probe>::skeleton(Probe& server) { return {&probe_info, &server, &dispatch<Probe>}; }

rpc::Skeleton rpc::Interface<Probe>::skeleton(ProbeService& server) {
  return {&probe_info, &server, &dispatch<ProbeService>};
}

rpc::Skeleton rpc::Interface<Probe>::skeleton(ProbeKeeper& server) { return {&probe_info, &server, &dispatch_kept}; }
