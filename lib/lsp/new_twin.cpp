#include "lsp/new_twin.h"

#include <algorithm>
#include <random>
#include <utility>

#include "driver/annotate.h"
#include "model/meaning.h"

namespace farcall::lsp {
namespace {

std::string random_uuid() {
  std::random_device source;
  std::uniform_int_distribution<unsigned> digit(0, 15);
  std::string digits;
  while (digits.size() < 32) digits += "0123456789abcdef"[digit(source)];
  digits[12] = '4';                        // the version for random ones
  digits[16] = "89ab"[digit(source) % 4];  // the variant of RFC 9562
  for (const std::size_t dash : {8, 13, 18, 23}) digits.insert(dash, 1, '-');
  return digits;
}

/// The attributes that are missing, in the order in which they are written.
std::vector<Attribute> identities(const Interface& interface) {
  std::vector<Attribute> made;
  if (!has(interface.attributes, AttributeKind::uuid))
    made.push_back(imagined(AttributeKind::uuid, random_uuid(), interface.where));
  made.push_back(imagined(AttributeKind::async_uuid, random_uuid(), interface.where));
  return made;
}

}  // namespace

std::optional<Refactoring> new_twin(const HeaderNow& header, const Interface& interface) {
  if (has(interface.attributes, AttributeKind::async_uuid)) return std::nullopt;
  Refactoring change{.fix = {.title = "give '" + interface.name + "' an asynchronous twin", .edits = {}},
                     .obstacle = {}};
  const std::vector<Attribute> missing = identities(interface);
  for (const Attribute& each : missing) {
    const std::string name(attribute_spec(each.kind).name);
    Annotated made =
        annotate(bearer(interface), {.kind = each.kind, .attribute = name + "(" + each.arguments[0].spelling + ")"});
    change.obstacle = made.problem;
    auto& edits = change.fix.edits;
    if (edits.empty())
      edits = std::move(made.edits);
    else
      edits.front().text += made.edits.at(0).text;  // behind the other one
  }
  Contract after = header.contract;
  auto& attributes = std::ranges::find(after.interfaces, interface.where, &Interface::where)->attributes;
  attributes.insert(attributes.end(), missing.begin(), missing.end());
  make_good(change, header, std::move(after));
  return change;
}

}  // namespace farcall::lsp
