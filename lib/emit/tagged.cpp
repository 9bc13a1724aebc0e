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
  if (field.required) made.parts.push_back("::rpc::tagged::Presence::required");
  return wrap(made);
}

std::string record_rows(const RecordPlan& record) {
  std::vector<Row> rows;
  for (const FieldPlan& field : record.fields) {
    const std::string& access = field.item.access;
    const std::string name = field.is_base ? field.item.type.spelling : access.substr(access.find('.') + 1);
    const std::string offset = field.is_base ? "0" : "offsetof(T, " + name + ")";
    const std::string type =
        field.is_base ? "&tagged::BaseOf<T, " + field.type + ">::type" : "&Tagged<" + field.type + ">::type";
    rows.push_back({field.number, row_of(field, name, offset, type, 4)});
  }
  return lines_of(rows);
}

void declare_table(Writer& w, const RecordPlan& record) {
  const bool empty = record.fields.empty();
  w.emit({{"name", record.name},
          {"alias", empty ? "" : "using T = " + record.rooted_name + ";"},
          {"fields", empty ? "" : "static const tagged::Field fields[];"}},
         R"cc(
    template <>
    struct rpc::Tagged<$name$> {
      $alias$
      $fields$
      static const tagged::Record type;
    };

  )cc");
}

void define_table(Writer& w, const RecordPlan& record) {
  if (!record.fields.empty()) {
    w.emit({{"name", record.name}, {"rows", record_rows(record)}}, R"cc(
      inline constexpr rpc::tagged::Field rpc::Tagged<$name$>::fields[] = {
          $rows$
      };
    )cc");
  }
  Wrapped type{.head = "inline constexpr rpc::tagged::Record rpc::Tagged<" + record.name + ">::type(", .tail = ");"};
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
