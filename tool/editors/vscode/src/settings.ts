// The settings of the server, as its initializationOptions and workspace/didChangeConfiguration want them.
//
//   serverSettings((name) => workspace.getConfiguration("farcall").get(name))

/** All that docs/editors.md lists; each is a setting `farcall.NAME` of the extension. */
export const serverSettingNames = [
  "generateOnSave",
  "outDir",
  "checkGenerated",
  "compileCommandsDir",
  "fallbackFlags",
] as const;

export type ServerSettings = Partial<Record<(typeof serverSettingNames)[number], unknown>>;

/**
 * Every setting by its name. What has its default is named, too: the server keeps what is not named, so a setting that
 * is taken back would stay. Values are passed on as they are; the server says in its log what it does not understand.
 */
export function serverSettings(get: (name: string) => unknown): ServerSettings {
  const settings: ServerSettings = {};
  for (const name of serverSettingNames) {
    const value = get(name);
    if (value !== undefined && value !== null) settings[name] = value;
  }
  return settings;
}
