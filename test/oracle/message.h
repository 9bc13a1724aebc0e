// Values as messages of libprotobuf, field by field as docs/protocol.md says. What the runtime writes and reads is not
// asked, so that the two can be compared.
//
//   MessageMaker().give(*message, numbers);
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <stdexcept>
#include <string>

#include "oracle/fields.h"

namespace oracle {

template <class T>
constexpr bool is_byte = std::is_same_v<T, std::byte> || std::is_same_v<T, std::uint8_t> || std::is_same_v<T, char8_t>;

template <class T>
concept Text = std::is_same_v<T, std::string> || std::is_same_v<T, std::filesystem::path>;
template <class T>
concept Adaptor = requires { typename T::container_type; };
template <class T>
concept Container = !Text<T> && !Adaptor<T> && (std::is_array_v<T> || requires(const T& value) {
  value.begin();
  value.end();
});
template <class T>
concept Map = Container<T> && requires { typename T::mapped_type; };
template <class T>
concept Set = Container<T> && requires { typename T::key_type; };
template <class T>
concept Nullable = requires(const T& value) {
  value ? *value : *value;
} && (requires(T& v) { v.emplace(); } || requires(T& v) { v.release(); }) && !requires { typename T::error_type; };

/// What a container has in it.
template <class T>
struct ElementOf {
  using type = typename T::value_type;
};
template <class T, std::size_t N>
struct ElementOf<T[N]> {
  using type = T;
};

template <class T>
concept Bytes = Container<T> && !Set<T> && is_byte<typename ElementOf<T>::type>;
/// What is several fields of protobuf, or none.
template <class T>
concept Plural = (Container<T> && !Bytes<T>) || Nullable<T> || Adaptor<T>;

class MessageMaker {
 public:
  using Message = google::protobuf::Message;
  using Descriptor = google::protobuf::FieldDescriptor;

  template <Struct T>
  void give(Message& message, const T& value) {
    give_all(message, fields(const_cast<T&>(value)));
  }

  /// One field by its number.
  template <class T>
  void give(Message& message, int number, const T& value) {
    give_field({message, field_of(message, number)}, value);
  }

 private:
  /// Where one value goes: the field, or a new element of it.
  struct Slot {
    Message& message;
    const Descriptor* field;

    Message& child() const {
      const auto* reflection = message.GetReflection();
      return field->is_repeated() ? *reflection->AddMessage(&message, field)
                                  : *reflection->MutableMessage(&message, field);
    }
    template <class T>
    void put(void (google::protobuf::Reflection::*set)(Message*, const Descriptor*, T) const,
             void (google::protobuf::Reflection::*add)(Message*, const Descriptor*, T) const, T value) const {
      (message.GetReflection()->*(field->is_repeated() ? add : set))(&message, field, std::move(value));
    }
  };

  static const Descriptor* field_of(const Message& message, int number) {
    const Descriptor* found = message.GetDescriptor()->FindFieldByNumber(number);
    if (found == nullptr) throw std::logic_error(message.GetTypeName() + " has no field " + std::to_string(number));
    return found;
  }

  template <class... T>
  void give_all(Message& message, const std::tuple<T...>& values) {
    int number = 0;
    std::apply([&](const auto&... each) { (give_field({message, field_of(message, ++number)}, each), ...); }, values);
  }

  /// A field, which may have several values or none.
  template <class T>
  void give_field(Slot slot, const T& value) {
    if constexpr (Nullable<T>) {
      if (value) give_one(slot, *value);
    } else if constexpr (Map<T>) {
      for (const auto& [key, mapped] : value) {
        Message& entry = slot.child();
        give_one({entry, field_of(entry, 1)}, key);
        give_one({entry, field_of(entry, 2)}, mapped);
      }
    } else if constexpr (Adaptor<T>) {
      give_field(slot, container_of(value));
    } else if constexpr (Plural<T>) {
      for (const typename ElementOf<T>::type& each : value) give_one(slot, each);
    } else {
      give_one(slot, value);
    }
  }

  /// Exactly one value: what is not one is wrapped.
  template <class T>
  void give_one(Slot slot, const T& value) {
    if constexpr (Plural<T>) {
      Message& wrapped = slot.child();
      give_field({wrapped, field_of(wrapped, 1)}, value);
    } else {
      give_value(slot, value);
    }
  }

  template <class T>
    requires std::is_arithmetic_v<T>
  void give_value(Slot slot, T value) {
    using R = google::protobuf::Reflection;
    switch (slot.field->cpp_type()) {
      case Descriptor::CPPTYPE_BOOL: return slot.put(&R::SetBool, &R::AddBool, value != T{});
      case Descriptor::CPPTYPE_INT32: return slot.put(&R::SetInt32, &R::AddInt32, static_cast<std::int32_t>(value));
      case Descriptor::CPPTYPE_INT64: return slot.put(&R::SetInt64, &R::AddInt64, static_cast<std::int64_t>(value));
      case Descriptor::CPPTYPE_UINT32: return slot.put(&R::SetUInt32, &R::AddUInt32, static_cast<std::uint32_t>(value));
      case Descriptor::CPPTYPE_UINT64: return slot.put(&R::SetUInt64, &R::AddUInt64, static_cast<std::uint64_t>(value));
      case Descriptor::CPPTYPE_FLOAT: return slot.put(&R::SetFloat, &R::AddFloat, static_cast<float>(value));
      case Descriptor::CPPTYPE_DOUBLE: return slot.put(&R::SetDouble, &R::AddDouble, static_cast<double>(value));
      case Descriptor::CPPTYPE_ENUM: return slot.put(&R::SetEnumValue, &R::AddEnumValue, static_cast<int>(value));
      default: throw std::logic_error(slot.field->full_name() + " is no number");
    }
  }
  template <class T>
    requires std::is_enum_v<T>
  void give_value(Slot slot, T value) {
    give_value(slot, static_cast<std::underlying_type_t<T>>(value));
  }

  void give_value(Slot slot, const std::string& value) {
    using R = google::protobuf::Reflection;
    slot.put(&R::SetString, &R::AddString, value);
  }
  void give_value(Slot slot, const std::filesystem::path& value) { give_value(slot, value.string()); }
  template <Bytes T>
  void give_value(Slot slot, const T& value) {
    std::string bytes;
    for (const auto each : value) bytes += static_cast<char>(each);
    give_value(slot, bytes);
  }
  template <std::size_t N>
  void give_value(Slot slot, const std::bitset<N>& value) {
    std::string bytes((N + 7) / 8, '\0');
    for (std::size_t i = 0; i < N; ++i) bytes[i / 8] = static_cast<char>(bytes[i / 8] | value[i] << i % 8);
    give_value(slot, bytes);
  }
  template <class Rep, class Period>
  void give_value(Slot slot, const std::chrono::duration<Rep, Period>& value) {
    give_value(slot, value.count());
  }
  template <class Clock, class Duration>
  void give_value(Slot slot, const std::chrono::time_point<Clock, Duration>& value) {
    give_value(slot, value.time_since_epoch());
  }

  template <Struct T>
  void give_value(Slot slot, const T& value) {
    give(slot.child(), value);
  }
  template <class... T>
  void give_value(Slot slot, const std::tuple<T...>& value) {
    give_all(slot.child(), value);
  }
  template <class A, class B>
  void give_value(Slot slot, const std::pair<A, B>& value) {
    give_all(slot.child(), std::tie(value.first, value.second));
  }
  template <class T>
  void give_value(Slot slot, const std::complex<T>& value) {
    give_all(slot.child(), std::tuple(value.real(), value.imag()));
  }
  void give_value(Slot slot, const std::error_code& value) {
    give_all(slot.child(), std::tuple(value.value(), std::string(value.category().name()), value.message()));
  }
  void give_value(Slot slot, const Bits& value) {
    const Kind kind = value.kind;
    give_all(slot.child(), std::tuple(unsigned{value.version}, bool{value.urgent}, int{value.offset}, kind));
  }
  void give_value(Slot slot, const Angle& value) {
    const double degrees = value.degrees();
    const auto* bytes = reinterpret_cast<const char*>(&degrees);
    give_all(slot.child(), std::tuple(2U, std::string(bytes, sizeof(degrees))));
  }

  void give_value(Slot slot, std::monostate) { slot.child(); }
  template <class... T>
  void give_value(Slot slot, const std::variant<T...>& value) {
    Message& child = slot.child();
    const Descriptor* field = field_of(child, static_cast<int>(value.index()) + 1);
    std::visit([&](const auto& alternative) { give_one({child, field}, alternative); }, value);
  }
  template <class T, class E>
  void give_value(Slot slot, const std::expected<T, E>& value) {
    Message& child = slot.child();
    const Descriptor* field = field_of(child, value ? 1 : 2);
    if (!value) return give_one({child, field}, value.error());
    if constexpr (std::is_void_v<T>)
      give_one({child, field}, std::monostate());
    else
      give_one({child, field}, *value);
  }

  /// An object is numbered when all of it is there.
  template <class T>
  void give_value(Slot slot, const std::shared_ptr<T>& value) {
    Message& child = slot.child();
    if (!value) return;
    const auto known = numbers_.find(value.get());
    if (known != numbers_.end()) return give_value({child, field_of(child, 2)}, known->second);
    give_one({child, field_of(child, 1)}, *value);
    const std::uint64_t number = numbers_.size();
    numbers_.emplace(value.get(), number);
    give_value({child, field_of(child, 2)}, number);
  }

  template <class A>
  static const typename A::container_type& container_of(const A& adaptor) {
    struct Open : A {
      static const typename A::container_type& of(const A& a) { return a.*&Open::c; }
    };
    return Open::of(adaptor);
  }

  std::map<const void*, std::uint64_t> numbers_;  // of shared objects
};

}  // namespace oracle
