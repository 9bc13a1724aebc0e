#include "plan/plan.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "model/names.h"
#include "plan/fingerprint.h"
#include "plan/hygiene.h"
#include "plan/method.h"
#include "plan/numbers.h"
#include "plan/records.h"
#include "plan/twin.h"

namespace farcall {
namespace {

/// Names for the helper functions of each remote method: overloads get their wire names, which differ.
std::vector<std::string> method_ids(const std::vector<const Method*>& methods) {
  std::map<std::string, int> overloads;
  for (const Method* method : methods) ++overloads[method->name];
  std::vector<std::string> ids;
  std::set<std::string> taken;
  for (const Method* method : methods) {
    std::string id = identifier(overloads[method->name] == 1 ? method->name : wire_name(*method));
    while (!taken.insert(id).second) id += '_';
    ids.push_back(id);
  }
  return ids;
}

/// "Outer::Inner": the class inside its namespace.
std::string name_in_namespace(const Interface& interface) {
  std::string name;
  for (const std::string& outer : interface.enclosing_classes) name += outer + "::";
  return name + interface.name;
}

/// Local methods that share their name with a remote one: the client's member would hide them.
std::vector<std::string> hidden_names(const Interface& interface, bool derives) {
  std::set<std::string> remote;
  std::set<std::string> hidden;
  for (const Method& method : interface.methods) {
    if (is_remote(method)) remote.insert(method.name);
  }
  for (const Method& method : interface.methods) {
    if (derives && !is_remote(method) && remote.contains(method.name)) hidden.insert(method.name);
  }
  return {hidden.begin(), hidden.end()};
}

InterfacePlan plan_interface(const Contract& contract, const Hygiene& hygiene, const Interface& interface,
                             const FrozenInterface& frozen) {
  InterfacePlan planned{.name = name_in_namespace(interface),
                        .qualified_name = interface.qualified_name,
                        .rooted_name = rooted(interface.qualified_name),
                        .wire_name = wire_name(interface),
                        .namespaces = interface.namespaces,
                        .client = client_name(interface),
                        .service = service_name(interface),
                        .mock = mock_name(interface),
                        .marshalling = marshalling_name(interface)};
  planned.rooted_service = rooted(qualify(interface, planned.service));
  planned.rooted_marshalling = rooted(qualify(interface, planned.marshalling));
  planned.server = planned.name == "Server" || planned.name.starts_with("Server::") ? "Server_" : "Server";
  const std::string any_type = hygiene.type("std::string");
  planned.standard = any_type.substr(0, any_type.rfind("::"));
  planned.client_derives = client_derives(interface);
  planned.fingerprint = fingerprint(contract, interface);
  planned.doc = lines(interface.doc);
  std::vector<const Method*> remote;
  for (const Method& method : interface.methods) {
    if (is_remote(method)) remote.push_back(&method);
  }
  planned.uuid = plan_uuid(interface, AttributeKind::uuid);
  planned.twin = plan_twin(hygiene, interface);
  planned.inherited = hidden_names(interface, planned.client_derives);
  const std::vector<std::string> ids = method_ids(remote);
  for (std::size_t i = 0; i < remote.size(); ++i) {
    planned.methods.push_back(
        plan_method({contract, hygiene, interface, frozen}, *remote[i], static_cast<std::uint16_t>(i), ids[i]));
  }
  return planned;
}

RecordPlan plan_record(const Contract& contract, const Record& record, const FrozenRecord& frozen) {
  RecordPlan planned{.name = record.name, .rooted_name = rooted(record.name)};
  planned.flat_size = record.flat_size.value_or(0);
  planned.on_cycle = on_cycle(contract, record);
  planned.needs_access = record.needs_access;
  if (!record.flat_size) planned.layout = lay_out(contract, fields_of(contract, record));
  planned.layout.min_size = min_size(contract, {RecordRef{record.name}, record.name});
  for (const FrozenField& base : frozen.bases) {
    planned.fields.push_back(
        {.number = base.number, .item = {rooted(base.name), base.type}, .type = rooted(base.name), .is_base = true});
  }
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Field& field = record.fields[i];
    planned.fields.push_back({.number = frozen.fields[i].number,
                              .item = {"value." + field.name, field.type, field.bit_width},
                              .type = rooted(field.type.spelling)});
  }
  return planned;
}

EnumPlan plan_enum(const Enum& definition) {
  EnumPlan planned{.name = definition.name,
                   .rooted_name = rooted(definition.name),
                   .is_flags = definition.is_flags,
                   .bits = small_width(definition)};
  std::vector<Enumerator> sorted = definition.enumerators;
  const bool is_unsigned = definition.underlying == Scalar::uint64;
  std::ranges::stable_sort(sorted, [&](const Enumerator& a, const Enumerator& b) {
    return is_unsigned ? static_cast<std::uint64_t>(a.value) < static_cast<std::uint64_t>(b.value) : a.value < b.value;
  });
  const bool any_bit = std::ranges::any_of(sorted, [](const Enumerator& each) { return each.value != 0; });
  for (const Enumerator& enumerator : sorted) {
    const bool repeats = &enumerator != &sorted.front() && (&enumerator - 1)->value == enumerator.value;
    const bool adds_no_bit = definition.is_flags && enumerator.value == 0 && any_bit;
    if (!repeats && !adds_no_bit) planned.enumerators.push_back(planned.rooted_name + "::" + enumerator.name);
  }
  return planned;
}

void plan_paths(Plan& planned, const std::string& header, const PlanOptions& options) {
  const std::filesystem::path path(header);
  const std::filesystem::path folder =
      options.out_dir.empty() ? path.parent_path() : std::filesystem::path(options.out_dir);
  planned.header = path.filename().generic_string();
  planned.header_path = (folder / path.stem()).generic_string() + ".rpc.h";
  planned.source_path = (folder / path.stem()).generic_string() + ".rpc.cpp";
  planned.contract_path = (folder / path.stem()).generic_string() + ".rpc.json";
  planned.proto_path = (folder / path.stem()).generic_string() + ".proto";
  planned.mock_path = (folder / path.stem()).generic_string() + ".rpc.mock.h";
  if (!options.contract_path.empty()) planned.contract_path = options.contract_path;
  planned.include = options.include;
  planned.import = options.import;
  if (planned.include.empty() && options.out_dir.empty()) planned.include = planned.header;
  if (planned.include.empty()) {
    const std::filesystem::path target = std::filesystem::absolute(path).lexically_normal();
    planned.include = target.lexically_relative(std::filesystem::absolute(folder).lexically_normal()).generic_string();
  }
}

void plan_includes(Plan& planned) {
  std::set<std::string> header;
  std::set<std::string> source;
  for (const InterfacePlan& interface : planned.interfaces) {
    if (interface.twin) {
      header.insert("memory");
      source.insert("utility");
    }
    for (const MethodPlan& method : interface.methods) {
      if (method.replies_with_tuple()) (method.mode == Mode::async ? header : source).insert("tuple");
      for (const ParameterPlan& parameter : method.parameters) {
        if (!parameter.cheap || parameter.passing == Passing::rvalue_reference) source.insert("utility");
      }
      if (!method.outputs.empty() || method.handle) source.insert("utility");
    }
  }
  for (const std::string& name : header) source.erase(name);
  planned.header_includes.assign(header.begin(), header.end());
  planned.source_includes.assign(source.begin(), source.end());
}

void plan_base_includes(Plan& planned, const Contract& contract, const PlanOptions& options) {
  std::set<std::string> headers;
  for (const Interface& interface : contract.interfaces) {
    for (const TwinBase& base : interface.twin_bases) {
      if (has(interface.attributes, AttributeKind::async_uuid) && !base.header.empty())
        headers.insert(include_of_base(base.header, contract.header, options.out_dir));
    }
  }
  planned.base_includes.assign(headers.begin(), headers.end());
}

const char* codec_header(SequenceKind kind) {
  switch (kind) {
    case SequenceKind::vector:
    case SequenceKind::array: return "rpc/wire/sequence_codec.h";
    case SequenceKind::c_array: return "rpc/wire/array_codec.h";
    case SequenceKind::deque:
    case SequenceKind::list:
    case SequenceKind::forward_list: return "rpc/wire/list_codec.h";
    case SequenceKind::basic_string: return "rpc/wire/string_codec.h";
    case SequenceKind::basic_string_view:
    case SequenceKind::span:
    case SequenceKind::writable_span: return "rpc/wire/view_codec.h";
    case SequenceKind::set:
    case SequenceKind::unordered_set:
    case SequenceKind::multiset:
    case SequenceKind::unordered_multiset: return "rpc/wire/map_codec.h";
  }
  return "";
}

const char* codec_header(OptionalKind kind) {
  return kind == OptionalKind::optional ? "rpc/wire/sequence_codec.h" : "rpc/wire/unique_codec.h";
}

const char* codec_header(VariantKind kind) {
  return kind == VariantKind::variant ? "rpc/wire/variant_codec.h" : "rpc/wire/expected_codec.h";
}

constexpr std::string_view codec_folder = "rpc/wire/";

/// What a header of codecs is for the exact encoding, this one is for the tagged one: "rpc/tagged/map.h".
std::string tagged_header(const std::string& codec_header) {
  const std::string name = codec_header.substr(codec_folder.size());
  const std::size_t end = name.rfind("_codec.h");
  return "rpc/tagged/" + (end == std::string::npos ? name : name.substr(0, end) + ".h");
}

/// The headers with the codecs of what the type is built from.
void add_codec_headers(const Type& type, std::set<std::string>& headers) {
  const auto add = [&](const char* header, std::initializer_list<const Type*> parts) {
    headers.insert(header);
    for (const Type* part : parts) add_codec_headers(*part, headers);
  };
  const auto add_all = [&](const char* header, const std::vector<Box>& parts) {
    headers.insert(header);
    for (const Box& part : parts) add_codec_headers(*part, headers);
  };
  std::visit(overloaded{
                 [&](const Text& text) {
                   if (text.view) add("rpc/wire/view_codec.h", {});
                 },
                 [&](const SequenceOf& sequence) { add(codec_header(sequence.kind), {&*sequence.element}); },
                 [&](const MapOf& map) { add("rpc/wire/map_codec.h", {&*map.key, &*map.value}); },
                 [&](const OptionalOf& optional) { add(codec_header(optional.kind), {&*optional.value}); },
                 [&](const SharedOf& shared) { add("rpc/wire/shared_codec.h", {&*shared.object}); },
                 [&](const AdaptorOf& adaptor) { add("rpc/wire/adaptor_codec.h", {&*adaptor.container}); },
                 [&](const BitsetOf&) { add("rpc/wire/bitset_codec.h", {}); },
                 [&](const Path&) { add("rpc/wire/path_codec.h", {}); },
                 [&](const ErrorCode&) { add("rpc/wire/error_code_codec.h", {}); },
                 [&](const PairOf& pair) { add("rpc/wire/sequence_codec.h", {&*pair.first, &*pair.second}); },
                 [&](const TupleOf& tuple) { add_all("rpc/wire/tuple_codec.h", tuple.elements); },
                 [&](const VariantOf& variant) { add_all(codec_header(variant.kind), variant.alternatives); },
                 [&](const Monostate&) { add("rpc/wire/variant_codec.h", {}); },
                 [&](const ComplexOf&) { add("rpc/wire/complex_codec.h", {}); },
                 [&](const EnumRef&) { add("rpc/wire/enum_codec.h", {}); },
                 [](const auto&) {},
             },
             type.form);
}

void plan_runtime_includes(Plan& planned, const Contract& contract) {
  std::set<std::string> headers = {"rpc/outgoing.h", "rpc/skeleton.h", "rpc/wire/codec.h"};
  for (const Interface& interface : contract.interfaces) {
    if (has(interface.attributes, AttributeKind::async_uuid)) headers.insert("rpc/twin.h");
    for (const Method& method : interface.methods) {
      if (!is_remote(method)) continue;
      if (method.handle) headers.insert("rpc/reply.h");
      add_codec_headers(method.result, headers);
      for (const Parameter& parameter : method.parameters) add_codec_headers(parameter.type, headers);
    }
  }
  for (const Record& record : contract.records) {
    for (const Field& field : record.fields) {
      add_codec_headers(field.type, headers);
      if (field.bit_width != 0) headers.insert("rpc/wire/bit_field.h");
    }
  }
  for (const std::string& header : std::set(headers)) {
    if (header.starts_with(codec_folder)) headers.insert(tagged_header(header));
  }
  planned.runtime_includes.assign(headers.begin(), headers.end());
}

}  // namespace

Plan plan(const Checked& checked, const PlanOptions& options, const Frozen* previous) {
  const Contract& contract = checked.contract();
  const Hygiene hygiene(contract);
  Plan planned{.names_deprecated = contract.names_deprecated, .frozen = freeze(contract, previous)};
  plan_paths(planned, contract.header, options);
  for (const Enum& definition : contract.enums) planned.enums.push_back(plan_enum(definition));
  for (const Record& record : contract.records) {
    if (record.codec) continue;
    planned.records.push_back(plan_record(contract, record, *find_named(planned.frozen.records, record.name)));
  }
  for (std::size_t i = 0; i < contract.interfaces.size(); ++i) {
    planned.interfaces.push_back(
        plan_interface(contract, hygiene, contract.interfaces[i], planned.frozen.interfaces[i]));
  }
  plan_includes(planned);
  plan_base_includes(planned, contract, options);
  plan_runtime_includes(planned, contract);
  return planned;
}

}  // namespace farcall
