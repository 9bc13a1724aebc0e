// What a user sees and does in a window of VS Code. Everything waits, with playwright's limit, for what it needs.
//
//   const workbench = await Workbench.open(page, code.url, "/home/ada/house");
//   await workbench.openFile("lamp.h");
//   await workbench.openMenu("Control+.");
//   await workbench.choose("write 'std::int64_t'");

export class Workbench {
  static async open(page, url, folder) {
    await page.goto(`${url}/?folder=${folder}`);
    const workbench = new Workbench(page);
    await workbench.row("lamp.h").waitFor();
    return workbench;
  }

  constructor(page) {
    this.page = page;
    this.squiggles = page.locator(".squiggly-warning");
    this.notes = page.locator(".squiggly-info");
    this.lenses = page.locator(".codelens-decoration a");
    this.menu = page.locator(".action-widget .monaco-list-row");
    this.notifications = page.locator(".notification-toast");
  }

  row(name) {
    return this.page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`);
  }

  async openFile(name) {
    await this.row(name).dblclick();
    await this.tab(name).waitFor();
  }

  tab(name) {
    return this.page.locator(".tabs-container .tab", { hasText: name });
  }

  async close(name) {
    await this.tab(name).locator(".codicon-close").click();
    await this.tab(name).waitFor({ state: "detached" });
  }

  /** A line of the editor by a text of it; VS Code shows spaces as no-break spaces. */
  line(text) {
    return this.page.locator(".monaco-editor .view-line", { hasText: text });
  }

  /** The coloured piece of that line which is the word. */
  word(line, word) {
    return this.line(line).locator("span > span").filter({ hasText: new RegExp(`^\\s*${word}\\s*$`) }).first();
  }

  /** The item of the extension in the status bar, with one of its icons: check, error, circle-slash, sync. */
  status(icon) {
    return this.page.locator(`.statusbar-item:has-text("Farcall") .codicon-${icon}`);
  }

  notification(text) {
    return this.notifications.filter({ hasText: text });
  }

  async answer(text, button) {
    await this.notification(text).getByRole("button", { name: button, exact: true }).click();
  }

  /** Now and then VS Code says that there are no code actions, right after the cursor was set; asked again it has them. */
  async openMenu(shortcut, tries = 5) {
    await this.page.keyboard.press(shortcut);
    try {
      await this.menu.first().waitFor({ timeout: 3000 });
    } catch (error) {
      if (tries === 1) throw error;
      return this.openMenu(shortcut, tries - 1);
    }
    return this.menu.allTextContents();
  }

  /** Takes the entry; a mouse would hit what lies over the menu. */
  async choose(title) {
    const chosen = this.page.locator(".action-widget .monaco-list-row.focused");
    for (let left = await this.menu.count(); left > 0 && (await chosen.textContent()) !== title; --left) {
      await this.page.keyboard.press("ArrowDown");
    }
    await this.page.keyboard.press("Enter");
    await this.menu.first().waitFor({ state: "detached" });
  }

  async save(name) {
    await this.page.keyboard.press("Control+s");
    await this.page.locator(".tabs-container .tab.dirty", { hasText: name }).waitFor({ state: "detached" });
  }

  /** By the palette, as it is named there. */
  async run(command) {
    await this.page.keyboard.press("F1");
    await this.page.locator(".quick-input-widget input").fill(`>${command}`);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: command }).first().click();
  }
}
