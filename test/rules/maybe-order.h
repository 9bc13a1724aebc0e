// Nothing orders maybe calls, not even two of one thread: the second can arrive first, or alone. Names that come in a
// sequence look as if the server counted on their order.
// From: DCE: a server runs maybe requests in parallel, and also runs those that come out of sequence.
#pragma once

class Player {
 public:
  virtual ~Player() = default;
  [[rpc::maybe]] virtual void start_song(int number) = 0;
  [[rpc::maybe]] virtual void stop_song(int number) = 0;  // expect: maybe-order
};
