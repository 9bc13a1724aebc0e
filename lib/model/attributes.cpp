#include "model/attributes.h"

#include <algorithm>
#include <array>

#include "model/nearest.h"

namespace farcall {
namespace {

constexpr std::uint8_t places(auto... each) { return (static_cast<std::uint8_t>(each) | ...); }

using enum Place;

constexpr AttributeSpec table[] = {
    {AttributeKind::interface, "interface", places(on_class), ArgumentShape::optional_string,
     R"(rpc::interface("acme.Thermostat"))", "the class is remote; the string is its name on the wire"},
    {AttributeKind::async, "async", places(on_class, on_method, on_parameter), ArgumentShape::none, "rpc::async",
     "the call returns at once and hands back a future"},
    {AttributeKind::async_uuid, "async_uuid", places(on_class), ArgumentShape::uuid,
     R"(rpc::async_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8"))",
     "the class gets an asynchronous twin with this identity"},
    {AttributeKind::uuid, "uuid", places(on_class), ArgumentShape::uuid,
     R"(rpc::uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))", "the identity of the class beside its asynchronous twin"},
    {AttributeKind::maybe, "maybe", places(on_method), ArgumentShape::none, "rpc::maybe",
     "the call is sent without waiting, and may be lost"},
    {AttributeKind::message, "message", places(on_method), ArgumentShape::none, "rpc::message",
     "the call is stored durably and delivered even if the server is away"},
    {AttributeKind::priority, "priority", places(on_method), ArgumentShape::level, "rpc::priority(7)",
     "how urgent a message is: 0, the least, to 7"},
    {AttributeKind::time_to_live, "time_to_live", places(on_method), ArgumentShape::duration,
     R"(rpc::time_to_live("30s"))", "how long a message is worth delivering"},
    {AttributeKind::express, "express", places(on_method), ArgumentShape::none, "rpc::express",
     "the message is kept in memory only: faster, and gone with the process"},
    {AttributeKind::idempotent, "idempotent", places(on_method), ArgumentShape::none, "rpc::idempotent",
     "running the call twice does no harm, so it may be retried automatically"},
    {AttributeKind::timeout, "timeout", places(on_class, on_method), ArgumentShape::timeout, R"(rpc::timeout("250ms"))",
     "how long a call may take when the caller does not say; \"none\" for no limit"},
    {AttributeKind::name, "name", places(on_class, on_method, on_parameter, on_field), ArgumentShape::string,
     R"(rpc::name("add_int"))", "a name on the wire that stays when the C++ name changes"},
    {AttributeKind::out, "out", places(on_parameter), ArgumentShape::none, "rpc::out",
     "the T& only carries a value back from the server"},
    {AttributeKind::in, "in", places(on_parameter), ArgumentShape::none, "rpc::in",
     "the T& only carries a value to the server"},
    {AttributeKind::local, "local", places(on_method, on_field), ArgumentShape::none, "rpc::local",
     "the method is not remote, or the field does not travel"},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < std::size(table); ++i)
    if (static_cast<std::size_t>(table[i].kind) != i) return false;
  return std::size(table) == static_cast<std::size_t>(AttributeKind::unknown);
}
static_assert(in_order(), "one row for each AttributeKind, in its order");

}  // namespace

std::string_view describe(Place place) {
  switch (place) {
    case on_class: return "a class";
    case on_method: return "a method";
    case on_parameter: return "a parameter";
    case on_field: return "a field";
  }
  return "";
}

std::span<const AttributeSpec> attribute_table() { return table; }

const AttributeSpec& attribute_spec(AttributeKind kind) { return table[static_cast<std::size_t>(kind)]; }

const AttributeSpec* find_attribute(std::string_view name) {
  const auto* row = std::ranges::find(table, name, &AttributeSpec::name);
  return row == std::end(table) ? nullptr : row;
}

const AttributeSpec* nearest_attribute(std::string_view misspelt) {
  std::array<std::string_view, std::size(table)> names;
  std::ranges::transform(table, names.begin(), &AttributeSpec::name);
  return find_attribute(nearest(misspelt, names));
}

}  // namespace farcall
