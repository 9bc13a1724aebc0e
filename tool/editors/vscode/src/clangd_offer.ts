// Offers, once in the life of a project, to have clangd not warn of Farcall's attributes: when an annotated header is opened in
// a project where clangd is at work.
//
//   context.subscriptions.push(offerQuietClangd(context.workspaceState));

import { Disposable, env, extensions, Memento, TextDocument, Uri, window, workspace } from "vscode";
import { ConfigChange, quietConfig, quietFragment } from "./clangd_config";

const askedKey = "farcall.askedAboutClangd";

function isAnnotated(document: TextDocument): boolean {
  return document.languageId === "cpp" && /\[\[[^\]]*\brpc::/.test(document.getText());
}

/** The text on disk; undefined: there is no such file. */
async function textOf(file: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await workspace.fs.readFile(file));
  } catch (error) {
    if ((error as { code?: string }).code === "FileNotFound") return undefined;
    throw error;
  }
}

/** As quietConfig, but nobody writes over what is typed and not saved yet, or what cannot be read. */
async function changeOf(file: Uri): Promise<ConfigChange> {
  if (workspace.textDocuments.some((each) => each.isDirty && each.uri.toString() === file.toString())) return { kind: "ask" };
  return textOf(file).then(quietConfig, () => ({ kind: "ask" }));
}

async function showText(file: Uri): Promise<void> {
  const text = "Diagnostics: {Suppress: [unknown-attributes]}";
  if ((await window.showInformationMessage(`Add to ${file.fsPath}:  ${text}`, "Copy")) !== "Copy") return;
  await env.clipboard.writeText(quietFragment);
  await window.showTextDocument(file);
}

/** What is there is looked at once more: the answer may come much later than the question. */
async function makeQuiet(file: Uri): Promise<void> {
  const change = await changeOf(file);
  if (change.kind === "ask") return showText(file);
  if (change.kind !== "write") return;
  try {
    await workspace.fs.writeFile(file, new TextEncoder().encode(change.text));
  } catch {
    await showText(file);
  }
}

async function offer(memory: Memento): Promise<void> {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined || memory.get(askedKey)) return;
  const file = Uri.joinPath(folder.uri, ".clangd");
  const usesClangd = extensions.getExtension("llvm-vs-code-extensions.vscode-clangd") !== undefined;
  const isThere = await workspace.fs.stat(file).then(() => true, () => false);
  if ((!usesClangd && !isThere) || (await changeOf(file)).kind === "none" || memory.get(askedKey)) return;
  await memory.update(askedKey, true); // first, so that whatever becomes of the question, it is the only one
  const question = "clangd warns of each attribute of Farcall. Let it be silent about unknown attributes, in .clangd?";
  if ((await window.showInformationMessage(question, "Add to .clangd", "No")) === "Add to .clangd") await makeQuiet(file);
}

export function offerQuietClangd(memory: Memento): Disposable {
  const look = (document: TextDocument) => {
    if (isAnnotated(document)) void offer(memory);
  };
  workspace.textDocuments.forEach(look);
  return workspace.onDidOpenTextDocument(look);
}
