// call.
#include <unistd.h>

#include <iostream>
#include <iterator>

#include "commands.h"
#include "contract/json.h"
#include "remote.h"
#include "values/decode.h"
#include "values/encode.h"
#include "values/place.h"

namespace farcall::ctl {
namespace {

nlohmann::json read_json(const std::string& word) {
  std::string text = word;
  if (word == "-") text.assign(std::istreambuf_iterator<char>(std::cin), {});
  ParsedJson parsed = parse_json(text);
  if (!parsed.problem.empty())
    throw UsageError((word == "-" ? "standard input" : "the arguments") + std::string(" are no JSON: ") +
                     parsed.problem);
  return std::move(parsed.value);
}

std::string encode(const Described& described, const FrozenMethod& method, const nlohmann::json& arguments) try {
  return encode_arguments(described.contract, method, arguments);
} catch (const BadValue& problem) {
  throw UsageError(problem.what());
}

void print(const nlohmann::ordered_json& value, std::optional<bool> pretty) {
  const bool on_lines = pretty.value_or(::isatty(STDOUT_FILENO) != 0);
  std::cout << value.dump(on_lines ? 2 : -1) << "\n";
}

}  // namespace

void call_method(const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.words;
  if (words.size() < 2 || words.size() > 3)
    throw UsageError(
        "call takes an address, a method and its arguments; try: farcallctl call tcp://127.0.0.1:7000 "
        "home::Thermostat.history '{\"sensor\": \"roof\", \"days\": 7}'");
  const nlohmann::json given = words.size() == 3 ? read_json(words[2]) : nlohmann::json();
  Remote remote(words[0], arguments);
  const Target target = remote.target(words[1]);
  const Described described = remote.describe(target.interface);
  const FrozenMethod& method = method_called(described.interface(), target.method);
  const std::string body = encode(described, method, given);
  if (method.mode == Mode::maybe) {
    remote.send(described, method, body);
    std::cout << "sent\n";
    return;
  }
  const rpc::DynamicClient::Body reply = remote.call(described, method, body);
  const std::string_view bytes(reinterpret_cast<const char*>(reply.data()), reply.size());
  print(decode_reply(described.contract, method, bytes), arguments.pretty);
}

}  // namespace farcall::ctl
