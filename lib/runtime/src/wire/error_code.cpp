#include <rpc/wire/error_code_codec.h>

#include <cstdint>
#include <future>
#include <ios>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace rpc {

namespace {

// Error codes come from peers, which must not make this process remember without end.
constexpr std::size_t max_remembered = 1024;
constexpr std::size_t max_text = 256;

/// Stands for a category of another process. Lives as long as the process, as error codes need it.
class RemoteCategory final : public std::error_category {
 public:
  RemoteCategory(std::string name, std::mutex& mutex) : name_(std::move(name)), mutex_(mutex) {}

  const char* name() const noexcept override { return name_.c_str(); }

  std::string message(int value) const override {
    const std::lock_guard lock(mutex_);
    const auto found = messages_.find(value);
    return found != messages_.end() ? found->second : "error " + std::to_string(value);
  }

  bool knows(int value) const { return messages_.contains(value); }
  void remember(int value, std::string message) { messages_.emplace(value, std::move(message)); }

 private:
  const std::string name_;
  std::mutex& mutex_;  // guards messages_
  std::map<int, std::string> messages_;
};

class RemoteCategories {
 public:
  const std::error_category& find(int value, std::string name, std::string message) {
    if (name.size() > max_text) name.resize(max_text);
    if (message.size() > max_text) message.resize(max_text);
    const std::lock_guard lock(mutex_);
    if (name == unknown_.name()) return unknown_;
    const auto known = categories_.find(name);
    if (known != categories_.end() && known->second->knows(value)) return *known->second;
    if (remembered_ == max_remembered) return known != categories_.end() ? *known->second : unknown_;
    ++remembered_;
    std::unique_ptr<RemoteCategory>& category = categories_[name];
    if (!category) category = std::make_unique<RemoteCategory>(std::move(name), mutex_);
    category->remember(value, std::move(message));
    return *category;
  }

 private:
  std::mutex mutex_;
  std::size_t remembered_ = 0;
  std::map<std::string, std::unique_ptr<RemoteCategory>> categories_;
  RemoteCategory unknown_{"unknown", mutex_};
};

const std::error_category* category_of_library(const std::string& name) {
  for (const std::error_category* category :
       {&std::generic_category(), &std::system_category(), &std::iostream_category(), &std::future_category()})
    if (name == category->name()) return category;
  return nullptr;
}

const std::error_category& category_of(int value, std::string name, std::string message) {
  if (const std::error_category* category = category_of_library(name)) return *category;
  static auto& remote = *new RemoteCategories;  // never destroyed: error codes may outlive everything
  return remote.find(value, std::move(name), std::move(message));
}

}  // namespace

std::byte* Codec<std::error_code>::encode(Encoder& out, std::byte* to, const std::error_code& value) {
  const std::string category = value.category().name();
  const std::string message = value.message();
  Writer at(out, to);
  at.room(sizeof(std::int32_t) + bound(category) + bound(message));
  at.put(static_cast<std::int32_t>(value.value()));
  at.put(category);
  at.put(message);
  return at.place();
}

const std::byte* Codec<std::error_code>::decode(Decoder& in, const std::byte* from, std::error_code& value) {
  Reader at(in, from);
  std::int32_t number = 0;
  std::string category;
  std::string message;
  at.read(number);
  at.read(category);
  at.read(message);
  value = wire::make_error_code(number, std::move(category), std::move(message));
  return at.place();
}

std::error_code wire::make_error_code(int value, std::string category, std::string message) {
  category.resize(std::char_traits<char>::length(category.c_str()));  // a name ends at its first zero byte
  return {value, category_of(value, std::move(category), std::move(message))};
}

}  // namespace rpc
