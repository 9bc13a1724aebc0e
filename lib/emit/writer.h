// Builds generated text from templates that look like their output.
//
//   Writer w;
//   w.emit({{"class", "ThermostatClient"}, {"methods", [&] { for (…) w.emit(…); }}}, R"cc(
//     class $class$ final {
//      public:
//       $methods$
//     };
//   )cc");
//   w.take();
//
// `$name$` is replaced by its value, `$$` is a dollar sign, and a name without a value aborts: it is a mistake in the
// emitter. The indentation of the template as a whole is removed. A `$name$` that has a line to itself keeps that
// line's indentation for all of its lines; if it turns out empty, the line goes away, and so does a blank line it
// leaves double.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace farcall {

class Writer {
 public:
  /// Text, or a function that emits into the same Writer.
  class Value {
   public:
    Value(std::string text) : text_(std::move(text)) {}
    Value(const char* text) : text_(text) {}
    Value(std::string_view text) : text_(text) {}
    template <class F>
      requires std::is_invocable_v<F>
    Value(F callback) : callback_(std::move(callback)) {}

   private:
    friend class Writer;
    std::string text_;
    std::function<void()> callback_;
  };

  struct Variable {
    std::string_view name;
    Value value;
  };
  using Variables = std::initializer_list<Variable>;

  void emit(Variables variables, std::string_view text);
  void emit(std::string_view text) { emit({}, text); }

  /// One line, indented as the text around it. An empty one stays empty.
  void line(std::string_view text);

  std::string take() { return std::move(out_); }

 private:
  void emit_line(Variables variables, std::string_view line);
  void emit_alone(const Value& value, std::string_view indentation);
  static const Value& find(Variables variables, std::string_view name);

  std::string out_;
  std::string indentation_;
};

}  // namespace farcall
