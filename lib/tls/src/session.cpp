#include "session.h"

#include <rpc/error.h>

#include <arpa/inet.h>
#include <openssl/err.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

namespace rpc::tls {

namespace {

/// Unsent bytes at which a peer gets no more answers: more than the flusher has encrypted at a time, and more than a
/// peer that reads ever leaves.
constexpr std::size_t most_unsent = std::size_t{128} << 10;

}  // namespace

void Tickets::put(std::shared_ptr<const Context> context, SSL_SESSION* session) noexcept {
  const std::lock_guard lock(mutex_);
  context_ = std::move(context);
  session_.reset(session);
}

SessionPtr Tickets::take(const Context& context) noexcept {
  const std::lock_guard lock(mutex_);
  return &context == context_.get() ? std::move(session_) : nullptr;
}

Session::Session(std::shared_ptr<const Context> context, Role role, std::string host, std::shared_ptr<Tickets> tickets)
    : context_(std::move(context)),
      role_(role),
      host_(std::move(host)),
      tickets_(std::move(tickets)),
      ssl_(SSL_new(context_->ssl.get())) {
  if (ssl_ == nullptr) throw std::bad_alloc();
  BIO_up_ref(pipe_.bio());  // one count for both, as SSL_set_bio() takes it when they are the same
  SSL_set_bio(ssl_.get(), pipe_.bio(), pipe_.bio());
  SSL_set_app_data(ssl_.get(), this);
  if (role_ == Role::client) {
    SSL_set_connect_state(ssl_.get());
    expect_server();
  } else {
    SSL_set_accept_state(ssl_.get());
    SSL_set_verify(ssl_.get(),
                   context_->asks_clients ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : SSL_VERIFY_NONE,
                   &Session::verify);
  }
}

// A session whose connection was lost can be resumed all the same.
Session::~Session() { SSL_set_shutdown(ssl_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN); }

void Session::expect_server() {
  SSL* const ssl = ssl_.get();
  SSL_set_verify(ssl, SSL_VERIFY_PEER, &Session::verify);
  X509_VERIFY_PARAM* const wanted = SSL_get0_param(ssl);
  X509_VERIFY_PARAM_set_hostflags(wanted, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  unsigned char address[16];
  const bool is_address =
      ::inet_pton(AF_INET, host_.c_str(), address) == 1 || ::inet_pton(AF_INET6, host_.c_str(), address) == 1;
  const int known = is_address ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host_.c_str())
                               : X509_VERIFY_PARAM_set1_host(wanted, host_.c_str(), host_.size());
  if (known != 1) throw std::bad_alloc();
  if (!is_address) SSL_set_tlsext_host_name(ssl, host_.c_str());
  if (const SessionPtr session = tickets_->take(*context_)) SSL_set_session(ssl, session.get());
}

int Session::on_session(SSL* ssl, SSL_SESSION* session) noexcept {
  const Session& self = *static_cast<Session*>(SSL_get_app_data(ssl));
  if (self.tickets_ == nullptr) return 0;
  self.tickets_->put(self.context_, session);
  return 1;
}

int Session::verify(int valid, X509_STORE_CTX* store) noexcept {
  if (valid == 1) return 1;
  const auto* const ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  Session& self = *static_cast<Session*>(SSL_get_app_data(ssl));
  self.certificate_ = certificate_problem(store, self.role_, self.host_);
  return 0;
}

net::Step Session::handshake(int fd) noexcept {
  ERR_clear_error();
  errno = 0;
  pipe_.use_socket(fd);
  const int result = SSL_do_handshake(ssl_.get());
  if (result != 1) {
    const int wanted = SSL_get_error(ssl_.get(), result);
    if (wanted == SSL_ERROR_WANT_READ) return net::Step::wants_read;
    if (wanted == SSL_ERROR_WANT_WRITE) return net::Step::wants_write;
    fail(result);
    return net::Step::failed;
  }
  pipe_.use_memory();
  if (speaks_farcall()) return net::Step::done;
  problem_ = {.text = "the other end does not speak Farcall (ALPN)", .lasting = true};
  return net::Step::failed;
}

bool Session::speaks_farcall() const noexcept {
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &chosen, &size);
  return size == sizeof protocol - 1 && std::equal(chosen, chosen + size, protocol + 1);
}

void Session::fail(int result) noexcept {
  if (pipe_.foreign()) {
    ERR_clear_error();
    problem_ = {.text = role_ == Role::client
                            ? "the server speaks no TLS at this port: connect to tcp:// and not to tls://"
                            : "the client speaks no TLS",
                .lasting = true,
                .foreign = true};
  } else {
    problem_ = problem_of(ssl_.get(), result, role_, certificate_);
  }
}

std::string Session::identity() const {
  X509* const certificate = SSL_get0_peer_certificate(ssl_.get());
  const std::string name = certificate == nullptr ? std::string() : name_of(certificate);
  return name.empty() ? name : "x509:" + name;
}

void Session::received(std::size_t size) noexcept {
  pipe_.received(size);
  drained_ = false;
}

// A failure behind something is told when that was given.
std::size_t Session::decrypt(std::byte* to, std::size_t size) {
  if (drained_ && !problem_.text.empty()) throw Error(Code::unavailable, problem_.text);
  const std::lock_guard lock(mutex_);
  std::size_t given = 0;
  while (given < size) {
    if (pipe_.read_up() && SSL_pending(ssl_.get()) == 0) {
      drained_ = true;
      break;
    }
    if (pipe_.written() > most_unsent) {
      problem_ = {.text = "it asks for more answers of TLS than it reads"};
      drained_ = true;
      break;
    }
    ERR_clear_error();
    std::size_t got = 0;
    const int result = SSL_read_ex(ssl_.get(), to + given, size - given, &got);
    given += got;
    if (result == 1 || SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ) continue;
    fail(result);
    drained_ = true;
    break;
  }
  if (given == 0 && !problem_.text.empty()) throw Error(Code::unavailable, problem_.text);
  return given;
}

bool Session::encrypt(const std::byte* from, std::size_t size) noexcept {
  const std::lock_guard lock(mutex_);
  ERR_clear_error();
  std::size_t taken = 0;
  return SSL_write_ex(ssl_.get(), from, size, &taken) == 1 && taken == size;
}

net::Sent Session::send(int fd) noexcept {
  {
    const std::lock_guard lock(mutex_);
    pipe_.take();
  }
  return pipe_.send_taken(fd);
}

void Session::finish(int fd) noexcept {
  {
    const std::lock_guard lock(mutex_);
    ERR_clear_error();
    if (!std::exchange(finished_, true)) SSL_shutdown(ssl_.get());
  }
  send(fd);
}

}  // namespace rpc::tls
