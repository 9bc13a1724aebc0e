#!/usr/bin/env python3
"""Every test that a page names, as `Suite.Case`, exists: what the page says is shown by it.

named_tests.py CHECKOUT PAGE…
"""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
existing = {f"{suite}.{case}"
            for source in (root / "test").rglob("*_test.cpp")
            for suite, case in re.findall(r"^TEST(?:_F|_P)?\((\w+), (\w+)\)", source.read_text(), re.MULTILINE)}
named = 0
missing = []
for page in sys.argv[2:]:
    for line in pathlib.Path(page).read_text().splitlines():
        if line.startswith("|"):
            # The last column says what shows the first ones.
            names = re.findall(r"`(\w+\.\w+)`", line.rstrip().removesuffix("|").rpartition("|")[2])
            named += len(names)
            missing += [f"{pathlib.Path(page).relative_to(root)}: there is no test {name}" for name in names if name not in existing]
print(f"{named} tests are named")
sys.exit("\n".join(missing) or (0 if named else "none is named: does the page still have its tables?"))
