#include "emit/proto_names.h"

#include <cctype>

#include "plan/hygiene.h"

namespace farcall {
namespace {

bool is_alphanumeric(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

}  // namespace

std::string ProtoNames::add(const std::string& wanted) {
  std::string name = identifier(wanted);
  if (!std::isalpha(static_cast<unsigned char>(name[0]))) name.insert(0, "x");
  const auto key = [](const std::string& text) {
    std::string made;
    for (const char c : text) {
      if (c != '_') made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return made;
  };
  std::string unique = name;
  for (int number = 2; !taken_.insert(key(unique)).second; ++number) unique = name + "_" + std::to_string(number);
  return unique;
}

std::string run_together(const std::string& description) {
  std::string made;
  bool starts_word = true;
  for (const char c : description) {
    const bool joins_digits = starts_word && is_digit(c) && !made.empty() && is_digit(made.back());
    if (joins_digits) made += '_';
    if (is_alphanumeric(c)) made += starts_word ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    starts_word = !is_alphanumeric(c) && c != '_';
  }
  return made;
}

}  // namespace farcall
