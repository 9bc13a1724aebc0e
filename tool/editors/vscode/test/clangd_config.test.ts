// The text of .clangd: one more document where that is safe, nothing where it is quiet already, and no harm to others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { quietConfig, quietFragment } from "../src/clangd_config";

test("a new file has the fragment alone", () => {
  for (const text of [undefined, "", " \n\n"]) assert.deepEqual(quietConfig(text), { kind: "write", text: quietFragment });
});

test("what is there stays to the letter, and another document follows", () => {
  for (const text of [
    "CompileFlags:\n  Add: [-Wall, '-DX=\"a]\"']\n",
    "Diagnostics:\n  Suppress: [unused-variable]\n",
    "Diagnostics:\n  Suppress:\n    - a\n    - b\n",
    "If:\n  PathMatch: .*\\.h\nIndex: {Background: Skip}\n---\nHover: {ShowAKA: Yes}\n",
    "# we say nothing about [unknown-attributes\nHover: {ShowAKA: Yes}\n",
    "...\n",
  ]) {
    assert.deepEqual(quietConfig(text), { kind: "write", text: text + "---\n" + quietFragment });
  }
});

test("a line that does not end is ended, as the others are", () => {
  assert.deepEqual(quietConfig("Index: {}"), { kind: "write", text: "Index: {}\n---\n" + quietFragment });
  assert.deepEqual(quietConfig("Index: {}\r\nHover: {}"), {
    kind: "write",
    text: "Index: {}\r\nHover: {}\r\n---\r\nDiagnostics:\r\n  Suppress: [unknown-attributes]\r\n",
  });
});

test("nothing is written twice, nor against what somebody has decided", () => {
  for (const text of [
    quietFragment,
    "Diagnostics: {Suppress: [a, 'unknown-attributes']}\n",
    "Diagnostics:\n  Suppress:\n    - a\n    - unknown-attributes\n",
    "Diagnostics:\n  Suppress: '*'\n",
    "Diagnostics: {Suppress: [\"*\"]}\n",
    "CompileFlags: {Add: [-Wno-unknown-attributes]}\n",
    "CompileFlags: {Add: [-Wunknown-attributes]}\n",
  ]) {
    assert.deepEqual(quietConfig(text), { kind: "none" }, text);
  }
  const once = quietConfig("Index: {}\n");
  assert.ok(once.kind === "write");
  assert.deepEqual(quietConfig(once.text), { kind: "none" });
});

test("what is not understood is left to its owner", () => {
  for (const text of [
    "CompileFlags: {Add: [-Wall\n",
    "CompileFlags: ]\n",
    "%YAML 1.2\n---\nIndex: {}\n",
    "Index: \"not closed\n",
    "A: |\n  text\n",
    "A: >-\n  text\n",
    "\tIndex: {}\n",
  ]) {
    assert.deepEqual(quietConfig(text), { kind: "ask" }, text);
  }
});
