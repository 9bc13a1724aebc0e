// What a hostile server can tell farcallctl: a contract and a reply to a method of it, parted by a zero byte.
// Everything that is printed from them is made, and what came as a value goes back as arguments.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "contract/json.h"
#include "contract/read.h"
#include "values/decode.h"
#include "values/encode.h"
#include "values/place.h"
#include "values/sample.h"

namespace {

using namespace farcall;
using namespace farcall::ctl;

template <class Function>
void attempt(Function function) {
  try {
    function();
  } catch (const BadValue&) {
    // A sentence for the user.
  }
}

void use(const Frozen& contract, const FrozenMethod& method, const std::string& reply) {
  attempt([&] {
    const nlohmann::ordered_json value = decode_reply(contract, method, reply);
    const ParsedJson again = parse_json(value.dump());
    attempt([&] { encode_arguments(contract, method, nlohmann::json::array({again.value})); });
  });
  attempt([&] { encode_arguments(contract, method, parse_json(sample_arguments(contract, method).dump()).value); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = std::min(input.find('\0'), input.size());
  const ReadFrozen read = read_frozen(std::string(input.substr(0, end)));
  if (!read.frozen) return 0;
  const std::string reply(input.substr(std::min(end + 1, input.size())));
  for (const FrozenInterface& interface : read.frozen->interfaces) {
    for (const FrozenMethod& method : interface.methods) use(*read.frozen, method, reply);
  }
  return 0;
}
