// The text of .clangd, which has to tell clangd not to warn of attributes that it does not know.
//
//   const change = quietConfig(undefined);  // { kind: "write", text: "Diagnostics:\n  Suppress: [unknown-attributes]\n" }

export const quietFragment = "Diagnostics:\n  Suppress: [unknown-attributes]\n";

export type ConfigChange =
  | { kind: "none" } // somebody has decided about these warnings already
  | { kind: "write"; text: string } // the whole new text
  | { kind: "ask" }; // not understood well enough to be written by a program

/** The text without what is in comments and quotes, which says nothing. */
function bareText(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|(^|\s)#.*$/gm, "$1");
}

/** Whether flow lists are closed, and nothing is there that a next document could not follow. */
function canBeFollowed(bare: string): boolean {
  let depth = 0;
  for (const each of bare) {
    if (each === "[" || each === "{") ++depth;
    if (each === "]" || each === "}") --depth;
    if (depth < 0) return false;
  }
  return depth === 0 && !/["'\t]|^%|[|>][-+0-9]*\s*$/m.test(bare);
}

/**
 * What has to become of .clangd; undefined: there is none. What is there stays to the letter: a file may consist of several
 * documents, of which clangd adds up the lists, so one more says the new thing.
 */
export function quietConfig(text: string | undefined): ConfigChange {
  if (text === undefined || text.trim() === "") return { kind: "write", text: quietFragment };
  const said = text.replace(/(^|\s)#.*$/gm, "$1");
  if (/unknown-attributes\b|\bSuppress\s*:\s*\[?\s*["']?\*/.test(said)) return { kind: "none" };
  if (!canBeFollowed(bareText(text))) return { kind: "ask" };
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = text.endsWith("\n") ? text : text + newline;
  return { kind: "write", text: before + ("---\n" + quietFragment).replaceAll("\n", newline) };
}
