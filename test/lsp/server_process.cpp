#include "lsp/server_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace farcall::lsp::test {
namespace {

/// Only the uri and the version of diagnostics tell one message from another of the same method.
bool is_meant(const Json& pattern, const Json& message) {
  if (!pattern.contains("method")) return !message.contains("method") && message.value("id", Json()) == pattern["id"];
  if (message.value("method", Json()) != pattern["method"]) return false;
  const Json wanted = pattern.value("params", Json::object());
  const Json found = message.value("params", Json());
  const auto agree = [&](const char* name) {
    return !wanted.contains(name) || found.value(name, Json()) == wanted[name];
  };
  return !wanted.is_object() || !found.is_object() || (agree("uri") && agree("version"));
}

}  // namespace

std::string difference(const Json& expected, const Json& actual, const std::string& place) {
  const auto differs = [&] { return place + ": expected " + expected.dump() + ", found " + actual.dump() + "\n"; };
  if (expected.type() != actual.type() && !(expected.is_number() && actual.is_number())) return differs();
  std::string found;
  if (expected.is_object()) {
    for (const auto& [name, value] : expected.items())
      found += difference(value, actual.value(name, Json("(nothing)")), place + "." + name);
    return found;
  }
  if (!expected.is_array()) return expected == actual ? "" : differs();
  if (expected.size() != actual.size()) return differs();
  for (std::size_t i = 0; i < expected.size(); ++i)
    found += difference(expected[i], actual[i], place + "[" + std::to_string(i) + "]");
  return found;
}

ServerProcess::ServerProcess(const Folder& folder, const Folder& cache) {
  std::signal(SIGPIPE, SIG_IGN);
  int to[2];
  int from[2];
  if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0) std::abort();
  process_ = fork();
  if (process_ == 0) {
    dup2(to[0], STDIN_FILENO);
    dup2(from[1], STDOUT_FILENO);
    setenv("XDG_CACHE_HOME", cache.path("").c_str(), 1);
    if (chdir(folder.path().c_str()) == 0) execl(FARCALL_TOOL, "farcall", "lsp", nullptr);
    _exit(127);
  }
  close(to[0]);
  close(from[1]);
  in_ = to[1];
  out_ = from[0];
}

ServerProcess::~ServerProcess() {
  finish();
  close(out_);
}

void ServerProcess::send_text(const std::string& body) {
  send_bytes("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

void ServerProcess::send_bytes(const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = write(in_, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno != EINTR) return;  // the server is gone, which the next read tells
    if (count > 0) done += static_cast<std::size_t>(count);
  }
}

bool ServerProcess::fill() {
  char chunk[65536];
  ssize_t count = 0;
  do {
    count = ::read(out_, chunk, sizeof chunk);
  } while (count < 0 && errno == EINTR);
  if (count > 0) bytes_.append(chunk, static_cast<std::size_t>(count));
  return count > 0;
}

std::optional<Json> ServerProcess::read() {
  constexpr const char* blank = "\r\n\r\n";
  std::size_t end = 0;
  while ((end = bytes_.find(blank)) == std::string::npos)
    if (!fill()) return std::nullopt;
  const std::size_t size = std::stoul(bytes_.substr(bytes_.find(": ") + 2));
  const std::size_t begin = end + 4;
  while (bytes_.size() < begin + size)
    if (!fill()) return std::nullopt;
  Json message = Json::parse(bytes_.substr(begin, size));
  bytes_.erase(0, begin + size);
  return message;
}

Json ServerProcess::expect(const Json& pattern) {
  const auto known = std::ranges::find_if(unexpected_, [&](const Json& each) { return is_meant(pattern, each); });
  if (known != unexpected_.end()) {
    Json found = std::move(*known);
    unexpected_.erase(known);
    return found;
  }
  while (std::optional<Json> message = read()) {
    if (is_meant(pattern, *message)) return std::move(*message);
    unexpected_.push_back(std::move(*message));
  }
  return nullptr;
}

bool ServerProcess::has_unexpected(const std::string& method) const {
  return std::ranges::any_of(unexpected_, [&](const Json& each) { return each.value("method", "") == method; });
}

Json ServerProcess::last_unexpected(const Json& pattern) const {
  const auto found =
      std::find_if(unexpected_.rbegin(), unexpected_.rend(), [&](const Json& each) { return is_meant(pattern, each); });
  return found == unexpected_.rend() ? Json() : *found;
}

int ServerProcess::finish() {
  if (in_ >= 0) close(in_);
  in_ = -1;
  if (process_ < 0) return -1;
  while (fill()) bytes_.clear();  // a server whose output nobody takes could not end
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) continue;
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace farcall::lsp::test
