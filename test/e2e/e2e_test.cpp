// From an annotated header to calls: everything.h through farcall generate, both kinds of server, every transport.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <cmath>
#include <functional>
#include <limits>
#include <thread>

#include "address.h"
#include "servers.h"

namespace {

using namespace std::chrono_literals;

/// Waits for something that another thread does; a test that waits longer than this has failed.
bool eventually(const std::function<bool()>& condition) {
  const auto limit = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > limit) return false;
    std::this_thread::yield();
  }
  return true;
}

enum class Style { plain, coroutines };

struct Setup {
  std::string transport;
  Style style;
  rpc::Encoding encoding;
};

class EndToEnd : public testing::TestWithParam<Setup> {
 protected:
  void SetUp() override {
    if (GetParam().style == Style::plain) {
      auto server_object = std::make_shared<e2e::Plain>();
      plain_ = server_object.get();
      server_.serve<e2e::Everything>(std::move(server_object));
    } else {
      auto server_object = std::make_shared<e2e::Coroutines>();
      plain_ = &server_object->plain;
      server_.serve<e2e::Everything>(std::move(server_object));
    }
    const rpc::ChannelOptions options = {.encoding = GetParam().encoding};
    client_.emplace(rpc::connect(server_.listen(e2e::address(GetParam().transport)), options));
  }

  void TearDown() override {
    plain_->release = true;
    plain_->release.notify_all();
    server_.stop(5s);
  }

  e2e::EverythingClient& client() { return *client_; }
  e2e::Plain& plain() { return *plain_; }

 private:
  rpc::Server server_;
  std::optional<e2e::EverythingClient> client_;
  e2e::Plain* plain_ = nullptr;
};

e2e::Scalars extreme_scalars() {
  e2e::Scalars value;
  value.yes = true;
  value.letter = 'x';
  value.small = -128;
  value.byte_sized = 255;
  value.s = std::numeric_limits<short>::min();
  value.us = std::numeric_limits<unsigned short>::max();
  value.i = std::numeric_limits<int>::min();
  value.u = std::numeric_limits<unsigned>::max();
  value.l = std::numeric_limits<long>::min();
  value.ul = std::numeric_limits<unsigned long>::max();
  value.ll = std::numeric_limits<long long>::max();
  value.ull = std::numeric_limits<unsigned long long>::max() - 1;
  value.f = std::numeric_limits<float>::denorm_min();
  value.d = -0.0;
  value.raw = std::byte{0xa5};
  value.c8 = u8'\x7f';
  value.c16 = u'\uffff';
  value.c32 = U'\U0010ffff';
  value.colour = e2e::Colour::blue;
  value.level = e2e::low;
  value.access = e2e::Access::read | e2e::Access::run;
  return value;
}

e2e::Containers full_containers() {
  e2e::Containers value;
  value.numbers = {1, -2, 3};
  value.words = {"", "a", std::string(239, 'b'), std::string(240, 'c'), std::string(3312, 'd')};
  value.points = {{1, 2}, {3, 4}};
  value.rows = {{}, {1, 2, 3}, std::vector<std::uint8_t>(5000, 7)};
  value.vector3 = {1.5F, 2.5F, 3.5F};
  value.both = {"left", "right"};
  value.switches = {true, false, true};
  value.ages = {{"ada", 36}, {"grace", 85}};
  value.names = {{1, "one"}, {2, "two"}};
  value.palette = {e2e::Colour::red, e2e::Colour::green};
  value.tags = {"x", "y"};
  value.maybe_numbers = std::vector<int>{4, 5};
  value.twice.emplace(std::nullopt);
  value.pair = {9, "nine"};
  value.nothings.resize(3);
  value.mixed = {{true, e2e::Colour::blue}, {false, e2e::Colour::red}};
  e2e::Shape shape;
  shape.name = "square";
  shape.corners = {{{0, 0}, "origin"}, {{1, 1}, std::nullopt}};
  shape.fill = e2e::Colour::green;
  shape.centre = e2e::Point{0.5, 0.5};
  shape.closed = true;
  value.deep = {{"outer", {{"inner", shape}, {"blank", {}}}}};
  return value;
}

TEST_P(EndToEnd, ScalarsArriveBitForBit) {
  const e2e::Scalars value = extreme_scalars();
  const e2e::Scalars back = client().scalars(value);
  EXPECT_EQ(back, value);
  EXPECT_TRUE(std::signbit(back.d)) << "-0.0 lost its sign";
  EXPECT_EQ(client().scalars({}), e2e::Scalars{});
}

TEST_P(EndToEnd, TimesArrive) {
  e2e::Times value;
  value.timeout = -3s;
  value.minutes = std::chrono::duration<double, std::ratio<60>>(1.25);
  value.pause = 7ms;
  value.at = e2e::Instant(std::chrono::microseconds(1'700'000'000'123'456));
  value.day = std::chrono::sys_days(std::chrono::days(20'000));
  EXPECT_EQ(client().times(value), value);
}

e2e::MoreContainers more_containers() {
  e2e::MoreContainers value;
  value.samples.assign(200, 0.5);
  value.shapes.resize(2);
  value.shapes.front().name = "first";
  value.words = {"a", "", "ccc"};
  value.marks = {3, 1, 3};
  value.votes = {"yes", "no", "yes"};
  value.scores = {{"ada", 2}, {"ada", 1}, {"grace", 3}};
  value.colours = {{1, e2e::Colour::blue}, {1, e2e::Colour::red}};
  value.tuple = {7, "seven", {7, 7}};
  value.choice.emplace<2>(8);
  value.phase = {1, -1};
  value.spectrum.assign(100, {0, 1});
  value.utf8 = u8"\u00e4";
  value.utf16 = u"\u00e4";
  value.utf32 = U"\U0001f600";
  return value;
}

TEST_P(EndToEnd, TheOtherContainersTuplesAndVariantsArrive) {
  EXPECT_EQ(client().more_containers(more_containers()), more_containers());
  EXPECT_EQ(client().more_containers({}), e2e::MoreContainers{});
  EXPECT_EQ(client().more_containers(more_containers()).choice.index(), 2U);
  EXPECT_EQ(std::get<e2e::Point>(client().either(true)), (e2e::Point{1, 2}));
  EXPECT_EQ(std::get<std::string>(client().either(false)), "no point");
}

TEST_P(EndToEnd, ATypeThatContainsItselfThroughAVariantArrives) {
  const e2e::Json leaf{1.5};
  const e2e::Json list{std::vector<e2e::Json>{leaf, {}, {true}}};
  const e2e::Json object{std::map<std::string, e2e::Json>{{"list", list}, {"text", {std::string("x")}}}};
  EXPECT_EQ(client().json(object), object);
  EXPECT_EQ(client().async_json(object).get(), object);
}

TEST_P(EndToEnd, OwnedObjectsArriveAndMayBeMissing) {
  auto node = std::make_unique<e2e::Node>();
  node->number = 1;
  node->next = std::make_unique<e2e::Node>();
  node->next->number = 2;
  node->places["here"] = std::make_unique<const e2e::Point>(e2e::Point{1, 2});
  node->places["nowhere"] = nullptr;
  const std::unique_ptr<e2e::Node> back = client().node(std::move(node));
  ASSERT_NE(back, nullptr);
  EXPECT_EQ(back->next->number, 2);
  EXPECT_EQ(back->next->next, nullptr);
  EXPECT_EQ(*back->places.at("here"), (e2e::Point{1, 2}));
  EXPECT_EQ(back->places.at("nowhere"), nullptr);
  EXPECT_EQ(client().node(nullptr), nullptr);
  EXPECT_EQ(client().async_node(std::make_unique<e2e::Node>()).get()->number, 0);
}

TEST_P(EndToEnd, SharedObjectsArriveAsOneBothWays) {
  const auto leaf = std::make_shared<e2e::Node>();
  const auto left = std::make_shared<e2e::Node>();
  const auto right = std::make_shared<e2e::Node>();
  left->links = {leaf, nullptr};
  right->links = {leaf, leaf};
  right->number = 3;
  const std::vector<std::shared_ptr<e2e::Node>> back = client().shared(left, right);
  ASSERT_EQ(back.size(), 3U);
  EXPECT_EQ(back[0], back[2]) << "one object, twice in the reply";
  EXPECT_EQ(back[0]->number, 3);
  EXPECT_EQ(back[1]->links[0], back[0]->links[1]) << "one object, shared by two arguments";
  EXPECT_NE(back[1]->links[0], leaf);
  EXPECT_EQ(client().async_shared(nullptr, nullptr).get()[0], nullptr);
  leaf->links = {left};
  EXPECT_THROW(client().shared(left, right), rpc::Error) << "a cycle";
  leaf->links.clear();
}

TEST_P(EndToEnd, TypesOfTheLibraryArrive) {
  e2e::Library value;
  value.bits.set(0).set(69);
  value.flags = {true, false, true};
  value.wide = L"w\u00e4";
  value.path = "some/where";
  value.code = make_error_code(std::errc::timed_out);
  value.stack.push(1);
  value.queue.push("first");
  value.maybe_flags = {{false}};
  value.outcome = std::unexpected(make_error_code(std::errc::io_error));
  EXPECT_EQ(client().library(value), value);
  EXPECT_EQ(client().library({}), e2e::Library{});
  std::priority_queue<int> numbers;
  for (const int number : {3, 9, 5}) numbers.push(number);
  EXPECT_EQ(client().largest(numbers).top(), 5);
  EXPECT_TRUE(client().attempt(true).has_value());
  EXPECT_EQ(client().async_attempt(false).get().error(), "no luck");
}

TEST_P(EndToEnd, ContainersArrive) {
  EXPECT_EQ(client().containers(full_containers()), full_containers());
  EXPECT_EQ(client().containers({}), e2e::Containers{});
}

TEST_P(EndToEnd, RecursiveAndDerivedRecordsArrive) {
  const e2e::Tree tree{"root", {{"left", {}}, {"right", {{"leaf", {}}}}}};
  EXPECT_EQ(client().tree(tree), tree);
  e2e::Shape shape;
  shape.name = "line";
  shape.corners = {{{1, 2}, "start"}};
  EXPECT_EQ(client().shape(e2e::Shape(shape)), shape);
  EXPECT_EQ(client().empty({}), e2e::Empty{});
}

TEST_P(EndToEnd, BodiesOfEverySizeArrive) {
  for (const std::size_t size : {0U, 1U, 31U, 33U, 16'383U, 16'385U, 70'000U, 3'000'000U}) {
    const std::string text(size, 'z');
    EXPECT_EQ(client().text(text), text) << size;
  }
  std::vector<double> doubles(100'000);
  for (std::size_t i = 0; i < doubles.size(); ++i) doubles[i] = static_cast<double>(i) / 3;
  EXPECT_EQ(client().doubles(doubles), doubles);
}

TEST_P(EndToEnd, OverloadsDefaultsAndNamesAreTheUsersOwn) {
  e2e::Everything& everything = client();
  EXPECT_EQ(everything.add(1), 3);
  EXPECT_EQ(everything.add(1, 5), 6);
  EXPECT_EQ(everything.add("1", "5"), "15");
  EXPECT_EQ(everything.unnamed(6, 7), 42);
  EXPECT_EQ(everything.shadows(1, 1, 1, 1, 1, 1, 1, 1), 36);
  EXPECT_EQ(everything.only_here(), 42);
  EXPECT_EQ(client().async_add(1, 1).get(), 2);
  EXPECT_EQ(client().async_add("a", "b").get(), "ab");
}

TEST_P(EndToEnd, InheritedMethodsAreRemote) {
  const e2e::Greeter& greeter = client();
  EXPECT_EQ(greeter.greet("you"), "hello you");
  EXPECT_EQ(client().async_greet("all").get(), "hello all");
}

TEST_P(EndToEnd, ManyCallsInFlightComplete) {
  std::vector<rpc::Future<int>> pending;
  for (int i = 0; i < 500; ++i) pending.push_back(client().async_add(i, i));
  for (int i = 499; i >= 0; --i) EXPECT_EQ(pending[static_cast<std::size_t>(i)].get(), 2 * i);
}

TEST_P(EndToEnd, ExceptionsArriveWithTypeAndText) {
  const auto failure = [&](int how) {
    try {
      client().fail(how);
    } catch (const rpc::Error& error) {
      return error;
    }
    return rpc::Error(rpc::Code::internal, "nothing was thrown");
  };
  EXPECT_EQ(failure(0).code(), rpc::Code::failed);
  EXPECT_NE(std::string(failure(0).what()).find("no element 7"), std::string::npos) << failure(0).what();
  EXPECT_EQ(failure(0).remote_type(), "std::out_of_range");
  EXPECT_EQ(failure(1).remote_type(), "e2e::Failure");
  EXPECT_EQ(failure(2).code(), rpc::Code::failed);
  EXPECT_EQ(client().add(1, 1), 2) << "the connection must survive a failing handler";
}

TEST_P(EndToEnd, MaybeIsDeliveredOnAQuietConnection) {
  client().nothing();
  client().hint(3);
  client().hint(4);
  EXPECT_TRUE(eventually([&] { return plain().hinted == 7; }));
}

TEST_P(EndToEnd, TheMethodsOwnDeadlineHolds) {
  try {
    client().hurry();
    FAIL() << "hurry() returned although nobody released it";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::deadline_exceeded) << error.what();
  }
  plain().release = true;
  plain().release.notify_all();
  EXPECT_EQ(client().with({.deadline = 20s}).hurry(), 1);
}

TEST_P(EndToEnd, AValueOutsideItsEnumIsRefusedBeforeItIsSent) {
  e2e::Scalars value;
  value.colour = static_cast<e2e::Colour>(3);
  try {
    client().scalars(value);
    FAIL() << "Colour(3) travelled";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling) << error.what();
  }
}

std::string name_of(const testing::TestParamInfo<Setup>& info) {
  return info.param.transport + (info.param.style == Style::plain ? "_plain" : "_coroutines") +
         (info.param.encoding == rpc::Encoding::exact ? "_exact" : "_tagged");
}

std::vector<Setup> setups() {
  std::vector<Setup> all;
  for (const char* transport : {"inproc", "unix", "tcp"}) {
    for (const Style style : {Style::plain, Style::coroutines}) {
      for (const rpc::Encoding encoding : {rpc::Encoding::exact, rpc::Encoding::tagged}) {
        all.push_back({transport, style, encoding});
      }
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Transports, EndToEnd, testing::ValuesIn(setups()), name_of);

TEST(NonVirtual, AClassWithoutVirtualMethodsIsServedAsItIs) {
  rpc::Server server;
  server.serve<Counter>(std::make_shared<Counter>());
  CounterClient counter(rpc::connect(server.listen(e2e::address("unix"))));
  EXPECT_EQ(counter.next(2), 2);
  EXPECT_EQ(counter.next(3), 5);
  EXPECT_EQ(counter.peek(), 5);
  EXPECT_EQ(counter.async_peek().get(), 5);
}

}  // namespace

int Counter::next(int step) { return value_ += step; }
int Counter::peek() const { return value_; }
