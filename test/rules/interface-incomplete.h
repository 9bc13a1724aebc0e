// What the class has is not known here. Include the header that defines it, or annotate the definition.
// From: Farcall.
#pragma once

class [[rpc::interface]] Thermostat;  // expect: interface-incomplete
