// A part of a message that stands for itself: behind its length, aligned from its own start, and nothing beyond its end
// can be read. What it is for: values whose encoding a user wrote.
//
//   wire::PartWriter part(out, to);
//   Writer at(out, part.begin());
//   …
//   to = part.finish(at.place());
#pragma once

#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

namespace rpc::wire {

/// While it lives, the encoder is that of a part which begins at `begin`. Also counts a level of nesting, without which
/// a user's codec of a recursive type would recurse as deep as the bytes of a stranger want.
class OutPart {
 public:
  OutPart(Encoder& out, const std::byte* begin);
  OutPart(const OutPart&) = delete;
  OutPart& operator=(const OutPart&) = delete;
  ~OutPart();

 private:
  Encoder& out_;
  std::size_t outer_part_;
};

/// Writes the length last, as it is known only then.
class PartWriter {
 public:
  PartWriter(Encoder& out, std::byte* to);
  PartWriter(const PartWriter&) = delete;
  PartWriter& operator=(const PartWriter&) = delete;

  std::byte* begin() const { return begin_; }

  /// `to` is the end of the part. Returns it, perhaps moved.
  std::byte* finish(std::byte* to);

 private:
  Encoder& out_;
  std::byte* begin_;
  OutPart part_;
};

/// While it lives, the decoder has the part's bytes only.
class PartReader {
 public:
  /// Of a part behind its length, in the form that has in the exact encoding, or behind one that was read.
  PartReader(Decoder& in, const std::byte* from);
  PartReader(Decoder& in, Length length);
  PartReader(const PartReader&) = delete;
  PartReader& operator=(const PartReader&) = delete;
  ~PartReader();

  const std::byte* begin() const { return in_.begin_; }

  /// Throws Error (malformed) when bytes of the part are left. Returns its end.
  const std::byte* finish(Reader at) const;

 private:
  Decoder& in_;
  const std::byte* outer_begin_;
  const std::byte* outer_end_;
};

}  // namespace rpc::wire
