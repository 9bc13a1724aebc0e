// shared_ptr in the tagged encoding: a message of the object where it comes first, of its number where it comes again,
// of nothing where there is none.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/shared_codec.h>

namespace rpc {

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
