// Types of the library whose values are made for the way: paths, error codes.
#include <rpc/error.h>
#include <rpc/tagged/error_code.h>
#include <rpc/tagged/path.h>

#include <algorithm>
#include <string>

namespace rpc {

namespace {

std::u8string text_of(const void* path) { return static_cast<const std::filesystem::path*>(path)->generic_u8string(); }

}  // namespace

std::size_t Tagged<std::filesystem::path>::size(const void* object) { return text_of(object).size(); }

void Tagged<std::filesystem::path>::copy(const void* object, std::byte* to) {
  const std::u8string text = text_of(object);
  if (text.find(u8'\0') != std::u8string::npos) wire::fail_path_sent();
  std::ranges::transform(text, to, [](char8_t c) { return static_cast<std::byte>(c); });
}

bool Tagged<std::filesystem::path>::assign(void* object, const std::byte* bytes, std::size_t size) {
  const std::u8string text(reinterpret_cast<const char8_t*>(bytes), size);
  if (text.find(u8'\0') != std::u8string::npos)
    throw Error(Code::malformed, "malformed message: a path with a zero byte");
  static_cast<std::filesystem::path*>(object)->assign(text);
  return true;
}

void Tagged<std::error_code>::give(const void* object, tagged::Use use) {
  const auto& code = *static_cast<const std::error_code*>(object);
  int value = code.value();
  std::string category = code.category().name();
  std::string message = code.message();
  void* pointers[] = {&value, &category, &message};
  use(pointers);
}

void Tagged<std::error_code>::take(void* object, tagged::Use use) {
  int value = 0;
  std::string category;
  std::string message;
  void* pointers[] = {&value, &category, &message};
  use(pointers);
  *static_cast<std::error_code*>(object) = wire::make_error_code(value, std::move(category), std::move(message));
}

}  // namespace rpc
