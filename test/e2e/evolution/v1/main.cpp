#include "../program.h"
#include "depot.rpc.h"

namespace {

using evolution::error_of;
using evolution::expect;
using evolution::says;

class Store : public depot::Depot {
 public:
  std::int32_t add(const depot::Item& item, std::int16_t shelf) override {
    items_.push_back(item);
    return shelf;
  }
  depot::Item find(std::string name) override {
    for (const depot::Item& item : items_) {
      if (item.name == name) return item;
    }
    return {.name = "none of version 1", .count = -1, .note = "", .price = 0, .unit = depot::Unit::kilogram};
  }
  std::vector<depot::Item> all() override { return items_; }
  bool forget(std::string) override { return true; }
  std::int64_t total(std::string) override { return std::int64_t{1} << 40; }
  void take(std::string, std::int32_t& count) override { count += 1; }
  void fail(std::string why) override { throw std::runtime_error(why); }
  void seen(std::string) override {}

 private:
  std::vector<depot::Item> items_;
};

void check(const std::string& url, bool newer) {
  depot::DepotClient client(rpc::connect(url));
  const depot::Item nails{"nails", -3, "sharp", 0.5, depot::Unit::kilogram};
  for (int i = 0; i < 2; ++i) expect("add", client.add(nails, -300), -300);  // the second when the version is known
  const depot::Item found = client.find("nails");
  expect("the fields both have", found.name == "nails" && found.count == -3 && found.price == 0.5, true);
  expect("the unit", found.unit, depot::Unit::kilogram);
  expect("a field the server does not know", found.note, newer ? "" : "sharp");
  expect("a list", client.async_all().get().size(), 2U);
  expect("a renamed method", client.total("nails"), std::int64_t{1} << 40);
  std::int32_t count = 5;
  client.take("nails", count);
  expect("an output", count, 6);
  client.seen("nails");
  const rpc::Error thrown = error_of([&] { client.fail("on purpose"); });
  expect("an exception", thrown.code() == rpc::Code::failed && says(thrown, "on purpose"), true);
  const depot::Item nothing = client.find("screws");
  expect("a default argument", nothing.name, newer ? "nothing" : "none of version 1");
  if (newer) {
    const rpc::Error gone = error_of([&] { client.forget("nails"); });
    expect("a method that is gone", gone.code() == rpc::Code::unimplemented && says(gone, "forget"), true);
    const rpc::Error wide = error_of([&] { client.find("wide"); });
    expect("a number that is too large", wide.code() == rpc::Code::malformed && says(wide, "'count'"), true);
    const rpc::Error unknown = error_of([&] { client.find("litre"); });
    expect("a new enumerator", unknown.code() == rpc::Code::malformed && says(unknown, "'unit'"), true);
    expect("a value that is missing", client.find("priceless").price, 0.0);
  } else {
    expect("forget", client.forget("nails"), true);
  }
  const rpc::Error refused = error_of([&] {
    depot::DepotClient exact(rpc::connect(url, {.encoding = rpc::Encoding::exact}));
    exact.total("nails");
  });
  expect("the exact encoding", refused.code(), newer ? rpc::Code::incompatible : rpc::Code::internal);
}

}  // namespace

int main(int count, char** arguments) { return evolution::run<depot::Depot, Store>(count, arguments, check); }
