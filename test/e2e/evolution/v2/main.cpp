#include "../program.h"
#include "depot.rpc.h"

namespace {

using evolution::error_of;
using evolution::expect;
using evolution::says;

class Store : public depot::Depot {
 public:
  void clear() override { items_.clear(); }
  std::vector<depot::Item> all(std::int32_t most) override {
    return {items_.begin(),
            items_.begin() + std::min<std::ptrdiff_t>(most, static_cast<std::ptrdiff_t>(items_.size()))};
  }
  std::int64_t add(const depot::Item& item, std::int32_t shelf, bool replace) override {
    if (!replace) return -1;
    items_.push_back(item);
    return shelf;
  }
  std::int64_t sum(std::string) override { return std::int64_t{1} << 40; }
  depot::Item find(std::string name, std::string otherwise) override {
    depot::Item made;
    made.label = name;
    if (name == "wide") return made.count = std::int64_t{1} << 40, made;
    if (name == "litre") return made.unit = depot::Unit::litre, made;
    if (name == "priceless") return made;
    for (const depot::Item& item : items_) {
      if (item.label == name) return item;
    }
    made.label = otherwise;
    return made;
  }
  void take(std::string name, std::int32_t& count, std::vector<std::string>& log) override {
    count += 1;
    log.push_back(name);
  }
  void fail(std::string why) override { throw std::runtime_error(why); }
  void seen(std::string) override {}

 private:
  std::vector<depot::Item> items_;
};

void check(const std::string& url, bool newer) {
  depot::DepotClient client(rpc::connect(url));
  const depot::Item oil{
      .weight = 0, .tags = {"slippery"}, .unit = depot::Unit::kilogram, .price = 0.0, .label = "oil", .count = -3};
  for (int i = 0; i < 2; ++i) expect("add", client.add(oil, -300), -300);  // the second when the version is known
  const depot::Item found = client.find("oil");
  expect("the fields both have", found.label == "oil" && found.count == -3 && found.price == 0.0, true);
  expect("the unit", found.unit, depot::Unit::kilogram);
  expect("a field the server does not know", found.weight, newer ? 0 : 7);
  expect("a list the server does not know", found.tags.size(), newer ? 1U : 0U);
  expect("a list", client.async_all().get().size(), 2U);
  expect("a parameter the server does not know", client.all(1).size(), newer ? 1U : 2U);
  expect("a renamed method", client.sum("oil"), std::int64_t{1} << 40);
  std::int32_t count = 5;
  std::vector<std::string> log{"before"};
  client.take("oil", count, log);
  expect("an output", count, 6);
  expect("an output the server does not know", log.size(), newer ? 2U : 0U);
  client.seen("oil");
  const rpc::Error thrown = error_of([&] { client.fail("on purpose"); });
  expect("an exception", thrown.code() == rpc::Code::failed && says(thrown, "on purpose"), true);
  expect("nothing found", client.find("screws").label, newer ? "nothing" : "none of version 1");
  if (newer) {
    expect("what is not replaced", client.add(oil, 1, false), -1);
    client.clear();
    expect("nothing", client.all().size(), 0U);
    return;
  }
  const rpc::Error unknown = error_of([&] { client.clear(); });
  expect("a method that is new", unknown.code() == rpc::Code::unimplemented && says(unknown, "clear"), true);
  const rpc::Error wide = error_of([&] { client.add(oil, 1 << 20); });
  expect("a number that is too large", wide.code() == rpc::Code::malformed && says(wide, "'shelf'"), true);
  depot::Item litre = oil;
  litre.unit = depot::Unit::litre;
  const rpc::Error unit = error_of([&] { client.add(litre, 1); });
  expect("a new enumerator", unit.code() == rpc::Code::malformed && says(unit, "'unit'"), true);
}

}  // namespace

int main(int count, char** arguments) { return evolution::run<depot::Depot, Store>(count, arguments, check); }
