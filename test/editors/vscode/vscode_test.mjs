// VS Code itself with the extension: what a user does from the first start on, in one session, each step a test.
//
//   node --test vscode_test.mjs     with the environment variables that are read below

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { CodeServer } from "./code_server.mjs";
import { Workbench } from "./workbench.mjs";

const installed = resolve(process.env.FARCALL_WORKBENCH); // what install.sh made
const extension = resolve(process.env.FARCALL_VSIX);
const farcall = resolve(process.env.FARCALL_PROGRAM);
const pictures = process.env.FARCALL_SCREENSHOTS; // a folder; none are taken without it
const { chromium } = createRequire(join(installed, "package.json"))("playwright-core");

const header = `#pragma once
#include <string>
#include <vector>

namespace home {

/// A lamp, near or far.
class [[rpc::interface]] Lamp {
 public:
  virtual ~Lamp() = default;
  /* größer 😀 */ virtual long level() = 0;
  virtual std::vector<int> history(const std::string& room) = 0;
};

}  // namespace home
`;

const folder = mkdtempSync(join(tmpdir(), "farcall-vscode-"));
const project = join(folder, "house");
const inProject = (name) => join(project, name);
const textOf = (name) => readFileSync(inProject(name), "utf8");

let code, browser, page, workbench;

/** Something that is not in the window, such as a file: looked at until it is so. */
async function eventually(what, condition) {
  for (let tries = 0; tries < 300; ++tries) {
    if (condition()) return;
    await page.waitForTimeout(100);
  }
  assert.fail(`waited in vain for ${what}`);
}

let isBroken = false;

/** One step; what comes after one that fails would only fail for its reason. */
function step(name, act) {
  test(name, async (context) => {
    if (isBroken) return void context.skip("a step before it failed");
    try {
      await act();
    } catch (error) {
      isBroken = true;
      const path = join(installed, "../failed.png");
      await page.screenshot({ path });
      context.diagnostic(`what the window showed: ${path}`);
      throw error;
    }
  });
}

/** Of the editor's upper part, for the documentation. */
async function picture(name) {
  const clip = { x: 298, y: 0, width: 690, height: 450 };
  if (pictures) await page.screenshot({ path: join(pictures, `vscode-${name}.png`), clip });
}

before(async () => {
  mkdirSync(project);
  writeFileSync(inProject("lamp.h"), header);
  writeFileSync(inProject("lamp.cpp"), '#include "lamp.h"\n');
  writeFileSync(inProject(".clangd"), "Index: {Background: Skip}\n");
  const command = { directory: project, file: "lamp.cpp", command: "g++ -std=c++20 -c lamp.cpp" };
  writeFileSync(inProject("compile_commands.json"), JSON.stringify([command]));
  code = await CodeServer.start({ installed, folder, extension });
  code.set({ "farcall.path": "nowhere/farcall" });
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1000, height: 720 }, deviceScaleFactor: pictures ? 1.5 : 1 });
  page.setDefaultTimeout(15_000);
  workbench = await Workbench.open(page, code.url, project);
});

after(async () => {
  await browser?.close();
  await code?.stop();
  rmSync(folder, { recursive: true, force: true });
});

step("a program that is not there is told, with the way to the settings", async () => {
  await workbench.openFile("lamp.h");
  await workbench.status("error").waitFor();
  await workbench.answer("There is no program 'nowhere/farcall'", "Open Settings");
  await page.locator(".settings-editor .setting-item-label", { hasText: "Path" }).first().waitFor();
  await workbench.close("Settings");
});

step("the server starts when the setting is right", async () => {
  code.set({ "farcall.path": farcall });
  await workbench.status("check").waitFor();
});

step(".clangd is added to, as offered", async () => {
  await workbench.answer("clangd warns of each attribute", "Add to .clangd");
  const wanted = "Index: {Background: Skip}\n---\nDiagnostics:\n  Suppress: [unknown-attributes]\n";
  await eventually("the text", () => textOf(".clangd") === wanted);
});

step("a finding is underlined where it is, behind what is not ASCII", async () => {
  await workbench.squiggles.first().waitFor();
  const line = await workbench.squiggles.first().boundingBox();
  const word = await workbench.word("level", "long").boundingBox();
  assert.ok(Math.abs(line.x - word.x) < 3 && Math.abs(line.width - word.width) < 3, JSON.stringify({ line, word }));
});

step("generated code that is missing has a code lens", async () => {
  await workbench.lenses.first().waitFor();
  assert.deepEqual(await workbench.lenses.allTextContents(), ["generate stubs"]);
});

step("the quick fix is in the menu, and changes the text", async () => {
  await workbench.word("level", "long").click();
  const titles = await workbench.openMenu("Control+.");
  assert.ok(titles.includes("write 'std::int64_t'"), titles.join("\n"));
  await picture("fix");
  await workbench.choose("write 'std::int64_t'");
  await workbench.line("virtual std::int64_t level() = 0;").waitFor();
  await workbench.squiggles.first().waitFor({ state: "detached" });
  assert.equal(textOf("lamp.h"), header);
});

step("settings that change reach the server", async () => {
  const settings = { "farcall.path": farcall, "farcall.generateOnSave": true };
  code.set({ ...settings, "farcall.checkGenerated": false });
  await workbench.notes.waitFor({ state: "detached" });
  code.set(settings);
  await workbench.notes.waitFor();
});

step("saving writes the header, and the stubs that the build expects", async () => {
  await workbench.save("lamp.h");
  await eventually("the stubs", () => existsSync(inProject("lamp.rpc.h")) && existsSync(inProject("lamp.rpc.cpp")));
  assert.equal(textOf("lamp.h"), header.replace("long", "std::int64_t"));
  execFileSync(farcall, ["generate", "--check", "lamp.h"], { cwd: project });
});

step("generated code that is there can be opened", async () => {
  await workbench.lenses.filter({ hasText: "open client" }).click();
  await workbench.tab("lamp.rpc.h").waitFor();
  await workbench.close("lamp.rpc.h");
  await workbench.line("history").click();
  await workbench.run("Farcall: Open Generated Stub");
  await workbench.tab("lamp.rpc.h").waitFor();
  await workbench.close("lamp.rpc.h");
});

step("another mode is in the menu of refactorings, and changes the text", async () => {
  await workbench.word("history", "history").click();
  const titles = await workbench.openMenu("Control+Shift+R");
  for (const each of ["make 'history' async", "make 'history' a message"]) assert.ok(titles.includes(each), titles.join("\n"));
  await workbench.choose("make 'history' async");
  await workbench.line("[[rpc::async]] virtual std::vector<int> history").waitFor();
  await workbench.save("lamp.h");
  await eventually("the stubs", () => textOf("lamp.rpc.h").includes("async_history"));
});

step("the palette generates stubs of what is not saved", async () => {
  await workbench.word("level", "level").dblclick();
  await page.keyboard.type("brightness");
  await workbench.run("Farcall: Generate Stubs");
  await eventually("the stubs", () => textOf("lamp.rpc.h").includes("brightness"));
  await workbench.save("lamp.h");
});

step("the server can be started anew, answers then, and its log is shown", async () => {
  await workbench.run("Farcall: Restart Server");
  await workbench.status("check").click();
  await page.locator(".panel .view-line", { hasText: "the server has ended" }).first().waitFor();
  await page.keyboard.press("Control+j");
  await workbench.line("history").click();
  await workbench.run("Farcall: Open Generated Stub");
  await workbench.tab("lamp.rpc.h").waitFor();
});

step("nothing is asked again in another window", async () => {
  writeFileSync(inProject(".clangd"), "Index: {Background: Skip}\n");
  await page.reload();
  await workbench.openFile("lamp.h"); // which tabs there were, VS Code writes down now and then
  await workbench.status("check").waitFor();
  await workbench.lenses.filter({ hasText: "open client" }).waitFor();
  assert.equal(await workbench.notification("clangd").count(), 0);
  assert.equal(textOf(".clangd"), "Index: {Background: Skip}\n");
});
