// What VS Code calls: puts the server, what shows it and what the user can ask of it together.

import { ExtensionContext, window, workspace } from "vscode";
import { offerQuietClangd } from "./clangd_offer";
import { registerCommands } from "./commands";
import { tellFailures } from "./failure";
import { Server } from "./server";
import { showStatus } from "./status";

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel("Farcall", { log: true });
  const started = new Server(log);
  server = started;
  context.subscriptions.push(
    log,
    showStatus(started),
    tellFailures(started),
    registerCommands(started, log),
    offerQuietClangd(context.workspaceState),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("farcall.path")) void started.start();
      else if (change.affectsConfiguration("farcall")) void started.configure();
    }),
  );
  void started.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
