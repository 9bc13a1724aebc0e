#include "net/socket.h"
#include "pending_call.h"
#include "queue/control.h"
#include "queue/folder.h"

#include <rpc/channel.h>
#include <rpc/queue_control.rpc.h>

#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <thread>

namespace rpc {

namespace {

using std::chrono::steady_clock;

/// How long a process may take from having a queue to being there to be asked.
constexpr std::chrono::seconds time_to_open{2};

/// The queue of another process, and the folder its socket is in.
struct Elsewhere {
  net::Fd folder;
  QueueControlClient control;
};

std::string absolute(const std::string& folder) {
  std::error_code error;
  const std::filesystem::path path = std::filesystem::absolute(folder, error);
  if (!error && std::filesystem::exists(path / "messages.db", error)) return path;
  throw Error(Code::not_stored,
              "there is no queue in " + folder + (error ? ": " + error.message() : ": it has no messages.db"));
}

/// Found out at once, which a channel leaves to its calls.
bool listens(const std::string& path) {
  const net::Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return ::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::string in_words(std::chrono::nanoseconds time) {
  const auto whole = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return whole % 1000 == 0 ? std::to_string(whole / 1000) + " s" : std::to_string(whole) + " ms";
}

/// Null if nobody listens.
std::shared_ptr<QueueControl> ask(const std::string& path, std::chrono::nanoseconds deadline) {
  net::Fd folder = queue::Folder::open(path);
  const std::string socket = queue::Folder::control_path(folder);
  if (!listens(socket)) return nullptr;
  QueueControlClient client(connect("unix:" + socket, {.limits = {.max_datagram = 0}}), {.deadline = deadline});
  const auto elsewhere = std::make_shared<Elsewhere>(std::move(folder), std::move(client));
  const auto until = internal::time_after(steady_clock::now(), deadline);
  try {
    elsewhere->control.state();
  } catch (const Error& error) {
    const bool is_lost = error.code() == Code::unavailable;
    if (is_lost && steady_clock::now() < until) return nullptr;  // it ended meanwhile
    if (!is_lost && error.code() != Code::deadline_exceeded) throw;
    throw Error(Code::deadline_exceeded, queue::Folder::holder(path) + " has the queue in " + path +
                                             " open, and does not answer within " + in_words(deadline) +
                                             ": is it stopped?");
  }
  return {elsewhere, &elsewhere->control};
}

}  // namespace

std::shared_ptr<QueueControl> control_queue(const std::string& folder, std::chrono::nanoseconds deadline) {
  const std::string path = absolute(folder);
  const auto until = steady_clock::now() + std::min<std::chrono::nanoseconds>(deadline, time_to_open);
  for (;;) {
    if (std::optional<queue::Folder> visited = queue::Folder::visit(path))
      return std::make_shared<queue::Control>(std::make_shared<queue::Core>(QueueOptions(), std::move(*visited)));
    if (std::shared_ptr<QueueControl> found = ask(path, deadline)) return found;
    if (steady_clock::now() >= until) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw Error(Code::unavailable, queue::Folder::holder(path) + " has the queue in " + path +
                                     " open, and does not listen for questions about it");
}

}  // namespace rpc
