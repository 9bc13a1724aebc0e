// What is shown when the server cannot be started, with the way out: once for each reason, not at each attempt.
//
//   context.subscriptions.push(tellFailures(server));

import { commands, Disposable, env, window } from "vscode";
import { commandNames } from "./commands";
import type { Server } from "./server";

/** The path is a setting of the machine that the program runs on, which may be another than that of the window. */
async function openSettings(): Promise<void> {
  const command = env.remoteName === undefined ? "workbench.action.openSettings" : "workbench.action.openRemoteSettings";
  await commands.executeCommand(command, { query: "farcall.path" });
}

export function tellFailures(server: Server): Disposable {
  let told = "";
  return server.onDidChangeState(async (state) => {
    if (state.kind === "running") told = "";
    if (state.kind !== "failed" || state.reason === told) return;
    told = state.reason;
    const choice = await window.showErrorMessage(`Farcall: ${state.reason}`, "Open Settings", "Show Log");
    if (choice === "Open Settings") await openSettings();
    if (choice === "Show Log") await commands.executeCommand(commandNames.showLog);
  });
}
