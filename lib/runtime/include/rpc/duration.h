// std::chrono's durations, time points, clocks and literals, without its calendar and formatting: those would cost
// every source file that includes a generated header 0.1 s to compile.
#pragma once

#if __has_include(<bits/chrono.h>)
#include <bits/chrono.h>  // where libstdc++ keeps them since version 11
#else
#include <chrono>
#endif
