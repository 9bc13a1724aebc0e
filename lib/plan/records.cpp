#include "plan/records.h"

#include "model/meaning.h"

namespace farcall {
namespace {

void add_fields(const Contract& contract, const Record& record, const std::string& object, std::vector<Item>& items) {
  for (const RecordRef& base : record.bases) {
    add_fields(contract, find_record(contract, base.name), "value." + base.name + "::", items);
  }
  for (const Field& field : record.fields) items.push_back({object + field.name, field.type, field.bit_width});
}

void add_reached(const Contract& contract, const Type& type, Reached& reached);

void add_reached(const Contract& contract, const std::string& record, Reached& reached) {
  if (!reached.records.insert(record).second) return;
  const Record& definition = find_record(contract, record);
  for (const RecordRef& base : definition.bases) add_reached(contract, base.name, reached);
  for (const Field& field : definition.fields) add_reached(contract, field.type, reached);
}

void add_reached(const Contract& contract, const Type& type, Reached& reached) {
  std::visit(overloaded{
                 [&](const RecordRef& ref) { add_reached(contract, ref.name, reached); },
                 [&](const EnumRef& ref) { reached.enums.insert(ref.name); },
                 [&](const SequenceOf& sequence) { add_reached(contract, *sequence.element, reached); },
                 [&](const MapOf& map) {
                   add_reached(contract, *map.key, reached);
                   add_reached(contract, *map.value, reached);
                 },
                 [&](const OptionalOf& optional) { add_reached(contract, *optional.value, reached); },
                 [&](const SharedOf& shared) { add_reached(contract, *shared.object, reached); },
                 [&](const AdaptorOf& adaptor) { add_reached(contract, *adaptor.container, reached); },
                 [&](const PairOf& pair) {
                   add_reached(contract, *pair.first, reached);
                   add_reached(contract, *pair.second, reached);
                 },
                 [&](const TupleOf& tuple) {
                   for (const Box& element : tuple.elements) add_reached(contract, *element, reached);
                 },
                 [&](const VariantOf& variant) {
                   for (const Box& each : variant.alternatives) add_reached(contract, *each, reached);
                 },
                 [](const auto&) {},
             },
             type.form);
}

}  // namespace

std::vector<Item> fields_of(const Contract& contract, const Record& record) {
  std::vector<Item> items;
  add_fields(contract, record, "value.", items);
  return items;
}

Reached reach(const Contract& contract, const std::vector<Type>& types) {
  Reached reached;
  for (const Type& type : types) add_reached(contract, type, reached);
  return reached;
}

bool on_cycle(const Contract& contract, const Record& record) {
  std::vector<Type> types;
  for (const Item& item : fields_of(contract, record)) types.push_back(item.type);
  return reach(contract, types).records.contains(record.name);
}

}  // namespace farcall
