#!/usr/bin/env python3
"""Follows pages of the documentation, one after the other: writes their files, runs their commands, compares what
these print.

  ```cpp file=greeter.h      the block is written to that file
  ```console                 lines with "$ " are run in order; the lines below each are its output
  ```sh, ```cpp, …           only for the reader

A line "…" in the output stands for any lines, and "…" in a line for anything. A command that ends with " &" stays in the background until all is
done; it has started when its lines have been printed.
"""

import argparse
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

TIMEOUT = 600


def blocks(page):
    """The fenced blocks as (info string, text)."""
    return re.findall(r"^```([^\n]*)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def commands(console):
    """The commands of a console block as (command, expected output)."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected


def matches(expected, actual):
    pattern = "".join(r"(?:.*\n)*" if line == "…\n" else re.escape(line).replace("…", ".*")
                      for line in expected.splitlines(keepends=True))
    return re.fullmatch(pattern, actual) is not None


class Walk:
    def __init__(self, folder, environment):
        self.folder = folder
        self.environment = environment
        self.background = []

    def start(self, command):
        return subprocess.Popen(["bash", "-c", command], cwd=self.folder, env=self.environment, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                start_new_session=True)

    def run(self, command, expected):
        print("$", command, flush=True)
        if command.endswith(" &"):
            process = self.start("exec " + command.removesuffix(" &"))
            self.background.append(process)
            actual = "".join(process.stdout.readline() for _ in expected.splitlines())
        else:
            process = self.start(command)
            actual, _ = process.communicate(timeout=TIMEOUT)
        print(actual, end="", flush=True)
        if process.returncode:
            sys.exit(f"exit code {process.returncode}")
        if not matches(expected, actual):
            sys.exit(f"the page promises:\n{expected}")

    def stop(self):
        for process in self.background:
            os.killpg(process.pid, signal.SIGTERM)
            process.communicate(timeout=TIMEOUT)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    parser.add_argument("--checkout", required=True)
    parser.add_argument("--bin", required=True, help="where the farcall tool is")
    options = parser.parse_args()

    environment = dict(os.environ, FARCALL=options.checkout, FARCALL_LIB=options.bin + "/../lib",
                       CMAKE_PROGRAM_PATH=options.bin, CMAKE_BUILD_PARALLEL_LEVEL="2",
                       PATH=options.bin + ":" + os.environ["PATH"])
    with tempfile.TemporaryDirectory() as folder:
        environment["FARCALL_QUEUE_DIR"] = folder + "/queue"
        walk = Walk(folder, environment)
        try:
            for info, text in blocks("".join(page.read_text() for page in options.pages)):
                if name := re.search(r"\bfile=(\S+)", info):
                    pathlib.Path(folder, name[1]).write_text(text)
                elif info == "console":
                    for command, expected in commands(text):
                        walk.run(command, expected)
        finally:
            walk.stop()


main()
