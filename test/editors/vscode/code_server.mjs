// VS Code as a web server on loopback, with folders of its own for everything it keeps.
//
//   const code = await CodeServer.start({ installed: "build/vscode/workbench", folder, extension: "farcall-0.1.0.vsix" });
//   code.set({ "farcall.path": "/usr/bin/farcall" });
//   await browser.goto(code.url);
//   await code.stop();

import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** So that nothing is in the way of what is looked at. */
const quiet = {
  "workbench.colorTheme": "Default Light Modern",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.layoutControl.enabled": false,
  "window.commandCenter": false,
  "editor.minimap.enabled": false,
  "editor.lightbulb.enabled": "off",
  "editor.overviewRulerBorder": false,
  "editor.scrollBeyondLastLine": false,
  "explorer.autoReveal": false,
  "files.autoSave": "off",
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "telemetry.telemetryLevel": "off",
};

export class CodeServer {
  /** Installs the extension, starts the server on a free port, and waits until it listens. */
  static async start({ installed, folder, extension }) {
    const code = new CodeServer(folder);
    code.write("User", quiet);
    const program = [join(installed, "node_modules/code-server/out/node/entry.js"),
      "--user-data-dir", join(folder, "data"), "--extensions-dir", join(folder, "extensions"), "--config", join(folder, "none.yaml")];
    writeFileSync(join(folder, "none.yaml"), "");
    execFileSync(process.execPath, [...program, "--install-extension", extension], { env: code.environment, stdio: "pipe" });
    code.process = spawn(process.execPath, [...program, "--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry",
      "--disable-update-check", "--disable-workspace-trust", "--disable-getting-started-override"],
      { env: code.environment, stdio: ["ignore", "pipe", "pipe"] });
    code.url = await code.address();
    return code;
  }

  constructor(folder) {
    this.folder = folder;
    this.environment = { ...process.env, HOME: folder, XDG_CACHE_HOME: join(folder, "cache") };
    delete this.environment.VSCODE_IPC_HOOK_CLI; // of a VS Code that the test may be run in
  }

  address() {
    return new Promise((done, fail) => {
      let said = "";
      const take = (text) => {
        said += text;
        const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said);
        if (found) done(found[1]);
      };
      this.process.stdout.on("data", take);
      this.process.stderr.on("data", take);
      this.process.on("close", () => fail(new Error("code-server ended:\n" + said)));
    });
  }

  /** The settings of this machine from now on. A window that is open sees them. */
  set(settings) {
    this.write("Machine", settings);
  }

  write(kind, settings) {
    const folder = join(this.folder, "data", kind);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "settings.json"), JSON.stringify(settings));
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once("close", done));
    this.process.kill();
    await ended;
  }
}
