// libprotobuf is the oracle of the tagged encoding: with the .proto that the tool writes it makes the same bytes of a
// value as generated code does, and each reads what the other wrote. Values are random. A failure says with which seed:
//
//   FARCALL_ORACLE_SEED=17 oracle_test       begins with that value
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>
#include <rpc/view_memory.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "oracle/message.h"
#include "oracle/random_value.h"
#include "types.rpc.cpp"

namespace oracle {
namespace {

namespace pb = google::protobuf;

/// The messages of the .proto, as protoc describes them.
class Proto {
 public:
  Proto() {
    std::ifstream stream(FARCALL_DESCRIPTORS, std::ios::binary);
    pb::FileDescriptorSet files;
    if (files.ParseFromIstream(&stream) && files.file_size() == 1) file_ = pool_.BuildFile(files.file(0));
    if (file_ == nullptr) throw std::runtime_error(FARCALL_DESCRIPTORS " has no descriptors");
  }

  std::unique_ptr<pb::Message> message(const std::string& name) {
    return std::unique_ptr<pb::Message>(factory_.GetPrototype(file_->FindMessageTypeByName(name))->New());
  }

 private:
  pb::DescriptorPool pool_;
  pb::DynamicMessageFactory factory_;
  const pb::FileDescriptor* file_ = nullptr;
};

Proto& proto() {
  static Proto made;
  return made;
}

std::string serialised(const pb::Message& message) {
  std::string bytes;
  pb::io::StringOutputStream stream(&bytes);
  pb::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

const rpc::Limits limits;

/// What write(encoder) writes.
template <class Write>
  requires std::is_invocable_v<Write, rpc::Encoder&>
std::string written(Write write) {
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, limits, rpc::Encoding::tagged);
  write(out);
  return {reinterpret_cast<const char*>(buffer.data()), buffer.size()};
}

template <Struct T>
std::string written(const T& value) {
  return written([&](rpc::Encoder& out) { rpc::tagged::write_record(out, rpc::Tagged<T>::type, &value); });
}

rpc::Decoder decoder(const std::string& bytes) {
  return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size(), limits, nullptr, rpc::Encoding::tagged};
}

template <class T>
T read(const std::string& bytes) {
  T value;
  rpc::Decoder in = decoder(bytes);
  rpc::tagged::read_record(in, rpc::Tagged<T>::type, &value);
  return value;
}

/// How the bytes of a value may differ.
enum class Order : std::uint8_t {
  canonical,  ///< not at all
  numbered,   ///< likewise, but fields cannot change places, as some refer to earlier ones
  free,       ///< elements may change places
};

template <class T>
struct Case {
  using Type = T;
  std::string name;
  Order order = Order::canonical;
};

std::uint64_t first_seed() {
  static const std::uint64_t seed = [] {
    const char* given = std::getenv("FARCALL_ORACLE_SEED");
    return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
  }();
  return seed;
}

/// Each field by itself, in any order: messages may be written so.
std::string shuffled(const pb::Message& message, Random& random) {
  std::vector<const pb::FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string bytes;
  while (!fields.empty()) {
    const auto chosen = fields.begin() + static_cast<std::ptrdiff_t>(random.below(fields.size()));
    const std::unique_ptr<pb::Message> rest(message.New());
    rest->CopyFrom(message);
    std::vector<const pb::FieldDescriptor*> all;
    rest->GetReflection()->ListFields(*rest, &all);
    for (const pb::FieldDescriptor* each : all) {
      if (each != *chosen) rest->GetReflection()->ClearField(rest.get(), each);
    }
    bytes += rest->SerializeAsString();
    fields.erase(chosen);
  }
  return bytes;
}

template <class T>
class Round {
 public:
  Round(const Case<T>& kind, std::uint64_t seed) : kind_(kind), random_(seed) {
    random_.fill(value_);
    expected_ = as_message(value_);
  }

  void run() {
    const std::string bytes = written(value_);
    const std::unique_ptr<pb::Message> parsed = proto().message(kind_.name);
    ASSERT_TRUE(parsed->ParseFromString(bytes)) << "libprotobuf does not take what the runtime wrote";
    expect_same(*parsed, "libprotobuf reads something else than the runtime wrote");
    if (kind_.order != Order::free) {
      EXPECT_EQ(bytes, serialised(*expected_)) << expected_->DebugString();
    }
    expect_read(serialised(*expected_), "the runtime reads something else than libprotobuf wrote");
    expect_read(bytes, "the runtime reads something else than it wrote");
    if (kind_.order != Order::numbered)
      expect_read(shuffled(*expected_, random_), "fields in another order mean something else");
    expect_read(serialised(*expected_) + "\xfa\xff\xff\xff\x0f\x03new", "a field that is not known is not skipped");
  }

 private:
  std::unique_ptr<pb::Message> as_message(const T& value) const {
    std::unique_ptr<pb::Message> made = proto().message(kind_.name);
    MessageMaker().give(*made, value);
    return made;
  }
  void expect_read(const std::string& bytes, const char* problem) { expect_same(*as_message(read<T>(bytes)), problem); }

  void expect_same(const pb::Message& found, const char* problem) {
    if (kind_.order != Order::free) {
      EXPECT_EQ(serialised(found), serialised(*expected_)) << problem;
      return;
    }
    pb::util::MessageDifferencer differencer;
    differencer.set_repeated_field_comparison(pb::util::MessageDifferencer::AS_SET);
    std::string difference;
    differencer.ReportDifferencesToString(&difference);
    EXPECT_TRUE(differencer.Compare(found, *expected_)) << problem << "\n" << difference;
  }

  const Case<T>& kind_;
  Random random_;
  T value_;
  std::unique_ptr<pb::Message> expected_;
};

/// Calls body(seed) for many seeds, until one fails.
template <class Body>
void each_seed(Body body) {
  constexpr std::uint64_t rounds = 200;
  std::cout << "FARCALL_ORACLE_SEED=" << first_seed() << "\n";
  for (std::uint64_t seed = first_seed(); seed != first_seed() + rounds; ++seed) {
    SCOPED_TRACE("FARCALL_ORACLE_SEED=" + std::to_string(seed));
    body(seed);
    if (testing::Test::HasFailure()) return;
  }
}

template <class T>
void agree(const Case<T>& kind) {
  each_seed([&](std::uint64_t seed) { Round<T>(kind, seed).run(); });
}

TEST(Oracle, AgreesOnNumbers) { agree(Case<Numbers>{"Numbers"}); }
TEST(Oracle, AgreesOnTexts) { agree(Case<Texts>{"Texts"}); }
TEST(Oracle, AgreesOnLists) { agree(Case<Lists>{"Lists"}); }
TEST(Oracle, AgreesOnSums) { agree(Case<Sums>{"Sums"}); }
TEST(Oracle, AgreesOnNodes) { agree(Case<Node>{"Node"}); }
TEST(Oracle, AgreesOnSharedObjects) { agree(Case<Shared>{"Shared", Order::numbered}); }
TEST(Oracle, AgreesOnWhatIsTheUsersOwn) { agree(Case<Own>{"Own"}); }
TEST(Oracle, AgreesOnMaps) { agree(Case<Maps>{"Maps", Order::free}); }

/// The parameters and results of Oracle::move.
struct Move {
  std::string name;
  std::vector<Point> points;
  std::u16string note;
  std::array<double, 3> at;
  Point both;
  std::tuple<int, Point, std::string> reply;

  explicit Move(Random& random) {
    std::apply([&](auto&... each) { (random.fill(each), ...); }, std::tie(name, points, note, at, both, reply));
  }
};

void agree_on_arguments(const Move& move) {
  const std::unique_ptr<pb::Message> request = proto().message("OracleMoveRequest");
  MessageMaker maker;
  maker.give(*request, 1, move.name);
  maker.give(*request, 2, move.points);
  maker.give(*request, 3, move.note);
  maker.give(*request, 4, move.at);
  maker.give(*request, 5, move.both);
  const std::string bytes = serialised(*request);
  EXPECT_EQ(bytes, written([&](rpc::Encoder& out) {
              OracleMarshalling::write_move_arguments(out, move.name, move.points, move.note, move.at, move.both);
            }));

  std::string_view name;
  std::span<const Point> points;
  std::u16string_view note;
  std::span<const double> at;
  Point both;
  rpc::internal::ViewMemory memory;
  rpc::Decoder in(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size(), limits, &memory,
                  rpc::Encoding::tagged);
  OracleMarshalling::read_move_arguments(in, name, points, note, at, both);
  EXPECT_EQ(name, move.name);
  EXPECT_TRUE(std::ranges::equal(
      points, move.points, {}, [](auto& p) { return std::pair(p.x, p.y); },
      [](auto& p) { return std::pair(p.x, p.y); }));
  EXPECT_EQ(note, move.note);
  EXPECT_TRUE(std::ranges::equal(at, move.at));
  EXPECT_EQ(std::pair(both.x, both.y), std::pair(move.both.x, move.both.y));
}

void agree_on_reply(const Move& move) {
  const auto message_of = [](const auto& reply) {
    std::unique_ptr<pb::Message> made = proto().message("OracleMoveReply");
    MessageMaker maker;
    maker.give(*made, 1, std::get<0>(reply));
    maker.give(*made, 6, std::get<1>(reply));
    maker.give(*made, 7, std::get<2>(reply));
    return serialised(*made);
  };
  const std::string bytes = message_of(move.reply);
  EXPECT_EQ(bytes, written([&](rpc::Encoder& out) { OracleMarshalling::write_move_reply(out, move.reply); }));
  std::tuple<int, Point, std::string> reply;
  rpc::Decoder in = decoder(bytes);
  OracleMarshalling::read_move_reply(in, reply);
  EXPECT_EQ(message_of(reply), bytes);
}

TEST(Oracle, AgreesOnCalls) {
  each_seed([](std::uint64_t seed) {
    Random random(seed);
    const Move move(random);
    agree_on_arguments(move);
    agree_on_reply(move);
  });
}

TEST(Oracle, AnEmptyMessageIsANewObject) {
  EXPECT_EQ(written(read<Numbers>("")), written(Numbers()));
  EXPECT_EQ(written(read<Own>("")), written(Own()));
}

}  // namespace
}  // namespace oracle
