#!/usr/bin/env python3
"""Every relative link of every page leads somewhere."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
broken = []
for page in pages:
    text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target and not (page.parent / target).exists():
            broken.append(f"{page.relative_to(root)}: {target}")
print(f"{len(pages)} pages")
sys.exit("\n".join(broken) or 0)
