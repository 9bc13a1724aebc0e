// Frames, their buffers and the slots of calls, without a network.
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <algorithm>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "net/frame.h"
#include "net/in_buffer.h"
#include "net/messages.h"
#include "runtime/net/raw_peer.h"

namespace {

using namespace rpc::net;

const std::byte* data_of(const Bytes& bytes) { return reinterpret_cast<const std::byte*>(bytes.data()); }

TEST(Frames, EveryTruncationAsksForMore) {
  const Bytes frame = call_frame(7, 3, Bytes(50, 1), 250);
  Frame parsed;
  for (std::size_t size = 0; size < frame.size(); ++size) {
    const Bytes part(frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(parse_frame(data_of(part), part.size(), 1000, parsed), Parse::more) << size;
  }
  ASSERT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::frame);
  EXPECT_EQ(parsed.header.call, 7U);
  EXPECT_EQ(parsed.header.method, 3U);
  EXPECT_EQ(parsed.deadline_ms, 250U);
  EXPECT_EQ(parsed.body_size, 50U);
  EXPECT_EQ(parsed.total, frame.size());
}

TEST(Frames, TooLongIsBadBeforeItArrives) {
  const Bytes frame = call_frame(7, 3, Bytes(1001));
  Frame parsed;
  EXPECT_EQ(parse_frame(data_of(frame), header_size, 1000, parsed), Parse::bad);
  EXPECT_NE(std::string(parsed.problem).find("max_frame"), std::string::npos);
  EXPECT_EQ(parse_frame(data_of(frame), header_size, 1001, parsed), Parse::more);
}

TEST(Frames, BadOnes) {
  Frame parsed;
  Bytes frame = call_frame(1, 1, {});
  for (const std::uint8_t kind : {0, 12, 200}) {
    frame[4] = kind;
    EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad) << int{kind};
  }
  frame = call_frame(1, 1, {});
  frame[5] = 8;  // an unknown flag
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
  frame[5] = 1;  // metadata, and none there
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
  frame = call_frame(1, 1, {});
  frame[0] = 8;  // no room for the deadline
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
  frame[0] = 0;
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
}

TEST(Frames, MetadataStaysInsideItsFrame) {
  Bytes frame = call_frame(1, 1, {4, 0, 0, 0, 'a', 'b', 'c', 'd', 9});
  frame[5] = has_metadata;
  Frame parsed;
  ASSERT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::frame);
  EXPECT_EQ(parsed.metadata_size, 4U);
  EXPECT_EQ(parsed.body_size, 1U);
  frame[call_header_size] = 6;
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
  frame[call_header_size + 3] = 0xff;
  EXPECT_EQ(parse_frame(data_of(frame), frame.size(), 1000, parsed), Parse::bad);
}

// However the bytes are cut, the same frames come out.
TEST(Frames, InBufferTakesAnyCut) {
  std::mt19937 random(20240501);
  Bytes stream;
  std::vector<std::size_t> sizes;
  for (int i = 0; i < 300; ++i) {
    sizes.push_back(random() % (i % 50 == 0 ? 300'000 : 400));
    append(stream, call_frame(static_cast<std::uint32_t>(i), 1, Bytes(sizes.back(), static_cast<std::uint8_t>(i))));
  }
  InBuffer in(1 << 20, call_header_size);
  std::size_t given = 0;
  std::size_t seen = 0;
  ChunkRef kept;
  while (given < stream.size()) {
    const InBuffer::Space space = in.space();
    ASSERT_GT(space.size, 0U);
    const std::size_t size = std::min({space.size, stream.size() - given, std::size_t{1} + random() % 100'000});
    std::memcpy(space.at, stream.data() + given, size);
    in.add(size);
    given += size;
    Frame frame;
    while (in.next(frame) == Parse::frame) {
      ASSERT_LT(seen, sizes.size());
      ASSERT_EQ(frame.body_size, sizes[seen]);
      for (std::size_t i = 0; i < frame.body_size; ++i) ASSERT_EQ(frame.body[i], static_cast<std::byte>(seen));
      ++seen;
      if (random() % 5 == 0) {  // somebody keeps the request
        in.chunk()->retain();
        kept = ChunkRef(in.chunk());
      }
    }
    if (random() % 3 == 0) in.idle();
  }
  EXPECT_EQ(seen, sizes.size());
  EXPECT_FALSE(in.partial());
}

void feed(InBuffer& in, const Bytes& bytes) {
  for (std::size_t given = 0; given < bytes.size();) {
    const InBuffer::Space space = in.space();
    const std::size_t size = std::min(space.size, bytes.size() - given);
    std::memcpy(space.at, bytes.data() + given, size);
    in.add(size);
    given += size;
  }
}

/// Whether views may point into the first large block of the last frame, of which there is a part at first.
bool lies_well(std::size_t header, const Bytes& before, const Bytes& last) {
  InBuffer in(1 << 20, header);
  Frame frame;
  Bytes first = before;
  append(first, Bytes(last.begin(), last.begin() + 100));
  feed(in, first);
  while (in.next(frame) == Parse::frame) {}
  feed(in, Bytes(last.begin() + 100, last.end()));
  EXPECT_EQ(in.next(frame), Parse::frame);
  return (reinterpret_cast<std::uintptr_t>(frame.body) + rpc::wire::block_start) % rpc::wire::block_alignment == 0;
}

// The first frame in a chunk, and one that has to be moved into a larger one.
TEST(Frames, BodiesLieWhereViewsMayPointIntoThem) {
  const Bytes small = call_frame(1, 1, Bytes(3));
  for (const std::size_t size : {2'000, 300'000}) {
    EXPECT_TRUE(lies_well(call_header_size, {}, call_frame(1, 1, Bytes(size)))) << size;
    EXPECT_TRUE(lies_well(header_size, {}, plain_frame(Kind::reply, 1, Bytes(size)))) << size;
  }
  EXPECT_TRUE(lies_well(call_header_size, small, call_frame(1, 1, Bytes(300'000))));
  EXPECT_FALSE(lies_well(call_header_size, small, call_frame(1, 1, Bytes(2'000))));
}

// A header that announces the most costs no more memory than what arrives, also behind other frames.
/// Reads a frame of that many bytes that come bit by bit, behind another one.
void read_slowly(std::size_t announced, std::size_t before) {
  Bytes header(header_size);
  put_header(reinterpret_cast<std::byte*>(header.data()), Kind::reply, 0, 0, 0, announced);
  Bytes bytes = call_frame(1, 1, Bytes(before));
  append(bytes, header);
  InBuffer in(announced, header_size);
  Frame frame;
  feed(in, bytes);
  ASSERT_EQ(in.next(frame), Parse::frame);
  for (std::size_t arrived = header_size; arrived < announced; arrived += 10'000) {
    ASSERT_EQ(in.next(frame), Parse::more);
    in.space();
    ASSERT_LE(in.chunk()->capacity(), std::max(Chunk::usual_size, 20 * arrived)) << arrived << " after " << before;
    feed(in, Bytes(std::min<std::size_t>(10'000, announced - arrived)));
  }
  EXPECT_EQ(in.next(frame), Parse::frame);
}

TEST(Frames, AnnouncedSizesAreNotBelieved) {
  for (const std::size_t before : {0, 100, 60'000}) {
    std::thread([before] {
      read_slowly(std::size_t{4} << 20, before);
    }).join();  // which keeps no memory of another one
  }
}

TEST(Messages, RoundTrip) {
  rpc::Buffer out;
  put_bind(out, 100, rpc::Interface<Probe>::info());
  Frame frame;
  ASSERT_EQ(parse_frame(out.data(), out.size(), 1000, frame), Parse::frame);
  const Bind bind = read_bind(frame);
  EXPECT_EQ(bind.base, 100);
  EXPECT_EQ(bind.name, "Probe");
  EXPECT_EQ(bind.fingerprint, 0x1234567890abcdefU);
  EXPECT_EQ(bind.methods, (std::vector<std::string>{"add", "echo", "act", "note"}));
}

TEST(Messages, EveryTruncationIsMalformed) {
  rpc::Buffer out;
  put_bind(out, 0, rpc::Interface<Probe>::info());
  const Bytes bytes = bytes_of(out);
  for (std::size_t size = 0; size < bytes.size() - header_size; ++size) {
    const Bytes body(bytes.begin() + header_size, bytes.begin() + static_cast<std::ptrdiff_t>(header_size + size));
    Frame frame;
    frame.body = data_of(body);
    frame.body_size = body.size();
    EXPECT_THROW(read_bind(frame), rpc::Error) << size;
    EXPECT_THROW(read_hello(frame), rpc::Error) << size;
    EXPECT_THROW(read_welcome(frame), rpc::Error) << size;
  }
}

TEST(Messages, BindThatAnnouncesMoreThanItHolds) {
  rpc::Buffer out;
  put_bind(out, 0, rpc::Interface<Probe>::info());
  Bytes bytes = bytes_of(out);
  const std::size_t count_at = header_size + 2 + 5 + 8;
  bytes[count_at] = bytes[count_at + 1] = 0xff;
  Frame frame;
  ASSERT_EQ(parse_frame(data_of(bytes), bytes.size(), 1000, frame), Parse::frame);
  EXPECT_THROW(read_bind(frame), rpc::Error);
}

}  // namespace
