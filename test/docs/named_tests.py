#!/usr/bin/env python3
"""Every test that a page names exists: what the page says is shown by it.

named_tests.py CHECKOUT PAGE…

A table's last column and brackets name tests: `Suite.Case` of GoogleTest, or a name that CMake gives.
"""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
tests = root / "test"
existing = {f"{suite}.{case}"
            for source in (*tests.rglob("*_test.cpp"), *tests.rglob("*.h"))  # typed ones are in headers
            for suite, case in re.findall(r"^(?:TYPED_)?TEST(?:_F|_P)?\((\w+), (\w+)\)", source.read_text(), re.MULTILINE)}
existing |= {name
             for source in tests.rglob("CMakeLists.txt")
             for name in re.findall(r"add_test\(NAME ([\w.]+)", source.read_text())}


def names_in(line):
    if line.startswith("|"):
        places = [line.rstrip().removesuffix("|").rpartition("|")[2]]
    else:
        places = re.findall(r"\((`[A-Z]\w+\.[A-Z]\w+`[^()]*)\)", line)
    return [name for place in places for name in re.findall(r"`(\w+\.\w+|runtime_\w+)`", place)]


named = 0
missing = []
for page in sys.argv[2:]:
    for line in pathlib.Path(page).read_text().splitlines():
        names = names_in(line)
        named += len(names)
        missing += [f"{pathlib.Path(page).relative_to(root)}: there is no test {name}" for name in names if name not in existing]
print(f"{named} tests are named")
sys.exit("\n".join(missing) or (0 if named else "none is named: does the page still have its tables?"))
