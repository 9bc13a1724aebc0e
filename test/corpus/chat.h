// A chat: the interface has its types inside, and a client that waits for what is new.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "page.h"

namespace chat {

class [[rpc::interface]] Chat {
 public:
  using Time = std::chrono::sys_time<std::chrono::milliseconds>;
  using RoomName = std::string;

  enum class Presence : std::uint8_t { offline, away, online };

  struct User {
    std::uint64_t id = 0;
    std::string name;
    Presence presence = Presence::offline;
  };

  struct Text {
    std::u8string text;
  };
  struct Image {
    enum class Format { png, jpeg };
    Format format = Format::png;
    std::vector<std::uint8_t> data;
  };
  struct Joined {};
  using Body = std::variant<Text, Image, Joined>;

  struct Message {
    std::uint64_t number = 0;
    User from;
    Time at{};
    Body body;
    std::map<std::string, std::set<std::uint64_t>> reactions;
  };

  virtual ~Chat() = default;

  virtual User join(const RoomName& room, const std::string& name) = 0;
  virtual std::uint64_t post(const RoomName& room, std::uint64_t user, const Body& body) = 0;
  [[nodiscard]] virtual common::Page<Message> history(const RoomName& room, std::uint64_t before,
                                                      std::uint32_t limit) const = 0;
  [[nodiscard]] virtual common::Page<User> members(const RoomName& room) const = 0;
  virtual void react(const RoomName& room, std::uint64_t message, std::uint64_t user, const std::string& emoji) = 0;
  [[rpc::async, rpc::timeout("60s")]] virtual std::vector<Message> wait_for(const RoomName& room,
                                                                            std::uint64_t after) = 0;
  [[rpc::maybe]] virtual void typing(const RoomName& room, std::uint64_t user) = 0;
  [[nodiscard]] virtual std::unordered_map<RoomName, std::uint64_t> rooms() const = 0;
};

}  // namespace chat
