// Finding the program, and telling a server from what is none.

import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { findProgram, refusalOf } from "../src/program";

const root = mkdtempSync(join(tmpdir(), "farcall-vscode-"));
after(() => rmSync(root, { recursive: true }));

/** A program that does what the lines of a shell script say. */
function program(path: string, script = ""): string {
  const file = join(root, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

const surroundings = {
  searchPath: `${root}/none::${root}/first:${root}/second`,
  folder: `${root}/project`,
  home: `${root}/home`,
};
const find = (setting: string) => findProgram(setting, surroundings);

test("a name is looked for on PATH, and the first counts that can be started", () => {
  mkdirSync(join(root, "first/farcall"), { recursive: true });
  const second = program("second/farcall");
  assert.equal(find("farcall"), second);
  rmSync(join(root, "first/farcall"), { recursive: true });
  writeFileSync(join(root, "first/farcall"), "not executable");
  assert.equal(find("farcall"), second);
  chmodSync(join(root, "first/farcall"), 0o755);
  assert.equal(find("farcall"), join(root, "first/farcall"));
  assert.equal(findProgram("farcall", { ...surroundings, searchPath: undefined }), undefined);
});

test("a path is meant from the project's folder, or from home", () => {
  const built = program("project/build/farcall");
  const owned = program("home/bin/farcall");
  assert.equal(find("build/farcall"), built);
  assert.equal(find("./build/farcall"), built);
  assert.equal(find(built), built);
  assert.equal(find("~/bin/farcall"), owned);
  assert.equal(find("bin/farcall"), undefined);
  assert.equal(find("/nowhere/farcall"), undefined);
});

test("a server ends in silence when nobody speaks to it", async () => {
  assert.equal(await refusalOf(program("serves", '[ "$*" = lsp ] && ! read -r line && exit 1; echo odd >&2')), undefined);
});

test("others say why they are none", async () => {
  const old = program("old", `echo "farcall: error: 'lsp' is not a command; 'farcall --help' lists them" >&2; exit 2`);
  assert.equal(await refusalOf(old), `${old} is too old to have a language server.`);
  const without = program("without", 'echo "farcall: error: the language server needs LLVM 22" >&2; exit 2');
  assert.equal(await refusalOf(without), `${without}: the language server needs LLVM 22`);
  const other = program("other", "exit 0");
  assert.equal(await refusalOf(other), `${other}: it ends with 0`);
  const stuck = program("stuck", "exec tail -f /dev/null");
  assert.equal(await refusalOf(stuck, 100), `${stuck} does not answer.`);
  const broken = program("broken");
  writeFileSync(broken, "#!/nowhere/sh\n");
  assert.match((await refusalOf(broken)) ?? "", /cannot be started: /);
});
