// emit: spells a Plan as C++. Pure functions, one file per artefact; the text depends on nothing but the plan.
//
//   for (const GeneratedFile& file : emit(plan(checked, options))) write(file);
#pragma once

#include <vector>

#include "model/generated_file.h"
#include "plan/plan.h"

namespace farcall {

/// The generated header and source, in this order; nothing for a header without interfaces.
std::vector<GeneratedFile> emit(const Plan& plan);

/// contract_json.cpp: the frozen contract, with everything a generator for another language needs.
GeneratedFile emit_contract(const Plan& plan);

/// proto.cpp: the same for protoc, so that other languages can use the tagged encoding.
GeneratedFile emit_proto(const Plan& plan);

/// mock.cpp: a GMock class for each interface.
GeneratedFile emit_mock(const Plan& plan);

}  // namespace farcall
