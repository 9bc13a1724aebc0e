#!/usr/bin/env python3
"""farcall-clangd: the attributes are known, findings come with their fixes, and clangd lives on and writes nothing."""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from session_test import HEADER, expect


CAPABILITIES = {"textDocument": {"publishDiagnostics": {"relatedInformation": True},
                                 "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}}


class Client:
    """The other end of a language server."""

    def __init__(self, command, folder):
        self.server = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, method, parameters, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": parameters}
        text = json.dumps(message if number is None else {**message, "id": number}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.server.stdin.flush()

    def wait(self, matches):
        """The next message that is meant."""
        while True:
            length = 0
            while line := self.server.stdout.readline().strip():
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            expect(length, "clangd has gone")
            message = json.loads(self.server.stdout.read(length))
            if matches(message):
                return message

    def ask(self, method, parameters, number):
        self.send(method, parameters, number)
        return self.wait(lambda message: message.get("id") == number and "method" not in message)["result"]

    def open(self, uri, text):
        document = {"uri": uri, "languageId": "cpp", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(uri, 1)

    def diagnostics(self, uri, version):
        """What is shown of that version of the document."""
        shown = self.wait(lambda message: message.get("method") == "textDocument/publishDiagnostics" and
                          message["params"]["uri"] == uri and message["params"].get("version") == version)
        return shown["params"]["diagnostics"]


def edited(version):
    """What somebody types: half a word, half a header, other names, other lines."""
    text = HEADER.replace("name()", f"name{version}()")
    if version % 3 == 0:
        text = text[:len(text) * version // 80]
    return text.replace("class", "// above\nclass") if version % 2 else text.replace("rpc::async", "rpc::as")


def refuse(command):
    """Anything else than the clangd that fits."""
    done = subprocess.run(command, env={**os.environ, "FARCALL_CLANGD": "/bin/true"}, capture_output=True, text=True,
                          check=False)
    expect(done.returncode == 1 and "'/bin/true' does not use" in done.stderr, f"it is content with /bin/true: {done}")


def look_at(client, uri):
    found = {each["message"].splitlines()[0]: each for each in client.open(uri, HEADER)}
    title = next((each for each in found if each.endswith("[platform-type] (fix available)")), None)
    expect(title and len(found) == 1, f"clangd finds {list(found)}")
    actions = client.ask("textDocument/codeAction", {"textDocument": {"uri": uri}, "range": found[title]["range"],
                                                     "context": {"diagnostics": [found[title]]}}, 2)
    fixes = [edit["newText"] for each in actions if each.get("kind") == "quickfix"
             for edits in each["edit"]["changes"].values() for edit in edits]
    expect(fixes == ["std::int64_t"], f"clangd offers {actions}")
    line, text = next((number, text) for number, text in enumerate(HEADER.splitlines()) if "rpc::async" in text)
    where = {"line": line, "character": text.index("async")}
    offered = client.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": where}, 3)["items"]
    expect({"async", "maybe", "message"} <= {each["label"].strip() for each in offered}, f"clangd completes {offered}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clangd", required=True, help="farcall-clangd")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="farcall-clangd-") as name:
        folder = pathlib.Path(name)
        uri = (folder / "lamp.h").as_uri()
        (folder / "lamp.h").write_text(HEADER, encoding="utf-8")
        os.environ["XDG_CACHE_HOME"] = name
        refuse(options.clangd)
        client = Client([options.clangd, "--log=error"], folder)
        client.ask("initialize", {"capabilities": CAPABILITIES,
                                  "initializationOptions": {"fallbackFlags": ["-std=c++20", "-xc++-header"]}}, 1)
        look_at(client, uri)
        client.open((folder / "use.cpp").as_uri(), '#include "lamp.rpc.h"\n')  # for which a compiler would write it
        for version in range(2, 62):
            client.send("textDocument/didChange", {
                "textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": edited(version)}],
                "wantDiagnostics": True})  # at once, not when nobody types any more
            client.diagnostics(uri, version)
        client.ask("shutdown", None, 4)
        client.send("exit", None)
        expect(client.server.wait(60) == 0, "clangd does not end as it should")
        left = sorted(each.name for each in folder.iterdir() if each.name != "clangd")
        expect(left == ["lamp.h"], f"clangd has written: {left}")


if __name__ == "__main__":
    main()
