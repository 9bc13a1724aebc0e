// Settings: what the extension declares is what the server takes, and what is handed over.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import manifest from "../package.json";
import { serverSettingNames, serverSettings } from "../src/settings";

const declared: Record<string, { default: unknown; markdownDescription: string }> =
  manifest.contributes.configuration.properties;

test("every setting of the server is declared, and no other but the path", () => {
  const names = [...serverSettingNames.map((each) => `farcall.${each}`), "farcall.path"];
  assert.deepEqual(Object.keys(declared).sort(), names.sort());
  for (const each of Object.values(declared)) assert.ok(each.markdownDescription.length > 20);
});

test("the documentation lists the same", { skip: !process.env["FARCALL_EDITORS_PAGE"] }, () => {
  const page = readFileSync(process.env["FARCALL_EDITORS_PAGE"]!, "utf8");
  const table = page.slice(page.indexOf("| setting |"));
  const listed = [...table.slice(0, table.indexOf("\n\n")).matchAll(/^\| `(\w+)` \|/gm)].map((each) => each[1]!);
  assert.deepEqual(listed.sort(), [...serverSettingNames].sort());
});

test("all are handed over, also what has its default", () => {
  const set: Record<string, unknown> = { "farcall.generateOnSave": true, "farcall.fallbackFlags": ["-std=c++23"] };
  const handed = serverSettings((name) => set[`farcall.${name}`] ?? declared[`farcall.${name}`]?.default);
  assert.deepEqual(handed, {
    generateOnSave: true,
    outDir: "",
    checkGenerated: true,
    compileCommandsDir: "",
    fallbackFlags: ["-std=c++23"],
  });
});

test("what is not there is not handed over", () => {
  assert.deepEqual(serverSettings((name) => (name === "outDir" ? "gen" : name === "fallbackFlags" ? null : undefined)), {
    outDir: "gen",
  });
});
