// shared_ptr in the tagged encoding: a message of the object where it comes first, of its number where it comes again,
// of nothing where there is none.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/shared_codec.h>

#include <memory>

namespace rpc {

namespace tagged {

/// An object that several pointers of a body may share: its value as field 1, or the number it was given as field 2.
struct Shared : Type {
  Kind value_kind;
  const Type* value;
  const std::type_info* name;
  std::shared_ptr<const void> (*get)(const void* object);
  std::shared_ptr<void> (*make)();
  void (*point)(void* object, const std::shared_ptr<void>& to);
};

}  // namespace tagged

template <class T>
struct Tagged<std::shared_ptr<T>> {
  using Object = std::remove_const_t<T>;

  static std::shared_ptr<const void> get(const void* object) { return *static_cast<const std::shared_ptr<T>*>(object); }
  static std::shared_ptr<void> make() { return std::make_shared<Object>(); }
  static void point(void* object, const std::shared_ptr<void>& to) {
    *static_cast<std::shared_ptr<T>*>(object) = std::static_pointer_cast<T>(to);
  }
  static constexpr tagged::Shared type{{tagged::Kind::shared},
                                       tagged::kind_of(tagged::element_type<Object>()),
                                       &tagged::element_type<Object>(),
                                       &typeid(Object),
                                       &get,
                                       &make,
                                       &point};
};

}  // namespace rpc
