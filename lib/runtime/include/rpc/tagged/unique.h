// unique_ptr in the tagged encoding: as an optional.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/unique_codec.h>

namespace rpc {

template <class T>
struct Tagged<std::unique_ptr<T>> {
  using Object = std::remove_const_t<T>;

  static const void* get(const void* object) { return static_cast<const std::unique_ptr<T>*>(object)->get(); }
  static void* emplace(void* object) {
    auto made = std::make_unique<Object>();
    void* const address = made.get();
    *static_cast<std::unique_ptr<T>*>(object) = std::move(made);
    return address;
  }
  static void reset(void* object) { static_cast<std::unique_ptr<T>*>(object)->reset(); }
  static constexpr tagged::Nullable type{{tagged::Kind::nullable},
                                         tagged::kind_of(tagged::element_type<Object>()),
                                         &tagged::element_type<Object>(),
                                         &get,
                                         &emplace,
                                         &reset};
};

}  // namespace rpc
