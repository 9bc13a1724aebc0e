// What the class has is not known here.
#pragma once

class [[rpc::interface]] Thermostat;  // expect: interface-incomplete
