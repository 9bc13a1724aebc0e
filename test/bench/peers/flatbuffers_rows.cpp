// FlatBuffers: built with a builder and lists of offsets that are used again; verified, because what comes from a
// network must be, and copied into the program's own objects.
#include "bench/peers/row.h"
#include "shapes_generated.h"

namespace bench {

namespace {

using flatbuffers::Offset;

struct Builder {
  flatbuffers::FlatBufferBuilder out;
  std::vector<Offset<fb::Weapon>> weapons;
  std::vector<Offset<fb::Monster>> monsters;
};

Offset<fb::Small> build(Builder& builder, const Small& from) {
  return fb::CreateSmall(builder.out, from.id, builder.out.CreateString(from.name), from.value, from.active,
                         static_cast<fb::Colour>(from.colour));
}

Offset<fb::Monster> build(Builder& builder, const Monster& from) {
  builder.weapons.clear();
  for (const Weapon& weapon : from.weapons) {
    builder.weapons.push_back(fb::CreateWeapon(builder.out, builder.out.CreateString(weapon.name), weapon.damage));
  }
  const auto weapons = builder.out.CreateVector(builder.weapons);
  const auto name = builder.out.CreateString(from.name);
  const auto inventory = builder.out.CreateVector(from.inventory);
  const fb::Position position(from.x, from.y, from.z);
  return fb::CreateMonster(builder.out, &position, from.health, name, inventory, static_cast<fb::Colour>(from.colour),
                           weapons);
}

Offset<fb::Monsters> build(Builder& builder, const Monsters& from) {
  builder.monsters.clear();
  for (const Monster& monster : from) builder.monsters.push_back(build(builder, monster));
  return fb::CreateMonsters(builder.out, builder.out.CreateVector(builder.monsters));
}

Offset<fb::Doubles> build(Builder& builder, const Doubles& from) {
  return fb::CreateDoubles(builder.out, builder.out.CreateVector(from));
}

void copy(const flatbuffers::String& from, std::string& to) { to.assign(from.c_str(), from.size()); }

void copy(const fb::Small& from, Small& to) {
  to.id = from.id();
  copy(*from.name(), to.name);
  to.value = from.value();
  to.active = from.active();
  to.colour = static_cast<Colour>(from.colour());
}

void copy(const fb::Monster& from, Monster& to) {
  to.x = from.position()->x();
  to.y = from.position()->y();
  to.z = from.position()->z();
  to.health = from.health();
  copy(*from.name(), to.name);
  to.inventory.assign(from.inventory()->data(), from.inventory()->data() + from.inventory()->size());
  to.colour = static_cast<Colour>(from.colour());
  to.weapons.resize(from.weapons()->size());
  for (unsigned i = 0; i < to.weapons.size(); ++i) {
    const fb::Weapon& weapon = *from.weapons()->Get(i);
    copy(*weapon.name(), to.weapons[i].name);
    to.weapons[i].damage = weapon.damage();
  }
}

void copy(const fb::Monsters& from, Monsters& to) {
  to.resize(from.all()->size());
  for (unsigned i = 0; i < to.size(); ++i) copy(*from.all()->Get(i), to[i]);
}

void copy(const fb::Doubles& from, Doubles& to) {
  to.assign(from.all()->data(), from.all()->data() + from.all()->size());
}

template <class Table>
const Table& root(Bytes bytes, Offset<Table>) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  if (!flatbuffers::Verifier(data, bytes.size()).VerifyBuffer<Table>()) std::exit(1);
  return *flatbuffers::GetRoot<Table>(data);
}

}  // namespace

template <class Shape>
std::vector<Row> flatbuffers_rows(const Shape& value) {
  using Root = decltype(build(std::declval<Builder&>(), value));
  auto encode = [builder = std::make_shared<Builder>()](const Shape& from) {
    builder->out.Clear();
    builder->out.Finish(build(*builder, from));
    return bytes_of(builder->out.GetBufferPointer(), builder->out.GetSize());
  };
  auto decode = [](Bytes bytes, Shape& to) { copy(root(bytes, Root()), to); };
  return {row("FlatBuffers", value, encode, decode)};
}

template std::vector<Row> flatbuffers_rows(const Small&);
template std::vector<Row> flatbuffers_rows(const Monsters&);
template std::vector<Row> flatbuffers_rows(const Doubles&);

}  // namespace bench
