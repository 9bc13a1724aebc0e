#!/usr/bin/env python3
"""The set-up of Helix in the documentation can be read, and names what is there."""
import pathlib
import sys
import tomllib

from session_test import expect, set_up


def main():
    page = pathlib.Path(sys.argv[1])
    languages = tomllib.loads(set_up(page, "toml", "language-server"))
    server = languages["language-server"]["farcall"]
    expect([server["command"], *server["args"]] == ["farcall", "lsp"], "another server is started")
    for each in server["config"]:
        expect(f"| `{each}` |" in page.read_text(encoding="utf-8"), f"the page does not tell the meaning of {each}")
    servers = {each["name"]: each["language-servers"] for each in languages["language"]}
    expect(servers == {"cpp": ["clangd", "farcall"]}, f"these are set up: {servers}")


if __name__ == "__main__":
    main()
