// The wall clock of a program that is linked with it, which a test sets as an administrator would.
//
//   move_wall_clock(-24h);
#pragma once

#include <chrono>

/// To so much before or after the machine's. Any thread.
void move_wall_clock(std::chrono::seconds offset) noexcept;
