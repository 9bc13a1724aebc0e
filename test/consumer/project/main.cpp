#include <rpc/rpc.h>

#include <iostream>

#include "lamp.rpc.h"

class Bulb : public home::Lamp {
 public:
  std::string paint(std::string room, palette::Colour colour) override {
    ++painted_;
    return room + " is " + std::to_string(colour.blue) + " blue, by " PALETTE_MAKER;
  }
  long painted() override { return painted_; }

 private:
  long painted_ = 0;
};

int main() {
  rpc::Server server;
  server.serve<home::Lamp>(std::make_shared<Bulb>());
  home::LampClient lamp(rpc::connect(server.listen("inproc:lamp")));
  palette::Colour colour;
  colour.blue = 7;
  std::cout << lamp.paint("the hall", colour) << '\n' << lamp.painted() << '\n';
}
