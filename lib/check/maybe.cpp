// What maybe calls do not promise, although their names look as if it mattered: once, and in order.
#include <algorithm>
#include <array>
#include <cctype>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Words = std::vector<std::string>;

/// The words of a name, in lower case: "begin_tour" and "beginTour" are "begin" and "tour".
Words words_of(const std::string& name) {
  Words words;
  bool starts_word = true;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '_') {
      starts_word = true;
      continue;
    }
    if (starts_word || (std::isupper(byte) != 0 && std::islower(static_cast<unsigned char>(words.back().back())) != 0))
      words.emplace_back();
    starts_word = false;
    words.back() += c;
  }
  for (std::string& word : words)
    std::ranges::transform(word, word.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return words;
}

/// What is not the same twice as once.
bool counts(const std::string& verb) {
  constexpr auto verbs = std::to_array<std::string_view>(
      {"add",     "advance", "append",  "buy",      "charge",    "create", "credit",   "debit",   "decrement",
       "deposit", "dequeue", "enqueue", "increase", "increment", "insert", "next",     "order",   "pay",
       "pop",     "push",    "reduce",  "sell",     "step",      "toggle", "transfer", "withdraw"});
  static_assert(std::ranges::is_sorted(verbs));
  return std::ranges::binary_search(verbs, std::string_view(verb));
}

/// Words of which the second makes sense only after the first.
constexpr auto sequences = std::to_array<std::pair<std::string_view, std::string_view>>({{"acquire", "release"},
                                                                                         {"attach", "detach"},
                                                                                         {"begin", "end"},
                                                                                         {"begin", "finish"},
                                                                                         {"connect", "disconnect"},
                                                                                         {"enter", "leave"},
                                                                                         {"first", "last"},
                                                                                         {"join", "leave"},
                                                                                         {"lock", "unlock"},
                                                                                         {"login", "logout"},
                                                                                         {"open", "close"},
                                                                                         {"pause", "resume"},
                                                                                         {"prepare", "commit"},
                                                                                         {"start", "end"},
                                                                                         {"start", "finish"},
                                                                                         {"start", "stop"},
                                                                                         {"subscribe", "unsubscribe"}});

/// Whether the names differ in one word, and that is such a pair.
bool follow(const Words& first, const Words& second) {
  const auto [left, right] = std::ranges::mismatch(first, second);
  if (left == first.end() || right == second.end()) return false;
  return std::ranges::equal(left + 1, first.end(), right + 1, second.end()) &&
         std::ranges::find(sequences, std::pair<std::string_view, std::string_view>(*left, *right)) != sequences.end();
}

const Attribute* maybe_of(const Method& method) {
  return is_remote(method) ? find(method.attributes, AttributeKind::maybe) : nullptr;
}

void check_once(const Method& method, Findings& findings) {
  const Attribute* maybe = maybe_of(method);
  if (maybe == nullptr || method.is_const || has(method.attributes, AttributeKind::idempotent)) return;
  const Words words = words_of(method.name);
  if (words.empty() || !counts(words.front())) return;
  Draft draft = findings.add(Rule::maybe_not_idempotent, method.where, {method.name});
  draft.note("the mode is set here", maybe->where);
  if (maybe->name_where.known())
    draft.fix("add 'rpc::idempotent'",
              {{after(maybe->where), is_written_short(*maybe) ? ", idempotent" : ", rpc::idempotent"}});
  draft.replace(*maybe, "async");
}

void check_order(const Method& first, const Method& second, Findings& findings) {
  const Attribute* one = maybe_of(first);
  const Attribute* other = maybe_of(second);
  if (one == nullptr || other == nullptr || !follow(words_of(first.name), words_of(second.name))) return;
  findings.add(Rule::maybe_order, second.where, {second.name, first.name})
      .note("'" + first.name + "' is here", first.where)
      .fix("replace 'rpc::maybe' by 'rpc::async' at both", {{one->name_where, "async"}, {other->name_where, "async"}});
}

}  // namespace

void check_maybe(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces) {
    for (const Method& method : interface.methods) {
      check_once(method, findings);
      for (const Method& other : interface.methods) check_order(method, other, findings);
    }
  }
}

}  // namespace farcall
