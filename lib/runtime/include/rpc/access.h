// Who may call what: a server's hook, asked before anybody has looked at the arguments of a call.
//
//   server.authorize([](const rpc::AccessRequest& call) {
//     if (call.method == "target" || call.peer.identity == "uid:0") return rpc::allow();
//     return rpc::deny("only root may change anything");
//   });
#pragma once

#include <rpc/interface.h>
#include <rpc/peer.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace rpc {

/// A call that has arrived. The texts live as long as the hook runs.
class AccessRequest {
 public:
  /// `metadata` is a block of pairs, as a message has it.
  AccessRequest(const InterfaceInfo& info, std::uint16_t index, const Peer& caller,
                std::span<const std::byte> metadata) noexcept
      : interface(info.name),
        method(info.methods[index].name),
        mode(info.methods[index].mode),
        peer(caller),
        metadata_(metadata) {}

  const std::string_view interface;  ///< Its wire name, and so that of the method.
  const std::string_view method;
  const Mode mode;  ///< Of the method.
  const Peer peer;

  /// What the caller sent along under `key`.
  std::optional<std::string_view> metadata(std::string_view key) const noexcept;

 private:
  const std::span<const std::byte> metadata_;
};

/// What a hook says of a call: made by allow() and deny().
class [[nodiscard]] Verdict {
 public:
  bool allowed() const noexcept { return !reason_; }

  /// Of a denial.
  const std::string& reason() const noexcept { return *reason_; }

 private:
  friend Verdict allow() noexcept;
  friend Verdict deny(std::string reason);
  std::optional<std::string> reason_;
};

inline Verdict allow() noexcept { return {}; }

/// The caller is told `reason`.
inline Verdict deny(std::string reason) {
  Verdict verdict;
  verdict.reason_ = std::move(reason);
  return verdict;
}

namespace internal {

/// A hook without its type.
class Authorizer {
 public:
  Authorizer() = default;
  Authorizer(const Authorizer&) = delete;
  Authorizer& operator=(const Authorizer&) = delete;
  virtual ~Authorizer() = default;
  virtual Verdict decide(const AccessRequest& call) const = 0;
};

template <class Hook>
class AuthorizerOf final : public Authorizer {
 public:
  explicit AuthorizerOf(Hook hook) : hook_(std::move(hook)) {}
  Verdict decide(const AccessRequest& call) const override { return hook_(call); }

 private:
  const Hook hook_;
};

}  // namespace internal

}  // namespace rpc
