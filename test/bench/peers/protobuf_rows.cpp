// protobuf in the three ways it is used: with its own classes throughout; these in an arena whose memory is used again;
// and converted from and to the program's own structs, which is what a C++ interface needs, through a message that is
// kept, so that its memory is used again too.
#include <google/protobuf/arena.h>

#include "bench/peers/row.h"
#include "shapes.pb.h"

namespace bench {

namespace {

void convert(const Small& from, pb::Small& to) {
  to.set_id(from.id);
  to.set_name(from.name);
  to.set_value(from.value);
  to.set_active(from.active);
  to.set_colour(static_cast<pb::Colour>(from.colour));
}

void convert(const pb::Small& from, Small& to) {
  to.id = from.id();
  to.name = from.name();
  to.value = from.value();
  to.active = from.active();
  to.colour = static_cast<Colour>(from.colour());
}

void convert(const Monster& from, pb::Monster& to) {
  to.set_x(from.x);
  to.set_y(from.y);
  to.set_z(from.z);
  to.set_health(from.health);
  to.set_name(from.name);
  to.set_inventory(from.inventory.data(), from.inventory.size());
  to.set_colour(static_cast<pb::Colour>(from.colour));
  to.mutable_weapons()->Reserve(static_cast<int>(from.weapons.size()));
  for (const Weapon& weapon : from.weapons) {
    pb::Weapon& added = *to.add_weapons();
    added.set_name(weapon.name);
    added.set_damage(weapon.damage);
  }
}

void convert(const pb::Monster& from, Monster& to) {
  to.x = from.x();
  to.y = from.y();
  to.z = from.z();
  to.health = static_cast<std::int16_t>(from.health());
  to.name = from.name();
  to.inventory.assign(from.inventory().begin(), from.inventory().end());
  to.colour = static_cast<Colour>(from.colour());
  to.weapons.resize(static_cast<std::size_t>(from.weapons_size()));
  for (std::size_t i = 0; i < to.weapons.size(); ++i) {
    const pb::Weapon& weapon = from.weapons(static_cast<int>(i));
    to.weapons[i].name = weapon.name();
    to.weapons[i].damage = weapon.damage();
  }
}

void convert(const Monsters& from, pb::Monsters& to) {
  to.mutable_all()->Reserve(static_cast<int>(from.size()));
  for (const Monster& monster : from) convert(monster, *to.add_all());
}

void convert(const pb::Monsters& from, Monsters& to) {
  to.resize(static_cast<std::size_t>(from.all_size()));
  for (std::size_t i = 0; i < to.size(); ++i) convert(from.all(static_cast<int>(i)), to[i]);
}

void convert(const Doubles& from, pb::Doubles& to) { to.mutable_all()->Add(from.begin(), from.end()); }
void convert(const pb::Doubles& from, Doubles& to) { to.assign(from.all().begin(), from.all().end()); }

pb::Small message_of(const Small&) { return {}; }
pb::Monsters message_of(const Monsters&) { return {}; }
pb::Doubles message_of(const Doubles&) { return {}; }

/// Into memory that is used again.
template <class Message>
Bytes serialise(const Message& message, rpc::Buffer& buffer) {
  buffer.resize(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t*>(buffer.data()));
  return bytes_of(buffer.data(), buffer.size());
}

template <class Message>
void parse(const rpc::Buffer& bytes, Message& message) {
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) std::exit(1);
  keep(message);
}

template <class Message>
Row own_row(std::shared_ptr<Message> message, std::shared_ptr<rpc::Buffer> bytes) {
  return {"protobuf", bytes->size(),
          loop([message, buffer = std::make_shared<rpc::Buffer>()] { keep(*serialise(*message, *buffer).data()); }),
          loop([bytes] {
            Message fresh;
            parse(*bytes, fresh);
          }),
          loop([bytes, kept = std::make_shared<Message>()] { parse(*bytes, *kept); })};
}

template <class Message>
Row arena_row(std::shared_ptr<rpc::Buffer> bytes) {
  auto block = std::make_shared<std::vector<char>>(std::size_t{2} << 20);
  return {"protobuf, arena",
          bytes->size(),
          {},
          loop([bytes, block] {
            google::protobuf::ArenaOptions options;
            options.initial_block = block->data();
            options.initial_block_size = block->size();
            google::protobuf::Arena arena(options);
            parse(*bytes, *google::protobuf::Arena::CreateMessage<Message>(&arena));
          }),
          {}};
}

}  // namespace

template <class Shape>
std::vector<Row> protobuf_rows(const Shape& value) {
  using Message = decltype(message_of(value));
  auto message = std::make_shared<Message>();
  convert(value, *message);
  auto bytes = std::make_shared<rpc::Buffer>();
  serialise(*message, *bytes);

  auto encode = [kept = std::make_shared<Message>(), buffer = std::make_shared<rpc::Buffer>()](const Shape& from) {
    kept->Clear();
    convert(from, *kept);
    return serialise(*kept, *buffer);
  };
  auto decode = [kept = std::make_shared<Message>()](Bytes from, Shape& to) {
    if (!kept->ParseFromArray(from.data(), static_cast<int>(from.size()))) std::exit(1);
    convert(*kept, to);
  };
  return {own_row(message, bytes), arena_row<Message>(bytes), row("protobuf, converted", value, encode, decode)};
}

template std::vector<Row> protobuf_rows(const Small&);
template std::vector<Row> protobuf_rows(const Monsters&);
template std::vector<Row> protobuf_rows(const Doubles&);

}  // namespace bench
