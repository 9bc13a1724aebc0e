#!/usr/bin/env python3
"""What `farcall generate` costs: seconds of CPU, against Clang's own look at the same header.

  generate_bench.py --farcall build/release/bin/farcall

makes ten headers with an interface each and the usual standard includes, and measures
  - one header: at most 1.3 times `clang++-22 -fsyntax-only` of it
  - ten headers in one call: at most 2 times one header
  - one header again, when nothing has changed: at most half of what it takes to start Clang
  - one header that has changed, with its first includes precompiled: at most 0.3 times Clang's parse of it
Fresh output and no stamps for the first two, so that everything is parsed and written. The best of some rounds counts; the rounds alternate.
"""
import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile

HEADERS, ROUNDS = 10, 15

TEMPLATE = """#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plant@ {{
enum class Mode : std::uint8_t {{ off, heating, cooling }};
struct Reading {{
  std::string sensor;
  double celsius;
  std::chrono::sys_time<std::chrono::milliseconds> at;
  std::optional<Mode> mode;
}};

class [[rpc::interface]] Thermostat {{
 public:
  virtual ~Thermostat() = default;
{methods}}};
}}
"""
METHODS = "".join(f"""  virtual double target{i}() const = 0;
  [[rpc::async]] virtual std::vector<Reading> history{i}(std::string sensor, int days) = 0;
  [[rpc::maybe]] virtual void heartbeat{i}(const std::map<std::string, Reading>& node) = 0;
""" for i in range(5))


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def best_of(commands, clean):
    """The least CPU time of each command over all rounds."""
    best = [float("inf")] * len(commands)
    for _ in range(ROUNDS):
        for index, command in enumerate(commands):
            clean()
            best[index] = min(best[index], cpu_seconds(command))
    return best


def append(header):
    with open(header, "a", encoding="utf-8") as file:
        file.write("// More.\n")


def report(what, seconds, baseline, limit):
    ratio = seconds / baseline
    fits = ratio <= limit
    print(f"{what:<46} {seconds * 1000:6.0f} ms  {ratio:5.2f} x  (at most {limit}) {'' if fits else 'TOO SLOW'}")
    return fits


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farcall", required=True, help="the tool")
    parser.add_argument("--clang", default="clang++-22", help="what it is measured against")
    parser.add_argument("--include", help="not used")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cache = os.environ["XDG_CACHE_HOME"] = os.path.join(folder, "cache")
        headers = []
        for number in range(HEADERS):
            headers.append(os.path.join(folder, f"plant{number}.h"))
            with open(headers[-1], "w", encoding="utf-8") as file:
                file.write(TEMPLATE.format(methods=METHODS).replace("@", str(number)))
        out = os.path.join(folder, "gen")
        flags = ["--", "-std=c++20"]
        generate = [options.farcall, "generate", "--out-dir=" + out]
        clang, one, ten = best_of(
            [[options.clang, "-std=c++20", "-xc++", "-fsyntax-only", "-w", headers[0]],
             generate + headers[:1] + flags,
             generate + headers + flags],
            clean=lambda: [shutil.rmtree(each, ignore_errors=True) for each in (out, cache)])
        again = generate + headers[:1] + flags
        subprocess.run(again, check=True)
        start, unchanged = best_of([[options.clang, "-###", "-c", headers[0]], again], clean=lambda: None)
        append(headers[0])
        subprocess.run(again, check=True)  # makes what is precompiled
        changed, = best_of([again], clean=lambda: append(headers[0]))
    print(f"{'clang++ -fsyntax-only, one header':<46} {clang * 1000:6.0f} ms")
    fits = report("farcall generate, one header", one, clang, 1.3)
    fits &= report(f"farcall generate, {HEADERS} headers, against one", ten, one, 2)
    print(f"{'starting clang++':<46} {start * 1000:6.0f} ms")
    fits &= report("farcall generate, nothing changed", unchanged, start, 0.5)
    fits &= report("farcall generate, the header changed", changed, clang, 0.3)
    sys.exit(0 if fits else 1)


if __name__ == "__main__":
    main()
