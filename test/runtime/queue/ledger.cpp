#include "runtime/queue/ledger.h"

#include <rpc/marshal.h>
#include <rpc/outgoing.h>
#include <rpc/skeleton.h>
#include <rpc/tagged/view.h>
#include <rpc/wire/view_codec.h>

#include <utility>

namespace {

constexpr rpc::MethodInfo ledger_methods[] = {
    {.name = "record", .mode = rpc::Mode::message},
    {.name = "urgent", .mode = rpc::Mode::message, .priority = 7},
    {.name = "note", .mode = rpc::Mode::message, .express = true},
    {.name = "brief", .mode = rpc::Mode::message, .time_to_live_ns = 1'000'000},
    {.name = "hourly", .mode = rpc::Mode::message, .time_to_live_ns = 3'600'000'000'000},
    {.name = "gone", .mode = rpc::Mode::message},
};
constexpr rpc::InterfaceInfo client_info{
    .name = "Ledger", .fingerprint = 1, .methods = ledger_methods, .method_count = 6};

/// A later version: without its last method.
constexpr rpc::InterfaceInfo server_info{
    .name = "Ledger", .fingerprint = 2, .methods = ledger_methods, .method_count = 5};

using rpc::Tagged;
constexpr rpc::tagged::Field text_fields[] = {{1, "text", 0, &Tagged<std::string_view>::type}};
constexpr rpc::tagged::Values text_values("arguments of Ledger", text_fields);

void dispatch(void* server, std::uint16_t, rpc::Incoming& call) {
  std::string_view text;
  rpc::tagged::read(call.arguments(), text_values, &text);
  static_cast<Ledger*>(server)->tell(text);
  call.reply();
}

}  // namespace

LedgerClient::LedgerClient(rpc::Channel channel, const rpc::CallOptions& options)
    : stub_(std::move(channel), options, client_info) {}

void LedgerClient::store(std::uint16_t method, std::string_view text) const {
  rpc::Outgoing call = stub_.message(method);
  rpc::tagged::write(call.arguments(), text_values, &text);
  call.store();
}

rpc::Receipt LedgerClient::send(std::uint16_t method, std::string_view text) const {
  rpc::Outgoing call = stub_.message(method);
  rpc::tagged::write(call.arguments(), text_values, &text);
  return call.send_message();
}

rpc::Skeleton rpc::Interface<Ledger>::skeleton(Ledger& server) { return {&server_info, &server, &dispatch}; }
