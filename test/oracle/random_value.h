// Random values of any type of types.h: often the ends of a range, short texts and containers.
//
//   Random random(seed);
//   random.fill(numbers);       // the same for the same seed
#pragma once

#include <limits>
#include <random>
#include <typeindex>

#include "oracle/fields.h"

namespace oracle {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t below(std::uint64_t end) { return engine_() % end; }

  template <class T>
    requires std::is_integral_v<T>
  void fill(T& value) {
    using Limits = std::numeric_limits<T>;
    switch (below(6)) {
      case 0: value = T{}; break;
      case 1: value = static_cast<T>(1); break;
      case 2: value = Limits::min(); break;
      case 3: value = Limits::max(); break;
      case 4: value = static_cast<T>(below(300)); break;
      default: value = static_cast<T>(engine_());
    }
  }
  void fill(bool& value) { value = below(2) == 1; }
  void fill(std::byte& value) { value = static_cast<std::byte>(engine_()); }

  template <class T>
    requires std::is_floating_point_v<T>
  void fill(T& value) {
    using Limits = std::numeric_limits<T>;
    const T special[] = {T{}, -T{}, Limits::infinity(), Limits::lowest(), Limits::denorm_min(), Limits::epsilon()};
    value =
        below(3) == 0 ? special[below(std::size(special))] : static_cast<T>(static_cast<std::int64_t>(engine_())) / 3;
  }
  template <class T>
    requires std::is_enum_v<T>
  void fill(T& value) {
    constexpr auto values = all_values<T>();
    value = values[below(values.size())];
  }

  /// protobuf wants UTF-8.
  void fill(std::string& value) {
    constexpr const char* pieces[] = {"a", "Z", "0", " ", "\n", "\\", "\"", "ß", "€", "𝄞", "0123456789abcdefghij"};
    value.clear();
    for (std::uint64_t left = below(below(10) == 0 ? 60 : 6); left != 0; --left)
      value += pieces[below(std::size(pieces))];
    if (below(20) == 0) value += '\0';
  }
  void fill(std::filesystem::path& value) {
    std::string text;
    fill(text);
    value = text.substr(0, text.find('\0'));
  }

  template <class T>
    requires requires(T& value) { value.push_back({}); }
  void fill(T& value) {
    value.clear();
    repeat<typename T::value_type>([&](auto&& element) { value.push_back(std::move(element)); });
  }
  template <class T>
  void fill(std::forward_list<T>& value) {
    value.clear();
    repeat<T>([&](T&& element) { value.push_front(std::move(element)); });
  }
  template <class T>
    requires requires(T& value) { value.top(); } || requires(T& value) { value.front(), value.push({}), value.pop(); }
  void fill(T& value) {
    value = {};
    repeat<typename T::value_type>([&](auto&& element) { value.push(std::move(element)); });
  }
  template <class T>
    requires requires { typename T::key_type; }
  void fill(T& value) {
    value.clear();
    if constexpr (requires { typename T::mapped_type; }) {
      using Entry = std::pair<typename T::key_type, typename T::mapped_type>;
      repeat<Entry>([&](Entry&& entry) { value.insert(std::move(entry)); });
    } else {
      repeat<typename T::key_type>([&](auto&& element) { value.insert(std::move(element)); });
    }
  }
  template <class T, std::size_t N>
  void fill(T (&value)[N]) {
    for (T& each : value) fill(each);
  }
  template <class T, std::size_t N>
  void fill(std::array<T, N>& value) {
    for (T& each : value) fill(each);
  }

  template <class T>
  void fill(std::optional<T>& value) {
    value.reset();
    if (below(2) == 0) fill(value.emplace());
  }
  template <class T>
  void fill(std::unique_ptr<T>& value) {
    value.reset();
    if (depth_ < 5 && below(2) == 0) fill(*(value = std::make_unique<T>()));
  }
  /// None, one that was made before, or a new one.
  template <class T>
  void fill(std::shared_ptr<T>& value) {
    std::vector<std::shared_ptr<void>>& made = made_[typeid(T)];
    value.reset();
    const std::uint64_t which = below(3);
    if (which == 1 && !made.empty()) value = std::static_pointer_cast<T>(made[below(made.size())]);
    if (which != 2) return;
    fill(*(value = std::make_shared<T>()));
    made.push_back(value);
  }
  template <class A, class B>
  void fill(std::pair<A, B>& value) {
    fill(value.first);
    fill(value.second);
  }
  template <class... T>
  void fill(std::tuple<T...>& value) {
    std::apply([&](auto&... each) { (fill(each), ...); }, value);
  }
  template <class... T>
  void fill(std::variant<T...>& value) {
    fill_alternative(value, below(sizeof...(T)), std::index_sequence_for<T...>());
  }
  template <class T, class E>
  void fill(std::expected<T, E>& value) {
    if (below(2) == 0) return fill((value = std::unexpected(E{})).error());
    value = std::expected<T, E>(std::in_place);
    if constexpr (!std::is_void_v<T>) fill(*value);
  }
  void fill(std::monostate&) {}
  void fill(std::error_code& value) {
    value.assign(static_cast<int>(below(100)), below(2) == 0 ? std::generic_category() : std::system_category());
  }
  template <class T>
  void fill(std::complex<T>& value) {
    T parts[2];
    fill(parts);
    value = {parts[0], parts[1]};
  }
  template <class Rep, class Period>
  void fill(std::chrono::duration<Rep, Period>& value) {
    Rep ticks;
    fill(ticks);
    value = std::chrono::duration<Rep, Period>(ticks);
  }
  template <class Clock, class Duration>
  void fill(std::chrono::time_point<Clock, Duration>& value) {
    Duration since;
    fill(since);
    value = std::chrono::time_point<Clock, Duration>(since);
  }
  template <std::size_t N>
  void fill(std::bitset<N>& value) {
    for (std::size_t i = 0; i < N; ++i) value[i] = below(2) == 1;
  }

  template <Struct T>
  void fill(T& value) {
    ++depth_;
    std::apply([&](auto&... each) { (fill(each), ...); }, fields(value));
    --depth_;
  }
  void fill(Bits& value) {
    value.version = below(8);
    value.urgent = below(2) == 1;
    value.offset = static_cast<int>(below(4096)) - 2048;
    Kind kind;
    fill(kind);
    value.kind = kind;
  }
  void fill(Angle& value) {
    double degrees;
    fill(degrees);
    value = Angle(degrees);
  }

 private:
  template <class T, class Add>
  void repeat(Add add) {
    for (std::uint64_t left = depth_ < 4 ? below(5) : 0; left != 0; --left) {
      T element{};
      fill(element);
      add(std::move(element));
    }
  }
  template <class V, std::size_t... I>
  void fill_alternative(V& value, std::uint64_t index, std::index_sequence<I...>) {
    ((index == I ? fill(value.template emplace<I>()) : void()), ...);
  }

  std::mt19937_64 engine_;
  std::map<std::type_index, std::vector<std::shared_ptr<void>>> made_;
  int depth_ = 0;  // of structs in structs
};

}  // namespace oracle
