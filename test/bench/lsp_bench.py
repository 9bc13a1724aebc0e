#!/usr/bin/env python3
"""How long an editor waits for `farcall lsp`: milliseconds by the clock, and memory.

  lsp_bench.py --farcall build/release/bin/farcall

opens a header with 50 methods and the usual standard includes, types into it, and measures
  - from opening to the first diagnostics, for a header that is open for the first time, and for one that was open
    before: at most 1.5 times `clang++-22 -fsyntax-only` of it
  - from an edit to the diagnostics of that version: at most 50 ms at the median
  - resident memory of the server afterwards: at most 250 MB
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

METHODS, EDITS, ROUNDS = 50, 60, 5

HEADER = """#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace plant {
struct Reading {
  std::string sensor;
  double celsius;
  std::chrono::sys_time<std::chrono::milliseconds> at;
};

class [[rpc::interface]] Plant {
 public:
  virtual ~Plant() = default;
""" + "".join(f"  [[rpc::async]] virtual std::map<std::string, Reading> history{i}(std::string sensor, int days) = 0;\n"
              for i in range(METHODS)) + "};\n}  // namespace plant\n"


class Server:
    """The messages of one session, each in its own time."""

    def __init__(self, farcall):
        self.process = subprocess.Popen([farcall, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send("initialize", {"processId": None, "capabilities": {}, "rootUri": None}, id=1)
        self.wait(lambda message: message.get("id") == 1)
        self.send("initialized", {})

    def send(self, method, params, **more):
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.process.stdin.flush()

    def wait(self, wanted):
        while True:
            length = 0
            while (line := self.process.stdout.readline().strip()):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message = json.loads(self.process.stdout.read(length))
            if wanted(message):
                return message

    def diagnostics(self, version):
        found = self.wait(lambda message: message.get("method") == "textDocument/publishDiagnostics"
                          and message["params"].get("version", version) == version)
        return found["params"]["diagnostics"]

    def resident_mb(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def end(self):
        self.send("shutdown", None, id=2)
        self.wait(lambda message: message.get("id") == 2)
        self.send("exit", None)
        self.process.wait()


def open_header(farcall, header):
    """A server that shows the header, and the time this took, without the server's own start."""
    server = Server(farcall)
    begin = time.monotonic()
    server.send("textDocument/didOpen", {"textDocument": {"uri": header.as_uri(), "languageId": "cpp", "version": 0,
                                                          "text": HEADER}})
    server.diagnostics(0)
    return server, time.monotonic() - begin


# What the header says after an edit, by what the edit is: the number of its errors.
TEXTS = {
    "right": (lambda version: HEADER.replace("int days", "int days" + "x" * version), 0),
    "breaks a rule": (lambda version: HEADER.replace("int days", "void* days" + "x" * version, 1), 1),
    "half typed": (lambda version: HEADER.replace("int days", "in days" + "x" * version, 1), 1),
}


def type_into(server, header):
    """What each edit takes until its diagnostics are there, by what it is."""
    times = {what: [] for what in TEXTS}
    for version in range(1, EDITS + 1):
        what, (text, errors) = list(TEXTS.items())[version % len(TEXTS)]
        begin = time.monotonic()
        server.send("textDocument/didChange", {"textDocument": {"uri": header.as_uri(), "version": version},
                                               "contentChanges": [{"text": text(version)}]})
        found = [each for each in server.diagnostics(version) if each["severity"] == 1]
        times[what].append(time.monotonic() - begin)
        if len(found) != errors:
            sys.exit(f"version {version}, {what}, has {len(found)} errors")
    return times


def parse_seconds(clang, header):
    begin = time.monotonic()
    subprocess.run([clang, "-std=c++20", "-xc++", "-fsyntax-only", "-w", str(header)], check=True)
    return time.monotonic() - begin


def report(what, value, unit, limit, ratio=""):
    fits = value <= limit
    print(f"{what:<46} {value:6.1f} {unit}  {ratio}(at most {limit:.0f} {unit}) {'' if fits else 'TOO MUCH'}")
    return fits


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--farcall", required=True, help="the tool")
    parser.add_argument("--clang", default="clang++-22", help="what it is measured against")
    parser.add_argument("--include", help="not used")
    options = parser.parse_args()
    parse, first, again = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        header = pathlib.Path(folder) / "plant.h"
        header.write_text(HEADER, encoding="utf-8")
        for number in range(ROUNDS):
            os.environ["XDG_CACHE_HOME"] = os.path.join(folder, f"cache{number}")
            parse.append(parse_seconds(options.clang, header))
            for times in (first, again):
                server, seconds = open_header(options.farcall, header)
                times.append(seconds)
                if times is first:
                    server.end()
            if number + 1 < ROUNDS:
                server.end()
        edits = type_into(server, header)
        memory = server.resident_mb()
        server.end()
    print(f"{'clang++ -fsyntax-only':<46} {min(parse) * 1000:6.1f} ms")
    limit = min(parse) * 1500
    fits = report("opened for the first time", min(first) * 1000, "ms", limit, f"{min(first) / min(parse):.2f} x  ")
    fits &= report("opened again", min(again) * 1000, "ms", limit, f"{min(again) / min(parse):.2f} x  ")
    for what, times in edits.items():
        fits &= report(f"an edit, {what}, median of {len(times)}", statistics.median(times) * 1000, "ms", 50)
    fits &= report("memory", memory, "MB", 250)
    sys.exit(0 if fits else 1)


if __name__ == "__main__":
    main()
