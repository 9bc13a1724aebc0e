#!/usr/bin/env python3
"""What the compiler plugin costs: CPU time of clang with and without it, for sources with and without stubs.

  plugin_bench.py --farcall build/release/bin/farcall --include lib/runtime/include

Pairs of runs alternate, and the least of each counts: noise only ever adds. The stubs are up to date, as they are in all
compilations but the first.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

from compile_bench import header, write

ROUNDS, BAR = 11, 1.05


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--farcall", required=True, help="the tool; the plugin is in ../lib beside it")
    arguments.add_argument("--include", required=True, help="the runtime's include folder")
    arguments.add_argument("--clang", default="clang++-22")
    options = arguments.parse_args()
    plugin = pathlib.Path(options.farcall).resolve().parent.parent / "lib" / "FarcallPlugin.so"
    good = True
    with tempfile.TemporaryDirectory() as folder:
        write(folder, "big.h", header())
        sources = {
            "a source without annotations": "#include <map>\n#include <string>\n#include <vector>\nint use() { return 7; }\n",
            "a client of 50 structs and 50 methods": '#include "big.rpc.h"\n'
                                                     "int use(bench::BigClient& big) { return big.ping(7); }\n",
            "the stubs themselves": '#include "big.rpc.cpp"\n',
        }
        for what, text in sources.items():
            source = write(folder, "source.cpp", text)
            plain = [options.clang, "-std=c++20", "-O2", "-Wno-unknown-attributes", "-I", options.include, "-c", source,
                     "-o", os.devnull]
            with_plugin = [*plain, f"-fplugin={plugin}"]
            cpu_seconds(with_plugin)
            pairs = [(cpu_seconds(plain), cpu_seconds(with_plugin)) for _ in range(ROUNDS)]
            without, with_it = (min(each) for each in zip(*pairs))
            good &= with_it <= BAR * without
            print(f"{what:<40} {without:6.2f} s  with the plugin {with_it:6.2f} s  {with_it / without:5.3f} x"
                  f"  (bar {BAR} x)" + ("" if with_it <= BAR * without else "  MISSED"))
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
