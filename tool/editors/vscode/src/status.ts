// The item in the status bar: how the server is. A click shows its log.
//
//   context.subscriptions.push(showStatus(server));

import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import { commandNames } from "./commands";
import type { Server, ServerState } from "./server";

const icons: Record<ServerState["kind"], string> = {
  starting: "$(sync~spin)",
  running: "$(check)",
  stopped: "$(circle-slash)",
  failed: "$(error)",
};

export function showStatus(server: Server): Disposable {
  const item = window.createStatusBarItem("farcall.server", StatusBarAlignment.Right, 0);
  item.name = "Farcall";
  item.command = commandNames.showLog;
  const show = (state: ServerState) => {
    item.text = `${icons[state.kind]} Farcall`;
    const told = state.kind === "failed" ? state.reason : `The language server is ${state.kind}.`;
    item.tooltip = new MarkdownString().appendText(`${told}\nA click shows its log.`);
    item.backgroundColor = state.kind === "failed" ? new ThemeColor("statusBarItem.errorBackground") : undefined;
    item.show();
  };
  show(server.state);
  return Disposable.from(item, server.onDidChangeState(show));
}
