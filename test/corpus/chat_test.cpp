#include "chat.rpc.h"

#include "corpus/corpus.h"

namespace corpus {

namespace {

using chat::Chat;

/// One room, whatever it is called.
class Lounge : public chat::ChatService {
 public:
  Chat::User join(const Chat::RoomName&, const std::string& name) override {
    return users_.emplace_back(Chat::User{users_.size(), name, Chat::Presence::online});
  }

  std::uint64_t post(const Chat::RoomName&, std::uint64_t user, const Chat::Body& body) override {
    messages_.push_back({messages_.size() + 1, users_.at(user), Chat::Time(std::chrono::milliseconds(7)), body, {}});
    return messages_.size();
  }

  common::Page<Chat::Message> history(const Chat::RoomName&, std::uint64_t before, std::uint32_t) const override {
    common::Page<Chat::Message> page;
    for (const Chat::Message& message : messages_) {
      if (message.number < before) page.items.push_back(message);
    }
    return page;
  }

  common::Page<Chat::User> members(const Chat::RoomName&) const override { return {users_, "", 1}; }

  void react(const Chat::RoomName&, std::uint64_t message, std::uint64_t user, const std::string& emoji) override {
    messages_.at(message - 1).reactions[emoji].insert(user);
  }

  rpc::Task<std::vector<Chat::Message>> wait_for(Chat::RoomName, std::uint64_t after) override {
    co_return std::vector<Chat::Message>(messages_.begin() + static_cast<std::ptrdiff_t>(after), messages_.end());
  }

  void typing(const Chat::RoomName&, std::uint64_t) override {}
  std::unordered_map<Chat::RoomName, std::size_t> rooms() const override { return {{"lounge", users_.size()}}; }

 private:
  std::vector<Chat::User> users_;
  std::vector<Chat::Message> messages_;
};

TEST_P(Corpus, Chat) {
  auto client = connect<Chat, chat::ChatClient>(std::make_shared<Lounge>());
  const Chat::User ada = client.join("lounge", "Ada");
  EXPECT_EQ(ada.presence, Chat::Presence::online);
  client.typing("lounge", ada.id);
  EXPECT_EQ(client.post("lounge", ada.id, Chat::Text{u8"h\u00e9llo"}), 1U);
  EXPECT_EQ(client.post("lounge", ada.id, Chat::Image{Chat::Image::Format::jpeg, {1, 2, 3}}), 2U);
  EXPECT_EQ(client.post("lounge", ada.id, Chat::Joined{}), 3U);
  client.react("lounge", 1, ada.id, "+1");

  const common::Page<Chat::Message> page = client.history("lounge", 2, 10);
  ASSERT_EQ(page.size(), 1U);
  EXPECT_EQ(page.items[0].from.name, "Ada");
  EXPECT_EQ(page.items[0].at, Chat::Time(std::chrono::milliseconds(7)));
  EXPECT_TRUE(std::get<Chat::Text>(page.items[0].body).text == u8"h\u00e9llo");
  EXPECT_TRUE(page.items[0].reactions.at("+1").contains(ada.id));

  const std::vector<Chat::Message> waited = client.async_wait_for("lounge", 1).get();
  ASSERT_EQ(waited.size(), 2U);
  EXPECT_EQ(std::get<Chat::Image>(waited[0].body).data.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<Chat::Joined>(waited[1].body));
  EXPECT_EQ(client.members("lounge").items.at(0).name, "Ada");
  EXPECT_EQ(client.rooms().at("lounge"), 1U);
}

}  // namespace
}  // namespace corpus
