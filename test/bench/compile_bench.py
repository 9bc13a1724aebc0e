#!/usr/bin/env python3
"""What generated code costs the compiler: seconds of CPU, with g++ -O2.

  compile_bench.py --farcall build/release/bin/farcall --include lib/runtime/include

makes a header with 50 structs of 7 or 8 fields (no two alike, so that nothing folds) and 50 methods that use them,
generates its stubs, and measures
  - a source with only the user's own types
  - the generated source: at most 9.5 times that, which is 2 s where it takes 0.21 s
  - a source that makes one call: at most half of it more than the first, 0.1 s there
Seconds of different machines do not compare, and those of one machine only within a run: rounds of all three alternate.
"""
import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile

STRUCTS, METHODS, ROUNDS = 50, 50, 5  # and ping, which is called
# The mix of reference headers of this kind: half numbers and flags, the rest text, sequences and optionals.
FIELD_TYPES = [
    "bool", "bool", "std::int32_t", "std::int16_t", "std::uint64_t", "std::uint8_t", "float", "double", "Kind",
    "std::string", "std::string", "std::vector<double>", "std::vector<std::int32_t>", "std::vector<std::string>",
    "std::optional<std::string>", "std::optional<std::int64_t>", "std::optional<double>",
]
STANDARD = ["cstdint", "optional", "string", "vector"]


def structs(random_source):
    for i in range(STRUCTS):
        types = random_source.sample(FIELD_TYPES, 7 if i % 2 else 8)
        if i % 3 == 2:  # these build on an earlier one
            earlier = f"Record{random_source.randrange(i)}"
            types[random_source.randrange(len(types))] = random_source.choice([earlier, f"std::vector<{earlier}>"])
        random_source.shuffle(types)
        fields = "".join(f"  {kind} {'abcdefgh'[j]}_{i}{{}};\n" for j, kind in enumerate(types))
        yield f"struct Record{i} {{\n{fields}}};\n"


def methods(random_source):
    """Methods of every mode: most plain, every fifth asynchronous, every tenth without a reply. Each takes one to three
    parameters and gives a result; every struct is used by one method at least."""
    simple = ["int", "double", "bool", "Kind", "std::uint64_t", "std::string", "std::vector<double>"]
    for i in range(METHODS):
        record = f"Record{i % STRUCTS}"
        result = random_source.choice(simple + [f"Record{random_source.randrange(STRUCTS)}", f"std::vector<{record}>"])
        parameters = [f"{random_source.choice(simple)} p{j}" for j in range(random_source.randrange(3))]
        parameters.append(f"const {record}& record")
        random_source.shuffle(parameters)
        mode, result = ("[[rpc::maybe]] ", "void") if i % 10 == 7 else ("[[rpc::async]] ", result) if i % 5 == 3 else ("", result)
        yield f"  {mode}virtual {result} method{i}({', '.join(parameters)}) = 0;\n"


def header():
    random_source = random.Random(2)
    includes = "".join(f"#include <{name}>\n" for name in STANDARD)
    return (f"#pragma once\n{includes}namespace bench {{\nenum class Kind {{ one, two, three, ten = 10 }};\n"
            + "".join(structs(random_source))
            + "class [[rpc::interface]] Big {\n public:\n  virtual ~Big() = default;\n  virtual int ping(int number) = 0;\n"
            + "".join(methods(random_source)) + "};\n}\n")


def cpu_seconds(commands):
    """For each the least of several runs: noise only ever adds."""
    best = [float("inf")] * len(commands)
    for _ in range(ROUNDS):
        for i, command in enumerate(commands):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best[i] = min(best[i], after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


def report(what, seconds, ratio, bar):
    print(f"{what:<48} {seconds:6.2f} s CPU  {ratio:5.2f} x  (bar {bar:.2f} x)" + ("" if ratio <= bar else "  MISSED"))
    return ratio <= bar


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--farcall", required=True, help="the tool")
    arguments.add_argument("--include", required=True, help="the runtime's include folder")
    arguments.add_argument("--compiler", default="g++")
    arguments.add_argument("--keep", help="use this folder and leave the files there")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or temporary
        os.makedirs(folder, exist_ok=True)
        big = write(folder, "big.h", header())
        subprocess.run([options.farcall, "generate", big, "--", "-std=c++20"], check=True)
        own = write(folder, "own.cpp", '#include "big.h"\nvoid use(bench::Big& big) { big.ping(7); }\n')
        call = write(folder, "call.cpp", '#include "big.rpc.h"\n'
                     'void use(rpc::Channel channel) { bench::BigClient big(channel); big.ping(7); }\n')
        compiler = [options.compiler, "-std=c++20", "-O2", "-Wno-attributes", "-I", options.include, "-c", "-o", os.devnull]
        own_seconds, stubs, one_call = cpu_seconds(
            [compiler + [own], compiler + [os.path.join(folder, "big.rpc.cpp")], compiler + [call]])
        print(f"{'a source with the user' + chr(39) + 's own types':<48} {own_seconds:6.2f} s CPU")
        good = report("the generated source, 50 structs and 50 methods", stubs, stubs / own_seconds, 9.5)
        more = one_call - own_seconds
        good &= report("  one call more", more, more / own_seconds, 0.5)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
