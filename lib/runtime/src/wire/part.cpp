#include <rpc/wire/part.h>

namespace rpc::wire {

namespace {

/// How many bytes put_length() takes.
std::size_t length_size(std::size_t length) {
  std::byte bytes[max_length_size];
  return static_cast<std::size_t>(put_length(bytes, length) - bytes);
}

}  // namespace

PartWriter::PartWriter(Encoder& out, std::byte* to) : out_(out), begin_(nullptr), outer_start_(out.start_) {
  Writer at(out, to);
  at.nest();
  at.room(1);
  at.put_byte(0);
  begin_ = at.place();
  out_.start_ += out_.offset(begin_);
}

PartWriter::~PartWriter() {
  out_.start_ = outer_start_;
  Writer(out_, nullptr).unnest();
}

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

PartReader::PartReader(Decoder& in, const std::byte* from) : in_(in), outer_begin_(in.begin_), outer_end_(in.end_) {
  Reader at(in, from);
  at.nest();
  const std::size_t size = at.read_count(1);
  in_.begin_ = at.place();
  in_.end_ = at.place() + size;
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
