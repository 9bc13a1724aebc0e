// How fast messages go to a RabbitMQ, as the ratio to a bare publisher on librabbitmq that keeps as many unconfirmed:
// into the same quorum queue of one node, the same messages of 100 bytes with an id and a type.
//
//   amqp_bench [folder]         the queue is on the disk that the folder is on; default: the current folder
//
// "forwarded" are messages that wait in the sender's queue, on the disk, when the clock starts; it stops when the
// broker has confirmed them. "all the way" is the same from the calls, so with storing each durably before, which the
// bare publisher does not do.
//
// Bar: 0.8 of the bare publisher, forwarded. Rounds alternate; the medians count. The broker is that at $RABBITMQ, or
// is started for it.
#include <rpc/message.h>
#include <rpc/queue_control.h>

#include <amqp.h>
#include <amqp_tcp_socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/measure.h"
#include "runtime/queue/ledger.h"

namespace {

constexpr int messages = 40'000;
constexpr std::size_t message_size = 100;
constexpr std::uint64_t window = 1024;
constexpr int rounds = 5;
constexpr const char* queue_name = "farcall.Ledger";

template <class Work>
double rate(Work work) {
  const auto began = std::chrono::steady_clock::now();
  work();
  return messages / std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void require(bool succeeded, const char* what) {
  if (!succeeded) std::fprintf(stderr, "amqp_bench: %s failed\n", what), std::exit(1);
}

/// The least there is to do.
class BarePublisher {
 public:
  explicit BarePublisher(int port) : connection_(amqp_new_connection()) {
    amqp_socket_t* const socket = amqp_tcp_socket_new(connection_);
    require(amqp_socket_open(socket, "127.0.0.1", port) == AMQP_STATUS_OK, "connecting");
    amqp_login(connection_, "/", 0, 131'072, 0, AMQP_SASL_METHOD_PLAIN, "guest", "guest");
    amqp_channel_open(connection_, 1);
    amqp_confirm_select(connection_, 1);
    require(amqp_get_rpc_reply(connection_).reply_type == AMQP_RESPONSE_NORMAL, "opening a channel");
  }
  BarePublisher(const BarePublisher&) = delete;
  BarePublisher& operator=(const BarePublisher&) = delete;
  ~BarePublisher() { amqp_destroy_connection(connection_); }

  void empty_queue() { amqp_queue_purge(connection_, 1, amqp_cstring_bytes(queue_name)); }

  void publish_all() {
    std::string body(message_size, 'x');
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_TYPE_FLAG;
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    properties.message_id = amqp_cstring_bytes("0123456789abcdef0123456789abcdef/1#12345");
    properties.type = amqp_cstring_bytes("Ledger.record");
    const std::uint64_t last = sent_ + messages;
    while (confirmed_ < last) {
      for (; sent_ < last && sent_ - confirmed_ < window; ++sent_) {
        amqp_basic_publish(connection_, 1, amqp_empty_bytes, amqp_cstring_bytes(queue_name), 1, 0, &properties,
                           {body.size(), body.data()});
      }
      read_confirmation();
    }
  }

 private:
  // They come in order from one queue.
  void read_confirmation() {
    amqp_maybe_release_buffers(connection_);
    amqp_frame_t frame;
    require(amqp_simple_wait_frame(connection_, &frame) == AMQP_STATUS_OK, "reading");
    require(frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == AMQP_BASIC_ACK_METHOD, "publishing");
    const auto& ack = *static_cast<const amqp_basic_ack_t*>(frame.payload.method.decoded);
    confirmed_ = ack.multiple != 0 ? ack.delivery_tag : confirmed_ + 1;
  }

  amqp_connection_state_t connection_;
  std::uint64_t sent_ = 0;
  std::uint64_t confirmed_ = 0;
};

/// Those that were sent to nobody go to the broker. While they are moved none is forwarded.
double forwarded(const std::string& folder, const std::string& url, const rpc::Queue& outbox) {
  const std::string text(message_size, 'x');
  const LedgerClient nobody(rpc::connect("unix:" + folder + "/nobody", {.queue = outbox}));
  for (int i = 1; i < messages; ++i) nobody.async_record(text);
  rpc::Future<void> last = nobody.async_record(text).delivered();
  rpc::control_queue(folder + "/outbox")->move({.matching = rpc::QueueFilter{}}, url);
  return rate([&] { last.get(); });
}

double all_the_way(const std::string& url, const rpc::Queue& outbox) {
  const std::string text(message_size, 'x');
  const LedgerClient client(rpc::connect(url, {.queue = outbox}));
  return rate([&] {
    for (int i = 1; i < messages; ++i) client.async_record(text);
    client.async_record(text).delivered().get();
  });
}

void compare(const std::string& folder, const std::string& url) {
  const rpc::Queue outbox =
      rpc::open_queue({.folder = folder + "/outbox", .max_bytes = std::uint64_t{1} << 40, .first_retry = 1ms});
  const LedgerClient client(rpc::connect(url, {.queue = outbox}));
  client.async_record("the queue is there").delivered().get();
  BarePublisher bare(std::atoi(url.substr(url.rfind(':') + 1).c_str()));
  std::vector<double> rates[3];
  for (int round = 0; round < rounds; ++round) {
    rates[0].push_back(rate([&] { bare.publish_all(); }));
    bare.empty_queue();
    rates[1].push_back(forwarded(folder, url, outbox));
    bare.empty_queue();
    rates[2].push_back(all_the_way(url, outbox));
    bare.empty_queue();
  }
  const double most = bench::median(rates[0]);
  std::printf("bare publisher, window %d  %8.0f/s\n", static_cast<int>(window), most);
  std::printf("forwarded                   %8.0f/s  %.2f x (bar: 0.8)\n", bench::median(rates[1]),
              bench::median(rates[1]) / most);
  std::printf("all the way                 %8.0f/s  %.2f x\n", bench::median(rates[2]), bench::median(rates[2]) / most);
}

}  // namespace

int main(int count, char** arguments) {
  const char* const url = std::getenv("RABBITMQ");
  if (url == nullptr) {
    if (!std::filesystem::exists("/usr/lib/rabbitmq/bin/rabbitmq-server"))
      return std::puts("rabbitmq-server is not installed: ./dev deps rabbitmq"), 0;
    std::vector<char*> words = {const_cast<char*>("python3"), const_cast<char*>(FARCALL_BROKER)};
    words.insert(words.end(), arguments, arguments + count);
    words.push_back(nullptr);
    ::execvp(words[0], words.data());
    return std::perror("python3"), 1;
  }
  std::string folder = (std::filesystem::absolute(count > 1 ? arguments[1] : ".") / "amqp-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return std::perror(folder.c_str()), 1;
  compare(folder, url);
  std::filesystem::remove_all(folder);
}
