# The shapes of shapes.h for Cap'n Proto.
@0xd4a90c4f1b7e2f65;

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("bench::cp");

enum Colour {
  red @0;
  green @1;
  blue @2;
}

struct Small {
  id @0 :Int64;
  name @1 :Text;
  value @2 :Float64;
  active @3 :Bool;
  colour @4 :Colour;
}

struct Weapon {
  name @0 :Text;
  damage @1 :Int32;
}

struct Monster {
  x @0 :Float32;
  y @1 :Float32;
  z @2 :Float32;
  health @3 :Int16;
  name @4 :Text;
  inventory @5 :Data;
  colour @6 :Colour;
  weapons @7 :List(Weapon);
}

struct Monsters {
  all @0 :List(Monster);
}

struct Doubles {
  all @0 :List(Float64);
}
