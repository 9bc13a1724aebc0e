// Tuples and variants, one of which makes a type that contains itself, and the less common containers.
#pragma once

#include <complex>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace data {

struct Value {
  std::variant<std::monostate, bool, double, std::string, std::vector<Value>, std::map<std::string, Value>> held;
};

struct Signal {
  std::u16string name;
  std::complex<float> phase;
  std::deque<std::complex<double>> samples;
  std::multimap<std::string, Value> notes;
};

class [[rpc::interface]] Store {
 public:
  virtual ~Store() = default;
  virtual Value get(const std::string& key) = 0;
  virtual std::variant<Signal, std::string> find(std::tuple<int, std::string> key, std::multiset<int> marks) = 0;
};

}  // namespace data
