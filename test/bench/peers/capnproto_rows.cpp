// Cap'n Proto: built in a first segment that is used again and fits, so that the segment is the message and nothing is
// copied; read where the bytes are, and copied into the program's own objects. And packed, which takes time and saves
// space.
#include <capnp/message.h>
#include <capnp/serialize-packed.h>
#include <capnp/serialize.h>
#include <kj/io.h>

#include <cstring>

#include "bench/peers/row.h"
#include "shapes.capnp.h"

namespace bench {

namespace {

using Words = std::vector<capnp::word>;

capnp::Text::Reader text(const std::string& from) { return {from.c_str(), from.size()}; }

void build(const Small& from, cp::Small::Builder to) {
  to.setId(from.id);
  to.setName(text(from.name));
  to.setValue(from.value);
  to.setActive(from.active);
  to.setColour(static_cast<cp::Colour>(from.colour));
}

void build(const Monster& from, cp::Monster::Builder to) {
  to.setX(from.x);
  to.setY(from.y);
  to.setZ(from.z);
  to.setHealth(from.health);
  to.setName(text(from.name));
  to.setInventory({from.inventory.data(), from.inventory.size()});
  to.setColour(static_cast<cp::Colour>(from.colour));
  auto weapons = to.initWeapons(static_cast<unsigned>(from.weapons.size()));
  for (unsigned i = 0; i < weapons.size(); ++i) {
    weapons[i].setName(text(from.weapons[i].name));
    weapons[i].setDamage(from.weapons[i].damage);
  }
}

void build(const Monsters& from, cp::Monsters::Builder to) {
  auto all = to.initAll(static_cast<unsigned>(from.size()));
  for (unsigned i = 0; i < all.size(); ++i) build(from[i], all[i]);
}

void build(const Doubles& from, cp::Doubles::Builder to) {
  auto all = to.initAll(static_cast<unsigned>(from.size()));
  for (unsigned i = 0; i < all.size(); ++i) all.set(i, from[i]);
}

void copy(capnp::Text::Reader from, std::string& to) { to.assign(from.begin(), from.size()); }

void copy(cp::Small::Reader from, Small& to) {
  to.id = from.getId();
  copy(from.getName(), to.name);
  to.value = from.getValue();
  to.active = from.getActive();
  to.colour = static_cast<Colour>(from.getColour());
}

void copy(cp::Monster::Reader from, Monster& to) {
  to.x = from.getX();
  to.y = from.getY();
  to.z = from.getZ();
  to.health = from.getHealth();
  copy(from.getName(), to.name);
  const auto inventory = from.getInventory();
  to.inventory.assign(inventory.begin(), inventory.end());
  to.colour = static_cast<Colour>(from.getColour());
  const auto weapons = from.getWeapons();
  to.weapons.resize(weapons.size());
  for (unsigned i = 0; i < weapons.size(); ++i) {
    copy(weapons[i].getName(), to.weapons[i].name);
    to.weapons[i].damage = weapons[i].getDamage();
  }
}

void copy(cp::Monsters::Reader from, Monsters& to) {
  const auto all = from.getAll();
  to.resize(all.size());
  for (unsigned i = 0; i < all.size(); ++i) copy(all[i], to[i]);
}

void copy(cp::Doubles::Reader from, Doubles& to) {
  const auto all = from.getAll();
  to.resize(all.size());
  for (unsigned i = 0; i < all.size(); ++i) to[i] = all[i];
}

template <class Shape>
struct RootOf;
template <>
struct RootOf<Small> {
  using Type = cp::Small;
};
template <>
struct RootOf<Monsters> {
  using Type = cp::Monsters;
};
template <>
struct RootOf<Doubles> {
  using Type = cp::Doubles;
};

/// Builds the message in `segment`, which is all zeros and is again when the message is gone.
template <class Shape>
struct Message {
  Message(const Shape& from, Words& segment) : builder(kj::arrayPtr(segment.data(), segment.size())) {
    build(from, builder.template initRoot<typename RootOf<Shape>::Type>());
  }
  capnp::MallocMessageBuilder builder;
};

}  // namespace

template <class Shape>
std::vector<Row> capnproto_rows(const Shape& value) {
  using Root = typename RootOf<Shape>::Type;
  auto segment = std::make_shared<Words>(std::size_t{1} << 17);
  auto buffer = std::make_shared<Words>(std::size_t{1} << 17);

  auto encode_flat = [segment, buffer](const Shape& from) {
    Message<Shape> message(from, *segment);
    kj::ArrayOutputStream out(kj::arrayPtr(buffer->data(), buffer->size()).asBytes());
    capnp::writeMessage(out, message.builder);
    return bytes_of(out.getArray().begin(), out.getArray().size());
  };
  auto decode = [](Bytes bytes, Shape& to) {
    const auto* words = reinterpret_cast<const capnp::word*>(bytes.data());
    capnp::FlatArrayMessageReader message(kj::arrayPtr(words, bytes.size() / sizeof(capnp::word)));
    copy(message.getRoot<Root>(), to);
  };
  auto encode_packed = [segment, buffer](const Shape& from) {
    Message<Shape> message(from, *segment);
    kj::ArrayOutputStream out(kj::arrayPtr(buffer->data(), buffer->size()).asBytes());
    capnp::writePackedMessage(out, message.builder);
    return bytes_of(out.getArray().begin(), out.getArray().size());
  };
  auto decode_packed = [scratch = std::make_shared<Words>(std::size_t{1} << 17)](Bytes bytes, Shape& to) {
    kj::ArrayInputStream in(kj::arrayPtr(reinterpret_cast<const kj::byte*>(bytes.data()), bytes.size()));
    capnp::PackedMessageReader message(in, {}, kj::arrayPtr(scratch->data(), scratch->size()));
    copy(message.getRoot<Root>(), to);
  };

  Row flat = row("Cap'n Proto", value, encode_flat, decode);
  // The segment is what would be sent: only the row's bytes above had to be in one piece.
  flat.encode = loop([segment, &value] {
    Message<Shape> message(value, *segment);
    keep(*message.builder.getSegmentsForOutput()[0].begin());
  });
  return {std::move(flat), row("Cap'n Proto, packed", value, encode_packed, decode_packed)};
}

template std::vector<Row> capnproto_rows(const Small&);
template std::vector<Row> capnproto_rows(const Monsters&);
template std::vector<Row> capnproto_rows(const Doubles&);

}  // namespace bench
