#include <sstream>

#include "model/contract.h"

namespace farcall {
namespace {

/// Facts, one a line; a fact's own facts stand under it, two spaces further in.
class Printer {
 public:
  void fact(std::string_view name, std::string_view value = {}) {
    out_ << std::string(depth_ * 2, ' ') << name;
    if (!value.empty()) out_ << ' ';
    for (const char c : value) c == '\n' ? out_ << "\\n" : out_ << c;
    out_ << '\n';
  }
  void flag(std::string_view name, bool holds) {
    if (holds) fact(name);
  }
  void optional(std::string_view name, std::string_view value) {
    if (!value.empty()) fact(name, value);
  }
  void each(std::string_view name, const std::vector<std::string>& values) {
    for (const std::string& value : values) fact(name, value.empty() ? "(anonymous)" : value);
  }
  template <class Facts>
  void under(std::string_view name, std::string_view value, Facts facts) {
    fact(name, value);
    ++depth_;
    facts();
    --depth_;
  }
  std::string take() { return out_.str(); }

 private:
  std::ostringstream out_;
  std::size_t depth_ = 0;
};

std::string print_argument(const AttributeArgument& argument) {
  return std::visit(
      overloaded{
          [&](std::monostate) { return "expression " + argument.spelling; },
          [&](const std::string& text) { return "string " + argument.spelling + " = " + text; },
          [&](std::int64_t number) { return "integer " + argument.spelling + " = " + std::to_string(number); },
      },
      argument.value);
}

void print_attribute(Printer& out, const Attribute& attribute) {
  out.under(attribute.kind == AttributeKind::unknown ? "unknown attribute" : "attribute", attribute.spelling, [&] {
    out.flag("without scope", !attribute.scoped);
    for (const AttributeArgument& argument : attribute.arguments) out.fact("argument", print_argument(argument));
  });
}

void print_attributes(Printer& out, const std::vector<Attribute>& attributes) {
  for (const Attribute& attribute : attributes) print_attribute(out, attribute);
}

std::string print_type(const Type& type) { return type.spelling + " = " + describe(type); }

void print_platform_types(Printer& out, const std::vector<PlatformType>& types) {
  for (const PlatformType& each : types)
    out.fact("depends on the platform", each.spelling + ", travels as " + each.fixed);
}

std::string_view name_of(Passing passing) {
  switch (passing) {
    case Passing::value: return "by value";
    case Passing::const_reference: return "by const reference";
    case Passing::reference: return "by reference";
    case Passing::rvalue_reference: return "by rvalue reference";
  }
  return "";
}

void print_parameter(Printer& out, const Parameter& parameter) {
  out.under("parameter", parameter.name, [&] {
    out.fact("type", print_type(parameter.type));
    print_platform_types(out, parameter.platform_types);
    out.fact(name_of(parameter.passing));
    out.optional("default", parameter.default_argument);
    if (parameter.completion) out.fact("completion", print_type(parameter.completion->result));
    print_attributes(out, parameter.attributes);
  });
}

void print_handle(Printer& out, const Handle& handle) {
  out.under("handle", "behind " + std::to_string(handle.position) + " parameters", [&] {
    out.flag("beside a result", handle.beside_result);
    print_parameter(out, handle.parameter);
  });
}

void print_method(Printer& out, const Method& method) {
  out.under("method", method.name, [&] {
    out.fact("of", method.declared_in);
    out.optional("called through", method.through);
    out.fact("result", method.result_spelling + ", " + print_type(method.result));
    print_platform_types(out, method.platform_types);
    out.flag("returns a reference", method.returns_reference);
    out.flag("virtual", method.virtuality == Virtual::yes);
    out.flag("pure virtual", method.virtuality == Virtual::pure);
    out.flag("const", method.is_const);
    out.flag("noexcept", method.is_noexcept);
    out.flag("template", method.is_template);
    out.flag("variadic", method.is_variadic);
    out.flag("final", method.is_final);
    out.optional("unlike its base", method.unlike_base);
    out.optional("ref-qualifier", method.ref_qualifier);
    out.optional("doc", method.doc);
    print_attributes(out, method.attributes);
    for (const Parameter& parameter : method.parameters) print_parameter(out, parameter);
    if (method.handle) print_handle(out, *method.handle);
  });
}

void print_twin_base(Printer& out, const TwinBase& base) {
  out.under(base.is_virtual ? "virtual base of the twin" : "base of the twin", base.twin,
            [&] { out.optional("in", base.header); });
}

void print_interface(Printer& out, const Interface& interface) {
  out.under("interface", interface.qualified_name, [&] {
    out.fact("name", interface.name);
    out.each("in namespace", interface.namespaces);
    out.each("in class", interface.enclosing_classes);
    out.each("base", interface.bases);
    for (const TwinBase& base : interface.twin_bases) print_twin_base(out, base);
    out.each("base without twin", interface.bases_without_twin);
    out.each("base that is a twin", interface.bases_as_twins);
    out.flag("abstract", interface.is_abstract);
    out.flag("polymorphic", interface.is_polymorphic);
    out.flag("template", interface.is_template);
    out.flag("final", interface.is_final);
    out.flag("incomplete", !interface.is_complete);
    out.flag("inaccessible", !interface.is_accessible);
    out.flag("no default constructor", !interface.has_default_constructor);
    out.flag("no virtual destructor", interface.is_polymorphic && !interface.has_virtual_destructor);
    out.flag("non-public pure methods", interface.non_public_pure_methods);
    out.optional("doc", interface.doc);
    print_attributes(out, interface.attributes);
    for (const Method& method : interface.methods) print_method(out, method);
  });
}

void print_record(Printer& out, const Record& record) {
  out.under("record", record.name, [&] {
    for (const RecordRef& base : record.bases) out.fact("base", base.name);
    for (const Field& field : record.fields) {
      out.under("field", field.name, [&] {
        out.fact("type", print_type(field.type));
        if (field.bit_width != 0) out.fact("bits", std::to_string(field.bit_width));
        print_platform_types(out, field.platform_types);
        print_attributes(out, field.attributes);
      });
    }
    for (const Field& field : record.local_fields)
      out.under("local field", field.name, [&] { print_attributes(out, field.attributes); });
    for (const Obstacle& obstacle : record.obstacles) {
      out.under("obstacle", obstacle.reason, [&] { out.fact("way out", obstacle.way_out); });
    }
    out.flag("reached by rpc::Access", record.needs_access);
    if (record.codec) out.fact("codec of the user", "version " + std::to_string(record.codec->version));
    if (record.flat_size) out.fact("flat", std::to_string(*record.flat_size) + " bytes");
  });
}

void print_enum(Printer& out, const Enum& definition) {
  out.under("enum", definition.name, [&] {
    out.fact("underlying", describe(Type{definition.underlying, {}}));
    out.flag("unscoped", !definition.scoped);
    out.flag("flags", definition.is_flags);
    for (const Enumerator& enumerator : definition.enumerators)
      out.fact("value", enumerator.name + " = " + std::to_string(enumerator.value));
  });
}

}  // namespace

std::string print(const Contract& contract) {
  Printer out;
  out.fact("header", contract.header);
  for (const Interface& interface : contract.interfaces) print_interface(out, interface);
  for (const Record& record : contract.records) print_record(out, record);
  for (const Enum& definition : contract.enums) print_enum(out, definition);
  for (const Stray& stray : contract.strays)
    out.under("stray on", stray.on, [&] { print_attribute(out, stray.attribute); });
  out.each("class in scope", contract.types_in_scope);
  for (const Unfinished& each : contract.unfinished)
    out.under("unfinished class", each.type.qualified_name, [&] {
      for (const Method& method : each.type.methods)
        if (method.virtuality == Virtual::pure) out.fact("lacks", method.name);
    });
  out.flag("names what is deprecated", contract.names_deprecated);
  return out.take();
}

}  // namespace farcall
