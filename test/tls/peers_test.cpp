// OpenSSL's own programs as the other end: what they report of us, and what we say of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

#include "tls/printed_by.h"
#include "tls/raw_tls.h"
#include "tls/secure_running.h"

namespace {

using testing::HasSubstr;

class SClient : public testing::Test {
 protected:
  /// Connects, says nothing, and is thrown out for it.
  std::string s_client(const std::string& options) {
    return printed_by("openssl s_client -ign_eof -connect 127.0.0.1:" + running_.port + " " + options + " </dev/null");
  }

  Logged logged_;
  SecureRunning running_{Wish{}, false, {.handshake_timeout = 100ms}};
};

TEST_F(SClient, SeesTls13AndOurProtocol) {
  const std::string told =
      s_client("-alpn farcall -verify_return_error -verify_ip 127.0.0.1 -CAfile " + running_.authority.file());
  EXPECT_THAT(told, HasSubstr("New, TLSv1.3"));
  EXPECT_THAT(told, HasSubstr("ALPN protocol: farcall"));
  EXPECT_THAT(told, HasSubstr("Verification: OK"));
}

TEST_F(SClient, GetsNothingOlder) {
  EXPECT_THAT(s_client("-alpn farcall -tls1_2"), HasSubstr("alert protocol version"));
  EXPECT_TRUE(tells(logged_, "the client speaks no TLS 1.3"));
}

TEST_F(SClient, GetsNoOtherProtocol) {
  EXPECT_THAT(s_client("-alpn http/1.1"), HasSubstr("alert no application protocol"));
  EXPECT_TRUE(tells(logged_, "the client does not speak Farcall"));
  s_client("");
  EXPECT_TRUE(tells(logged_, "the other end does not speak Farcall (ALPN)"));
}

TEST_F(SClient, ResumesASession) {
  const std::string file = running_.folder.socket("session");
  EXPECT_THAT(s_client("-alpn farcall -sess_out " + file), HasSubstr("New, TLSv1.3"));
  EXPECT_THAT(s_client("-alpn farcall -sess_in " + file), HasSubstr("Reused, TLSv1.3"));
  running_.tls.reload();
  EXPECT_THAT(s_client("-alpn farcall -sess_in " + file), HasSubstr("New, TLSv1.3"));
}

/// A server that answers nothing but handshakes.
class SServer {
 public:
  SServer(const Folder& folder, const std::string& options) : log_(folder.socket("s_server.log")) {
    std::string command = "exec openssl s_server -accept 127.0.0.1:" + url.substr(url.rfind(':') + 1) + " " + options +
                          " >" + log_ + " 2>&1";
    std::string shell = "sh";
    std::string option = "-c";
    char* const arguments[] = {shell.data(), option.data(), command.data(), nullptr};
    int input[2];
    ::pipe2(input, O_CLOEXEC);
    const rpc::net::Fd its_end(input[0]);
    input_ = rpc::net::Fd(input[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, its_end.get(), STDIN_FILENO);
    ::posix_spawnp(&process_, "sh", &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
  }
  ~SServer() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }

  bool has_logged(const std::string& part) const {
    return soon([&] { return log().find(part) != std::string::npos; });
  }

  std::string log() const {
    std::ifstream in(log_);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  const std::string url = TcpPort().url;  // which is free again

 private:
  const std::string log_;
  rpc::net::Fd input_;  // it ends with it
  pid_t process_ = 0;
};

class WithSServer : public testing::Test {
 protected:
  std::string show(const Issued& files) { return "-cert " + files.certificate + " -key " + files.key; }

  rpc::Error refusal(const SServer& server) {
    const rpc::Tls tls({.ca = authority_.file()});
    return refusal_of(rpc::connect(server.url, {.tls = tls}));
  }

  Logged logged_;
  Folder folder_;
  Authority authority_{folder_, "ca"};
  Issued files_ = authority_.issue({});
};

TEST_F(WithSServer, SpeaksTls12) {
  const SServer server(folder_, show(files_) + " -tls1_2 -alpn farcall");
  ASSERT_TRUE(server.has_logged("ACCEPT"));
  EXPECT_THAT(refusal(server).what(), HasSubstr("the server speaks no TLS 1.3"));
}

TEST_F(WithSServer, SpeaksAnotherProtocol) {
  const SServer server(folder_, show(files_) + " -alpn http/1.1");
  ASSERT_TRUE(server.has_logged("ACCEPT"));
  EXPECT_THAT(refusal(server).what(), HasSubstr("does not speak Farcall"));
}

TEST_F(WithSServer, SpeaksNoProtocol) {
  const SServer server(folder_, show(files_));
  ASSERT_TRUE(server.has_logged("ACCEPT"));
  EXPECT_THAT(refusal(server).what(), HasSubstr("the other end does not speak Farcall (ALPN)"));
}

TEST_F(WithSServer, SeesTheNameThatIsWanted) {
  const SServer server(
      folder_, show(files_) + " -servername x.example.org -cert2 " + files_.certificate + " -key2 " + files_.key);
  ASSERT_TRUE(server.has_logged("ACCEPT"));
  const rpc::Tls tls({.ca = authority_.file()});
  const rpc::Channel channel = rpc::connect("tls://localhost" + server.url.substr(server.url.rfind(':')), {.tls = tls});
  EXPECT_TRUE(server.has_logged("Hostname in TLS extension: \"localhost\"")) << server.log();
}

TEST_F(WithSServer, SeesTheProtocol) {
  const SServer server(folder_, show(files_) + " -alpn farcall");
  ASSERT_TRUE(server.has_logged("ACCEPT"));
  const rpc::Tls tls({.ca = authority_.file()});
  const rpc::Channel channel = rpc::connect(server.url, {.tls = tls});
  EXPECT_TRUE(server.has_logged("ALPN protocols selected: farcall")) << server.log();
}

}  // namespace
