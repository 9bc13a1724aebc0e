// The program that is the server: where it is, and whether it can be one.
//
//   const program = findProgram("farcall", { searchPath: process.env.PATH, folder: "/home/ada/house", home: "/home/ada" });
//   const reason = program && (await refusalOf(program));  // undefined: it serves

import { spawn } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** What the setting `farcall.path` is read with. */
export interface Surroundings {
  searchPath: string | undefined; // PATH
  folder: string; // of the project
  home: string;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The absolute path of the program; undefined if there is none that can be started. */
export function findProgram(setting: string, { searchPath, folder, home }: Surroundings): string | undefined {
  let candidates: string[];
  if (setting.startsWith("~/")) candidates = [join(home, setting.slice(2))];
  else if (setting.includes("/")) candidates = [resolve(folder, setting)];
  else candidates = (searchPath ?? "").split(delimiter).filter(Boolean).map((each) => join(each, setting));
  return candidates.find(isProgram);
}

/**
 * Why a program is no server: it is too old, built without one, or something else; undefined if it is one. Never throws.
 * A server whose client goes before it has said anything exits with 1 and is silent; all others complain.
 * Patience is in milliseconds.
 */
export function refusalOf(program: string, patience = 10_000): Promise<string | undefined> {
  return new Promise((done) => {
    let complaint = "";
    const child = spawn(program, ["lsp"], { stdio: ["ignore", "ignore", "pipe"], signal: AbortSignal.timeout(patience) });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
    child.on("error", (error) => {
      if (error.name === "AbortError") done(`${program} does not answer.`);
      else done(`${program} cannot be started: ${error.message}`);
    });
    child.on("close", (status) => {
      if (status === 1 && complaint === "") done(undefined);
      else if (complaint.includes("'lsp' is not a command")) done(`${program} is too old to have a language server.`);
      else done(`${program}: ${complaint.trim().replace(/^farcall: (error: )?/, "") || `it ends with ${status ?? "a signal"}`}`);
    });
  });
}
