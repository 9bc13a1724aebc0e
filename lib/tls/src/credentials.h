// What a Tls is: the options, and what was last read from their files.
//
//   auto credentials = internal::Ref<TlsCredentials>::adopt(new Credentials(options));
#pragma once

#include "context.h"
#include "net/tls.h"

#include <memory>
#include <mutex>
#include <string>

namespace rpc::tls {

class Credentials final : public TlsCredentials {
 public:
  explicit Credentials(TlsOptions options);

  void reload() override;
  std::shared_ptr<net::Ciphers> to(const std::string& host) override;
  std::shared_ptr<net::Ciphers> accepting() override;

  std::shared_ptr<const Context> context() const;

 private:
  const TlsOptions options_;
  std::mutex changing_;
  bool trusts_system_ = false;  // guarded by changing_
  mutable std::mutex mutex_;
  std::shared_ptr<const Context> context_;
};

}  // namespace rpc::tls
