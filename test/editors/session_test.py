#!/usr/bin/env python3
"""An editor with the set-up of the documentation: a finding is shown, its fix and a refactoring are applied, saving writes
stubs that compile."""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SESSIONS = pathlib.Path(__file__).parent
HEADER = """#pragma once
#include <string>

class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  /* größer 😀 */ virtual long level() = 0;
  [[rpc::async]] virtual std::string name() = 0;
};
"""


def run(command, folder, **more):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def expect(condition, what):
    if not condition:
        sys.exit(what)


def set_up(page, language, call):
    """The blocks of the page that call this."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return "".join(each for each in blocks if call in each)


def neovim(program, page):
    """The set-up that this version understands, to be put into the file set-up, and the command of a session."""
    version = re.search(r"NVIM v(\d+)\.(\d+)", run([program, "--version"], page.parent))
    call = "vim.lsp.config" if tuple(map(int, version.groups())) >= (0, 11) else "vim.lsp.start_client"
    return set_up(page, "lua", call), [program, "--headless", "-u", "NONE", "-i", "NONE", "-n",
                                       "-c", "luafile set-up", "-c", f"luafile {SESSIONS}/session.lua"]


def emacs(program, page):
    """The set-up of eglot, and the command. The one of lsp-mode is only read."""
    return set_up(page, "elisp", '"farcall" "lsp"'), [program, "-q", "--batch", "-l", "./set-up",
                                                         "-l", f"{SESSIONS}/session.el"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("editor", choices=["neovim", "emacs"])
    parser.add_argument("--program", required=True)
    parser.add_argument("--bin", required=True, help="the folder of farcall")
    parser.add_argument("--include", required=True, help="of the runtime")
    parser.add_argument("--page", type=pathlib.Path, required=True, help="the documentation of the set-up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="farcall-editor-") as name:
        folder = pathlib.Path(name)
        (folder / "lamp.h").write_text(HEADER, encoding="utf-8")
        environment = dict(os.environ, PATH=options.bin + ":" + os.environ["PATH"], HOME=name,
                           XDG_CACHE_HOME=str(folder / "cache"))
        text, session = {"neovim": neovim, "emacs": emacs}[options.editor](options.program, options.page)
        (folder / "set-up").write_text(text, encoding="utf-8")
        said = run(session, folder, env=environment)
        for line in ("underlined: long", "missing: true", "chosen: write 'std::int64_t'",
                     "chosen: make 'level' async", "done: true"):
            expect(line in said, f"{options.editor} did not say '{line}', but:\n{said}")
        header = (folder / "lamp.h").read_text(encoding="utf-8")
        wanted = HEADER.replace("virtual long", "[[rpc::async]] virtual std::int64_t")
        expect(header == wanted, "the header is not as expected:\n" + header)
        run(["farcall", "generate", "--check", "lamp.h"], folder, env=environment)
        run(["g++", "-std=c++20", "-Wno-attributes=rpc::", "-fsyntax-only", "-I" + options.include, "lamp.rpc.cpp"], folder)


if __name__ == "__main__":
    main()
