// The commands of the palette. The server's own, farcall.generate and farcall.openStub, are registered by the language client
// under their names, for code lenses and fixes; these here need no argument, and take the header that is looked at.
//
//   context.subscriptions.push(registerCommands(server, log));

import { commands, Disposable, LogOutputChannel, window } from "vscode";
import type { Server } from "./server";

export const commandNames = {
  generateStubs: "farcall.generateStubs",
  openGeneratedStub: "farcall.openGeneratedStub",
  restartServer: "farcall.restartServer",
  showLog: "farcall.showLog",
};

/** Has the server do something with the header in the active editor; what it refuses, VS Code shows. */
async function withHeader(server: Server, serverCommand: string): Promise<boolean> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== "cpp") {
    void window.showWarningMessage("Open the annotated header first.");
    return false;
  }
  if (server.state.kind !== "running") {
    const why = server.state.kind === "failed" ? server.state.reason : `The language server is ${server.state.kind}.`;
    void window.showErrorMessage(`Farcall: ${why}`);
    return false;
  }
  await commands.executeCommand(serverCommand, document.uri.toString());
  return true;
}

export function registerCommands(server: Server, log: LogOutputChannel): Disposable {
  return Disposable.from(
    commands.registerCommand(commandNames.generateStubs, async () => {
      if (await withHeader(server, "farcall.generate")) {
        window.setStatusBarMessage("Farcall: the stubs are up to date", 3000);
      }
    }),
    commands.registerCommand(commandNames.openGeneratedStub, () => withHeader(server, "farcall.openStub")),
    commands.registerCommand(commandNames.restartServer, () => server.start()),
    commands.registerCommand(commandNames.showLog, () => log.show()),
  );
}
