// A trading order book: strong types, sides as characters, prices as keys, events as variants.
#pragma once

#include <array>
#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

namespace exchange {

namespace detail {

/// Numbers of different meaning that do not mix.
template <class Tag, class Number>
struct Strong {
  Number value{};
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;
};

}  // namespace detail

using OrderId = detail::Strong<struct OrderIdTag, std::uint64_t>;
using Price = detail::Strong<struct PriceTag, std::int64_t>;  ///< in hundredths
using Quantity = detail::Strong<struct QuantityTag, std::uint32_t>;

enum class Side : char { buy = 'B', sell = 'S' };
enum class TimeInForce : std::uint8_t { day, immediate_or_cancel, fill_or_kill };

struct NewOrder {
  std::array<char, 8> symbol{};
  Side side = Side::buy;
  Price price;
  Quantity quantity;
  TimeInForce time_in_force = TimeInForce::day;
};

struct Accepted {
  OrderId id;
};

struct Filled {
  OrderId id;
  Price price;
  Quantity quantity;
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> at{};
};

struct Rejected {
  enum class Reason { unknown_symbol, bad_price, no_liquidity } reason = Reason::unknown_symbol;
  std::string text;
};

using Event = std::variant<Accepted, Filled, Rejected>;

struct Depth {
  std::map<Price, Quantity> bids;  ///< best last
  std::map<Price, Quantity> asks;
};

struct OrderBook {
  virtual ~OrderBook() = default;

  [[rpc::async]] virtual std::vector<Event> submit(const NewOrder& order) = 0;
  virtual bool cancel(OrderId id) = 0;
  virtual bool replace(OrderId id, Price& price, Quantity& quantity) = 0;
  [[nodiscard]] virtual Depth depth(const std::array<char, 8>& symbol, unsigned levels) const = 0;
  [[nodiscard]] virtual std::tuple<Price, Price, Quantity> last_trade(const std::array<char, 8>& symbol) const = 0;
};

}  // namespace exchange
