#include "lamp.rpc.cpp"  // for the plugin, which has no rule that compiles it
