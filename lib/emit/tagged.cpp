#include <algorithm>

#include "emit/artefacts.h"
#include "emit/wrap.h"
#include "emit/writer.h"

namespace farcall {
namespace {

/// One row of a table of fields.
struct Row {
  std::uint32_t number;
  std::string text;
};

/// The rows by their numbers, which is the order in which fields travel.
std::string lines_of(std::vector<Row> rows) {
  std::ranges::sort(rows, {}, &Row::number);
  std::string text;
  for (const Row& row : rows) text += row.text + "\n";
  return text;
}

/// "{1, "sensor", offsetof(T, sensor), &Tagged<std::string>::type},"
std::string row_of(const FieldPlan& field, const std::string& name, const std::string& offset, const std::string& type,
                   std::size_t indent) {
  Wrapped made{.indent = indent, .head = "{", .tail = "},"};
  made.parts = {std::to_string(field.number), '"' + name + '"', offset, type};
  if (field.required) made.parts.emplace_back("::rpc::tagged::Presence::required");
  return wrap(made);
}

/// "celsius": the field in its record.
std::string member(const FieldPlan& field) { return field.item.access.substr(field.item.access.find('.') + 1); }

std::string row_of(const FieldPlan& field) {
  if (field.is_base) {
    return row_of(field, field.item.type.spelling, "0", "&tagged::BaseOf<T, " + field.type + ">::type", 4);
  }
  const std::string name = member(field);
  if (field.item.bit_field != 0) {
    return row_of(field, name, "0", "&tagged::BitField<&get_" + name + ", &set_" + name + ">::type", 4);
  }
  return row_of(field, name, "offsetof(T, " + name + ")", "&Tagged<" + field.type + ">::type", 4);
}

std::string record_rows(const RecordPlan& record) {
  std::vector<Row> rows;
  for (const FieldPlan& field : record.fields) rows.push_back({field.number, row_of(field)});
  return lines_of(rows);
}

/// The functions that reach bit-fields, which have no address.
std::string bit_field_functions(const RecordPlan& record) {
  std::string text;
  for (const FieldPlan& field : record.fields) {
    if (field.item.bit_field == 0) continue;
    const std::string name = member(field);
    const std::string fitted = "fit<" + std::to_string(field.item.bit_field) + ">(bits)";
    text += "static " + field.type + " get_" + name + "(const T& value) { return value." + name + "; }\n";
    text +=
        "static void set_" + name + "(T& value, " + field.type + " bits) { value." + name + " = " + fitted + "; }\n";
  }
  return text;
}

/// Where its table is: in its Tagged, or in what its class calls a friend.
std::string table_of(const RecordPlan& record) {
  return (record.needs_access ? "rpc::Access::Fields<" : "rpc::Tagged<") + record.name + ">";
}

void declare_table(Writer& w, const RecordPlan& record) {
  const bool empty = record.fields.empty();
  w.emit({{"table", table_of(record)},
          {"alias", empty ? "" : "using T = " + record.rooted_name + ";"},
          {"bit_fields", bit_field_functions(record)},
          {"fields", empty ? "" : "static const tagged::Field fields[];"},
          {"template", record.needs_access ? "template <>" : ""},
          {"derived", record.needs_access ? derived("struct rpc::Tagged<" + record.name + ">", table_of(record)) : ""}},
         R"cc(
    template <>
    struct $table$ {
      $alias$
      $bit_fields$
      $fields$
      static const tagged::Record type;
    };

    $template$
    $derived$

  )cc");
}

void define_table(Writer& w, const RecordPlan& record) {
  const std::string table = table_of(record);
  if (!record.fields.empty()) {
    w.emit({{"table", table}, {"rows", record_rows(record)}}, R"cc(
      inline constexpr rpc::tagged::Field $table$::fields[] = {
          $rows$
      };
    )cc");
  }
  Wrapped type{.head = "inline constexpr rpc::tagged::Record " + table + "::type(", .tail = ");"};
  type.parts = {'"' + record.name + '"'};
  if (!record.fields.empty()) type.parts.emplace_back("fields");
  if (record.on_cycle) type.parts.emplace_back("true");
  w.emit({{"type", wrap(type)}}, R"cc(
    $type$

  )cc");
}

}  // namespace

std::string tagged_types(const Plan& plan) {
  Writer w;
  for (const EnumPlan& enumeration : plan.enums) {
    w.emit({{"name", enumeration.name}, {"rooted", enumeration.rooted_name}}, R"cc(
      template <>
      struct rpc::Tagged<$name$> : rpc::tagged::EnumOf<$rooted$> {};

    )cc");
  }
  for (const RecordPlan& record : plan.records) declare_table(w, record);
  for (const RecordPlan& record : plan.records) define_table(w, record);
  return w.take();
}

std::string tagged_values(const std::string& name, const std::string& what, const std::vector<FieldPlan>& fields) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    rows.push_back({fields[i].number, row_of(fields[i], fields[i].item.access, std::to_string(i),
                                             "&::rpc::Tagged<" + fields[i].type + ">::type", 6)});
  }
  const Wrapped values{.indent = 2,
                       .head = "static constexpr ::rpc::tagged::Values " + name + "{",
                       .parts = {'"' + what + '"', name + "_fields"},
                       .tail = "};"};
  Writer w;
  w.emit({{"name", name}, {"values", wrap(values)}, {"rows", lines_of(rows)}}, R"cc(
    static constexpr ::rpc::tagged::Field $name$_fields[] = {
        $rows$
    };
    $values$

  )cc");
  return w.take();
}

}  // namespace farcall
