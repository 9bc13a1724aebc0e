// Lengths and counts at every border of their five forms.
#include <gtest/gtest.h>

#include "runtime/wire/bytes.h"

namespace {

std::string length_hex(std::size_t length) {
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits());
  rpc::Writer at = out.begin();
  at.room(rpc::max_length_size);
  at.put_length(length);
  out.commit(at);
  return test::hex(buffer.data(), buffer.size());
}

TEST(Length, ShortestFormIsWritten) {
  EXPECT_EQ(length_hex(0), "00");
  EXPECT_EQ(length_hex(239), "ef");
  EXPECT_EQ(length_hex(240), "f0 00");
  EXPECT_EQ(length_hex(240 + 255), "f0 ff");
  EXPECT_EQ(length_hex(240 + 256), "f1 00");
  EXPECT_EQ(length_hex(3311), "fb ff");
  EXPECT_EQ(length_hex(3312), "fc f0 0c");
  EXPECT_EQ(length_hex(65535), "fc ff ff");
  EXPECT_EQ(length_hex(65536), "fd 00 00 01");
  EXPECT_EQ(length_hex(0xff'ffff), "fd ff ff ff");
  EXPECT_EQ(length_hex(0x100'0000), "fe 00 00 00 01");
  EXPECT_EQ(length_hex(0xffff'ffff), "fe ff ff ff ff");
  EXPECT_EQ(length_hex(0x1'0000'0000), "ff 00 00 00 00 01 00 00 00");
}

TEST(Length, TextsOfBorderSizesComeBack) {
  for (const std::size_t size : {0UL, 1UL, 239UL, 240UL, 495UL, 496UL, 3311UL, 3312UL, 65535UL, 65536UL, 1'000'000UL}) {
    const std::string text(size, 'x');
    EXPECT_EQ(test::decoded<std::string>(test::encoded(text)), text) << size;
  }
}

// Short texts are written in one size, of which AddressSanitizer sees every byte too many.
TEST(Length, TextsAtTheEndOfTheMemoryMakeRoom) {
  for (std::size_t before = 480; before <= 512; ++before) {
    const std::pair<std::string, std::string> sent(std::string(before, 'x'), "");
    rpc::Buffer buffer;
    buffer.reserve(512);
    rpc::Encoder out(buffer, test::limits());
    rpc::Writer at = out.begin();
    at.write(sent);
    out.commit(at);
    std::pair<std::string, std::string> kept;
    test::decode_into(buffer.data(), buffer.size(), kept);
    EXPECT_EQ(kept, sent);
  }
}

// Short texts, long ones, and those that end with the message are decoded in different ways.
TEST(Length, TextsReplaceTextsOfAnyOtherSize) {
  const std::string letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  for (const std::size_t old_size : {0UL, 1UL, 8UL, 15UL, 16UL, 30UL}) {
    for (std::size_t size = 0; size < letters.size(); ++size) {
      for (const char* last : {"", "behind the first"}) {
        const std::pair<std::string, std::string> sent(letters.substr(0, size), last);
        std::pair<std::string, std::string> kept(std::string(old_size, 'x'), "y");
        test::decode_into(test::encoded(sent), kept);
        EXPECT_EQ(kept, sent) << old_size;
        kept.first.assign(60, 'z');  // gives it memory, most of which the next text leaves unused
        kept.first.resize(old_size);
        test::decode_into(test::encoded(sent), kept);
        EXPECT_EQ(kept, sent) << old_size;
        EXPECT_EQ(kept.first.c_str()[size], '\0');
      }
    }
  }
}

TEST(Length, LongerFormsThanNeededAreRead) {
  for (const char* bytes :
       {"01 41", "fc 01 00 41", "fd 01 00 00 41", "fe 01 00 00 00 41", "ff 01 00 00 00 00 00 00 00 41"}) {
    EXPECT_EQ(test::decoded<std::string>(test::from_hex(bytes)), "A") << bytes;
  }
}

TEST(Length, CutOffLengthsAreMalformed) {
  for (const char* bytes : {"f0", "fc", "fc 01", "fd 01 00", "fe 01 00 00", "ff 01 00 00 00 00 00 00"}) {
    EXPECT_NE(test::complaint<std::string>(test::from_hex(bytes)).find("expected"), std::string::npos) << bytes;
  }
}

}  // namespace
