#include "order_book.rpc.h"

#include "corpus/corpus.h"

namespace corpus {

namespace {

using namespace exchange;

/// Fills orders to buy at their price; those to sell wait.
class Book : public OrderBook {
 public:
  std::vector<Event> submit(const NewOrder& order) override {
    if (order.price.value <= 0) return {Rejected{Rejected::Reason::bad_price, "not above zero"}};
    const OrderId id{++last_};
    std::vector<Event> events = {Accepted{id}};
    if (order.side == Side::buy) {
      events.push_back(Filled{id, order.price, order.quantity, {}});
    } else {
      depth_.asks[order.price].value += order.quantity.value;
      depth_.bids[{order.price.value - 2}].value += 1;
    }
    return events;
  }

  bool cancel(OrderId id) override { return id.value <= last_; }

  bool replace(OrderId id, Price& price, Quantity& quantity) override {
    ++price.value;
    --quantity.value;
    return cancel(id);
  }

  Depth depth(const std::array<char, 8>&, unsigned) const override { return depth_; }
  std::tuple<Price, Price, Quantity> last_trade(const std::array<char, 8>&) const override { return {{1}, {2}, {3}}; }

 private:
  std::uint64_t last_ = 0;
  Depth depth_;
};

TEST_P(Corpus, OrderBook) {
  auto book = connect<OrderBook, OrderBookClient>(std::make_shared<Book>());
  const std::array<char, 8> symbol = {'A', 'C', 'M', 'E'};
  const std::vector<Event> bought = book.submit({symbol, Side::buy, {1250}, {10}, TimeInForce::fill_or_kill});
  ASSERT_EQ(bought.size(), 2U);
  EXPECT_EQ(std::get<Filled>(bought[1]).price, Price{1250});
  EXPECT_EQ(std::get<Rejected>(book.submit({}).at(0)).reason, Rejected::Reason::bad_price);

  for (const std::int64_t price : {1300, 1290}) (void)book.submit({symbol, Side::sell, {price}, {5}, TimeInForce::day});
  const Depth depth = book.depth(symbol, 5);
  EXPECT_EQ(depth.bids.rbegin()->first, Price{1298});
  EXPECT_EQ(depth.asks.begin()->first, Price{1290});

  Price price{7};
  Quantity quantity{8};
  EXPECT_TRUE(book.replace(OrderId{1}, price, quantity));
  EXPECT_EQ(std::make_pair(price, quantity), std::make_pair(Price{8}, Quantity{7}));
  EXPECT_FALSE(book.cancel(OrderId{99}));
  EXPECT_EQ(std::get<2>(book.last_trade(symbol)), Quantity{3});
}

}  // namespace
}  // namespace corpus
