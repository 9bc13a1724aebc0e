#include "credentials.h"

#include "session.h"

#include <rpc/error.h>

#include <utility>

namespace rpc::tls {

namespace {

constexpr std::size_t longest_name = 255;

using Shared = internal::Ref<TlsCredentials>;

/// Both keep the credentials.
class Ends : public net::Ciphers {
 protected:
  explicit Ends(Credentials& credentials) : credentials_(credentials), kept_(Shared::share(&credentials)) {}
  std::shared_ptr<const Context> context() const { return credentials_.context(); }

 private:
  const Credentials& credentials_;
  const Shared kept_;
};

class Connecting final : public Ends {
 public:
  Connecting(Credentials& credentials, std::string host) : Ends(credentials), host_(std::move(host)) {}

  std::unique_ptr<net::Cipher> make() override {
    return std::make_unique<Session>(context(), Role::client, host_, tickets_);
  }

 private:
  const std::string host_;
  const std::shared_ptr<Tickets> tickets_ = std::make_shared<Tickets>();
};

class Accepting final : public Ends {
 public:
  explicit Accepting(Credentials& credentials) : Ends(credentials) {}

  std::unique_ptr<net::Cipher> make() override { return std::make_unique<Session>(context(), Role::server); }
};

}  // namespace

Credentials::Credentials(TlsOptions options)
    : options_(std::move(options)), context_(load(options_, &Session::on_session)) {}

void Credentials::reload() {
  const std::lock_guard changing(changing_);
  std::shared_ptr<const Context> loaded = load(options_, &Session::on_session);
  if (trusts_system_) trust_system(*loaded);
  const std::lock_guard lock(mutex_);
  context_.swap(loaded);
}

std::shared_ptr<const Context> Credentials::context() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

std::shared_ptr<net::Ciphers> Credentials::to(const std::string& host) {
  const std::string& wanted = options_.server_name.empty() ? host : options_.server_name;
  if (wanted.size() > longest_name || wanted.find('\0') != std::string::npos)
    throw Error(Code::unavailable, "what TLS should expect is no name of a host, which has 255 characters at most");
  const std::lock_guard changing(changing_);
  if (options_.ca.empty() && !trusts_system_) {
    trust_system(*context());
    trusts_system_ = true;
  }
  return std::make_shared<Connecting>(*this, wanted);
}

std::shared_ptr<net::Ciphers> Credentials::accepting() {
  if (options_.certificate.empty())
    throw Error(Code::unavailable, "a server has to show a certificate: set TlsOptions::certificate and key");
  return std::make_shared<Accepting>(*this);
}

}  // namespace rpc::tls
