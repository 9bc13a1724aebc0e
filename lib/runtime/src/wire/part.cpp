#include <rpc/wire/part.h>

namespace rpc::wire {

namespace {

/// How many bytes put_length() takes.
std::size_t length_size(std::size_t length) {
  std::byte bytes[max_length_size];
  return static_cast<std::size_t>(put_length(bytes, length) - bytes);
}

/// Leaves the byte of a short length.
std::byte* after_short_length(Encoder& out, std::byte* to) {
  Writer at(out, to);
  at.room(1);
  at.put_byte(0);
  return at.place();
}

/// Where a part begins, and its size.
Length length_at(Decoder& in, const std::byte* from) {
  Reader at(in, from);
  const std::size_t size = at.read_count(1);
  return {at.place(), size};
}

}  // namespace

OutPart::OutPart(Encoder& out, const std::byte* begin) : out_(out), outer_part_(out.part_) {
  Writer(out, nullptr).nest();
  out_.part_ += out_.offset(begin);
}

OutPart::~OutPart() {
  out_.part_ = outer_part_;
  Writer(out_, nullptr).unnest();
}

PartWriter::PartWriter(Encoder& out, std::byte* to)
    : out_(out), begin_(after_short_length(out, to)), part_(out, begin_) {}

std::byte* PartWriter::finish(std::byte* to) {
  const std::size_t size = out_.offset(to);
  const std::size_t more = length_size(size) - 1;
  Writer at(out_, to);
  at.room(more);
  std::byte* const begin = at.place() - size;
  if (more != 0) std::memmove(begin + more, begin, size);
  put_length(begin - 1, size);
  return begin + more + size;
}

PartReader::PartReader(Decoder& in, const std::byte* from) : PartReader(in, length_at(in, from)) {}

PartReader::PartReader(Decoder& in, Length length) : in_(in), outer_begin_(in.begin_), outer_end_(in.end_) {
  Reader(in, length.end).nest();
  in_.begin_ = length.end;
  in_.end_ = length.end + length.value;
}

PartReader::~PartReader() {
  in_.begin_ = outer_begin_;
  in_.end_ = outer_end_;
  Reader(in_, nullptr).unnest();
}

const std::byte* PartReader::finish(Reader at) const {
  in_.finish(at);
  return at.place();
}

}  // namespace rpc::wire
