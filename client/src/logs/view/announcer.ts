import { plainText } from './ansi.js';
import type { Row } from './lineStore.js';

/**
 * Has a screen reader read new lines while they come singly, and say how many there were while they come in floods. `say` is
 * called once for each pause between announcements.
 */
export class Announcer {
  #rows = 0;
  #words: string[] = [];

  constructor(
    private readonly say: (text: string) => void,
    private readonly after: (milliseconds: number, done: () => void) => void,
  ) {}

  add(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    if (this.#rows === 0) this.after(pause, () => this.#flush());
    this.#rows += rows.length;
    for (const { source, text } of rows.slice(0, most - this.#words.length)) {
      this.#words.push(`${source.name}: ${plainText(text).slice(0, longest)}`);
    }
  }

  #flush(): void {
    this.say(this.#rows > most ? `${this.#rows} new lines.` : this.#words.join('\n'));
    this.#rows = 0;
    this.#words = [];
  }
}

/** Milliseconds. */
const pause = 2000;
/** Lines that are read out in one pause. */
const most = 4;
const longest = 300;
