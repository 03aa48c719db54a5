import type { Locator, Page } from 'playwright-core';
import { until } from '../setup/proc.mjs';
import type { Workbench } from './browser.mjs';

/** Answers what commands ask, as a person at the workbench would. */
export class Person {
  readonly #page: Page;
  /** How much of the log was waited for. */
  #heard = 0;

  constructor(private readonly workbench: Workbench) {
    this.#page = workbench.page;
  }

  /**
   * Carries out a command of the palette with answers to what it asks, in order. A web view that is ready late takes the focus from
   * the palette or from what a command asks, and VS Code closes both; then it is begun again, up to the last answer, as a person would.
   */
  async does(command: string, ...answers: readonly ((person: Person) => Promise<unknown>)[]): Promise<void> {
    await this.#tries(command, async () => {
      for (let attempt = 1; !(await this.#begins(command, answers.slice(0, -1), attempt === 3)); attempt++);
      await answers.at(-1)?.(this);
    });
  }

  async #begins(
    command: string,
    answers: readonly ((person: Person) => Promise<unknown>)[],
    isLast: boolean,
  ): Promise<boolean> {
    try {
      // Keys typed into a web view are its own.
      await this.#page.evaluate('document.activeElement?.blur()');
      await this.workbench.runCommand(command);
      for (const answer of answers) await answer(this);
      return true;
    } catch (error) {
      if (isLast) throw error;
      await this.#page.keyboard.press('Escape');
      return false;
    }
  }

  /** Chooses the item with this text. */
  async picks(text: string): Promise<void> {
    await this.#item(text).click();
  }

  /** Ticks the items with these texts and goes on. */
  async ticks(placeholder: string, ...texts: readonly string[]): Promise<void> {
    const list = this.#quickInput(placeholder);
    await list.waitFor();
    for (const text of texts) await this.#item(text).click();
    await list.getByRole('button', { name: 'OK' }).click();
  }

  /** Writes in the box that says `prompt`; without a text takes what it holds. */
  async writes(prompt: string, text?: string): Promise<void> {
    const box = this.#quickInput(prompt);
    await box.waitFor();
    const input = box.locator('input.input');
    if (text !== undefined) await input.fill(text);
    // To the box itself: a box that has lost the focus is closed, and a key of the page would be nobody's.
    await input.press('Enter');
    await box.waitFor({ state: 'hidden' });
  }

  /** Agrees to what a dialog asks. */
  async agrees(action: string): Promise<void> {
    await this.#page.locator('.monaco-dialog-box').getByRole('button', { name: action, exact: true }).click();
  }

  /** Presses the button of a notification, which VS Code puts away after some seconds. */
  async answers(action: string): Promise<void> {
    const button = this.#page
      .locator('.notification-toast, .notifications-center')
      .getByRole('button', { name: action, exact: true });
    try {
      await button.last().click();
    } catch {
      await this.workbench.runCommand('Notifications: Show Notifications');
      await button.last().click();
    }
  }

  /** Waits until something is done. The status bar says so for seconds, which a busy machine may miss; the log keeps it. */
  async sees(done: string): Promise<void> {
    await this.#tries(`${done} was not said`, () =>
      until(
        `${done} was not said`,
        () => {
          const at = this.workbench.said().indexOf(done, this.#heard);
          if (at >= 0) this.#heard = at + done.length;
          return at >= 0;
        },
        120_000,
      ),
    );
  }

  async seesNotification(text: string | RegExp): Promise<void> {
    await this.#page.locator('.notification-toast', { hasText: text }).first().waitFor({ timeout: 60_000 });
    await this.workbench.runCommand('Notifications: Clear All Notifications');
  }

  async seesTab(name: string): Promise<void> {
    await this.#page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Waits for a text in the web view of the active tab. */
  async seesInView(text: string | RegExp): Promise<void> {
    const view = this.#page.frameLocator('iframe.webview.ready').last().frameLocator('#active-frame');
    await view.getByText(text).first().waitFor({ timeout: 60_000 });
  }

  /** A row of a tree by what a screen reader says of it. */
  row(label: RegExp): Locator {
    return this.#page.getByRole('treeitem', { name: label });
  }

  /** Waits for a row of a tree; what Swarm does takes its time. */
  async shows(label: RegExp): Promise<void> {
    await this.#tries(String(label), () => this.row(label).waitFor({ timeout: 120_000 }));
  }

  async opens(label: RegExp): Promise<void> {
    const row = this.row(label);
    await this.shows(label);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  }

  /** Chooses an item of a row's menu. */
  async chooses(label: RegExp, item: string): Promise<void> {
    const entry = this.#page.getByRole('menuitem', { name: item, exact: true });
    await this.#tries(`${label} ${item}`, async () => {
      await this.row(label).click({ button: 'right' });
      await entry.waitFor();
      // A menu takes no click in its first moments, lest it be the one that opened it.
      await until(`${item} stayed open`, async () => {
        await entry.click({ timeout: 1000 }).catch(() => undefined);
        const closed = entry.waitFor({ state: 'detached', timeout: 1000 });
        return closed.then(
          () => true,
          () => false,
        );
      });
    });
  }

  /** A picture tells what an error cannot. */
  async #tries(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const file = await this.workbench.screenshot(`failed ${what.replace(/\W+/g, ' ').trim()}`);
      throw new Error(`${what}: see ${file}`, { cause: error });
    }
  }

  #quickInput(text: string): Locator {
    // What is asked stands in the box itself or below it.
    return this.#page
      .locator('.quick-input-widget:visible')
      .filter({ has: this.#page.locator(`.quick-input-message:has-text("${text}"), input[placeholder*="${text}"]`) });
  }

  #item(text: string): Locator {
    return this.#page
      .locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: text })
      .first();
  }
}
