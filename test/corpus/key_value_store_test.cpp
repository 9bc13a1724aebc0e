#include "key_value_store.rpc.h"

#include <map>

#include "corpus/corpus.h"

namespace corpus {

namespace {

kv::Bytes bytes(const std::string& text) {
  const auto* first = reinterpret_cast<const std::byte*>(text.data());
  return {first, first + text.size()};
}

class MapStore : public kv::Store {
 public:
  std::optional<kv::Entry> get(const kv::Key& key) const override {
    const auto entry = entries_.find(key);
    return entry == entries_.end() ? std::nullopt : std::optional(entry->second);
  }

  std::uint64_t put(kv::Key key, kv::Bytes value, std::optional<std::chrono::milliseconds> time_to_live) override {
    entries_[std::move(key)] = {std::move(value), ++revision_, time_to_live};
    return revision_;
  }

  bool compare_and_swap(const kv::Key& key, std::uint64_t revision, kv::Entry& entry) override {
    std::swap(entries_[key], entry);
    if (entry.revision == revision) return true;
    std::swap(entries_[key], entry);
    return false;
  }

  common::Page<std::pair<kv::Key, kv::Entry>> scan(const std::string& prefix, std::uint32_t limit,
                                                   const std::string& from) const override {
    common::Page<std::pair<kv::Key, kv::Entry>> page;
    for (auto i = entries_.lower_bound(std::max(prefix, from)); i != entries_.end() && i->first.starts_with(prefix);
         ++i) {
      ++page.total;
      if (page.size() < limit)
        page.items.push_back(*i);
      else if (page.next.empty())
        page.next = i->first;
    }
    return page;
  }

  std::variant<kv::Committed, kv::Conflict> transact(const std::vector<kv::Step>& steps) override {
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (const auto* expect = std::get_if<kv::Expect>(&steps[i])) {
        std::optional<kv::Entry> found = get(expect->key);
        if (expect->revision != (found ? found->revision : 0)) return kv::Conflict{i, std::move(found)};
      }
    }
    for (const kv::Step& step : steps) {
      if (const auto* write = std::get_if<kv::Put>(&step)) put(write->key, write->value, {});
      if (const auto* erase = std::get_if<kv::Erase>(&step)) entries_.erase(erase->key);
    }
    return kv::Committed{revision_};
  }

  void touch(const kv::Key&) override {}

 private:
  std::map<kv::Key, kv::Entry> entries_;
  std::uint64_t revision_ = 0;
};

TEST_P(Corpus, KeyValueStore) {
  auto store = connect<kv::Store, kv::StoreClient>(std::make_shared<MapStore>());
  EXPECT_EQ(store.put("a/1", bytes("one"), std::chrono::seconds(3)), 1U);
  EXPECT_EQ(store.put("a/2", bytes(std::string(5000, 'x')), {}), 2U);
  EXPECT_EQ(store.get("a/1"), (kv::Entry{bytes("one"), 1, std::chrono::milliseconds(3000)}));
  EXPECT_EQ(store.get("b"), std::nullopt);

  const auto page = store.scan("a/", 1);
  EXPECT_EQ(page.items.at(0).first, "a/1");
  EXPECT_EQ(page.next, "a/2");
  EXPECT_TRUE(store.scan("a/", 10, page.next).last());

  kv::Entry entry{bytes("uno"), 7, {}};
  EXPECT_TRUE(store.compare_and_swap("a/1", 1, entry));
  EXPECT_EQ(entry.value, bytes("one"));

  const auto done = store.transact({kv::Expect{"a/1", 7}, kv::Erase{"a/2"}, kv::Put{"c", {}}});
  EXPECT_EQ(std::get<kv::Committed>(done).revision, 3U);
  const auto conflict = store.transact({kv::Expect{"c", 3}, kv::Expect{"a/1", 8}});
  EXPECT_EQ(std::get<kv::Conflict>(conflict).step, 1U);
  EXPECT_EQ(std::get<kv::Conflict>(conflict).found, (kv::Entry{bytes("uno"), 7, {}}));
  store.touch("c");
}

}  // namespace
}  // namespace corpus
