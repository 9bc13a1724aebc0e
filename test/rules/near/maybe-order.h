// Of these pairs, one is not a maybe call, or the names are about different things.
#pragma once

class Player {
 public:
  virtual ~Player() = default;
  [[rpc::maybe]] virtual void start_song(int number) = 0;
  [[rpc::async]] virtual void stop_song(int number) = 0;
  [[rpc::maybe]] virtual void open_lid() = 0;
  [[rpc::maybe]] virtual void close_window() = 0;
};
