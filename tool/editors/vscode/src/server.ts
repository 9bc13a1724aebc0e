// The language server of this window: one, however many folders are open, since its commands have the same names in all.
//
//   const server = new Server(log);
//   server.onDidChangeState((state) => show(state));
//   await server.start();

import { homedir } from "node:os";
import { Disposable, EventEmitter, LogOutputChannel, workspace } from "vscode";
import { DidChangeConfigurationNotification, LanguageClient, RevealOutputChannelOn, State } from "vscode-languageclient/node";
import { findProgram, refusalOf } from "./program";
import { serverSettings } from "./settings";

export type ServerState = { kind: "starting" | "running" | "stopped" } | { kind: "failed"; reason: string };

/** The server cannot be used as things are; the message is for the user, and the settings are the way out. */
class Unusable extends Error {}

function settings() {
  const ours = workspace.getConfiguration("farcall");
  return serverSettings((name) => ours.get(name));
}

async function usableProgram(folder: string): Promise<string> {
  const setting = workspace.getConfiguration("farcall").get<string>("path") || "farcall";
  const program = findProgram(setting, { searchPath: process.env["PATH"], folder, home: homedir() });
  if (program === undefined) {
    const where = setting.includes("/") ? "" : " on PATH";
    throw new Unusable(`There is no program '${setting}'${where}. Say where farcall is in the setting farcall.path.`);
  }
  const refusal = await refusalOf(program);
  if (refusal !== undefined) throw new Unusable(refusal);
  return program;
}

export class Server implements Disposable {
  private readonly changes = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.changes.event;
  private current: ServerState = { kind: "stopped" };
  private client: LanguageClient | undefined;
  private work: Promise<void> = Promise.resolve(); // one start or stop at a time

  constructor(private readonly log: LogOutputChannel) {}

  get state(): ServerState {
    return this.current;
  }

  /** Starts it anew, with the program that the settings name now. Never throws: the state says what went wrong. */
  start(): Promise<void> {
    return this.next(() => this.restart());
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  /** Hands over the settings of now. */
  async configure(): Promise<void> {
    if (this.current.kind !== "running") return;
    await this.client?.sendNotification(DidChangeConfigurationNotification.type, { settings: { farcall: settings() } });
  }

  dispose(): void {
    void this.stop();
    this.changes.dispose();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.work = this.work.then(step);
    return this.work;
  }

  private async restart(): Promise<void> {
    await this.end();
    this.become({ kind: "starting" });
    try {
      const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
      const command = await usableProgram(folder);
      this.log.info(`starting ${command} lsp`);
      this.client = this.clientOf(command, folder);
      await this.client.start();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.log.error(reason);
      this.become({ kind: "failed", reason });
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    if (client === undefined) return;
    this.client = undefined; // from here on it has no say
    try {
      await client.dispose();
      this.log.info("the server has ended");
    } catch (error) {
      this.log.warn(`the server did not end as it should: ${String(error)}`);
    }
    this.become({ kind: "stopped" });
  }

  private clientOf(command: string, folder: string): LanguageClient {
    const client = new LanguageClient(
      "farcall",
      "Farcall",
      { command, args: ["lsp"], options: { cwd: folder } },
      {
        documentSelector: [{ scheme: "file", language: "cpp" }],
        initializationOptions: settings,
        outputChannel: this.log,
        revealOutputChannelOn: RevealOutputChannelOn.Never, // the state tells
      },
    );
    client.onDidChangeState(({ newState }) => {
      if (this.client !== client) return;
      if (newState === State.Running) this.become({ kind: "running" });
      if (newState === State.Starting) this.become({ kind: "starting" });
      if (newState === State.Stopped) this.become({ kind: "stopped" });
    });
    return client;
  }

  private become(state: ServerState): void {
    this.current = state;
    this.changes.fire(state);
  }
}
