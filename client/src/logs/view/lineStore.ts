import type { LinesMessage, ViewSource } from '../protocol.js';
import { plainText } from './ansi.js';
import { levelOf, levels } from './level.js';
import type { Level } from './level.js';
import { matches } from './query.js';
import type { Query } from './query.js';

export interface Row {
  /** From 0, in the order of coming; never used again. */
  readonly number: number;
  readonly source: ViewSource;
  readonly time: number;
  readonly stderr: boolean;
  readonly text: string;
}

export interface LineFilter {
  readonly query: Query;
  /** The best level still shown; lines that say none are shown with `undefined` only. */
  readonly level: Level | undefined;
  /** Names of sources. */
  readonly hidden: ReadonlySet<string>;
}

/** The newest lines up to a bound, and those of them that a filter shows. */
export class LineStore {
  #bound = 10_000;
  #sources: ViewSource[] = [];
  #rows: Row[] = [];
  #shown: Row[] = [];
  #filter: LineFilter = { query: { kind: 'nothing' }, level: undefined, hidden: new Set() };
  #next = 0;
  #characters = 0;
  #dropped = 0;

  get shown(): readonly Row[] {
    return this.#shown;
  }

  get count(): number {
    return this.#rows.length;
  }

  /** How many lines had to go to keep to the bound. */
  get dropped(): number {
    return this.#dropped;
  }

  set bound(lines: number) {
    this.#bound = lines;
    this.#trim();
  }

  set filter(filter: LineFilter) {
    this.#filter = filter;
    this.#shown = this.#rows.filter((row) => this.#isShown(row));
  }

  join(from: number, sources: readonly ViewSource[]): void {
    sources.forEach((source, index) => (this.#sources[from + index] = source));
  }

  /** Answers with the rows that came and are shown, and with how many of the shown ones had to go for them. */
  add({ sources, times, texts }: LinesMessage): { readonly gone: number; readonly came: readonly Row[] } {
    const came: Row[] = [];
    texts.forEach((text, index) => {
      const number = sources[index] ?? 0;
      const source = this.#sources[number >> 1];
      if (!source) return;
      const row = { number: this.#next++, source, time: times[index] ?? 0, stderr: (number & 1) === 1, text };
      this.#rows.push(row);
      this.#characters += text.length;
      if (!this.#isShown(row)) return;
      this.#shown.push(row);
      came.push(row);
    });
    return { gone: this.#trim(), came };
  }

  clear(): void {
    this.#rows = [];
    this.#shown = [];
    this.#characters = 0;
    this.#dropped = 0;
  }

  /** The index among the shown ones of the first at or behind a row's number. */
  indexOf(number: number): number {
    let low = 0;
    let high = this.#shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#shown[middle]?.number ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isShown({ source, text }: Row): boolean {
    const { query, level, hidden } = this.#filter;
    if (hidden.size > 0 && hidden.has(source.name)) return false;
    if (level === undefined && query.kind !== 'pattern') return true;
    const plain = plainText(text);
    if (level !== undefined) {
      const own = levelOf(plain);
      if (!own || levels.indexOf(own) > levels.indexOf(level)) return false;
    }
    return query.kind !== 'pattern' || matches(query, plain);
  }

  #trim(): number {
    let out = Math.max(0, this.#rows.length - this.#bound);
    for (const row of this.#rows.slice(0, out)) this.#characters -= row.text.length;
    // The last line stays, however long it is.
    while (this.#characters > this.#bound * charactersPerLine && out < this.#rows.length - 1) {
      this.#characters -= this.#rows[out]?.text.length ?? 0;
      out++;
    }
    if (out === 0) return 0;
    this.#dropped += out;
    this.#rows.splice(0, out);
    const gone = this.indexOf(this.#rows[0]?.number ?? this.#next);
    this.#shown.splice(0, gone);
    return gone;
  }
}

/** Very long lines count as several. */
const charactersPerLine = 1000;
