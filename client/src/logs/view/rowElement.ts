import { pieces, plainText } from './ansi.js';
import type { Piece, Style } from './ansi.js';
import { fileLinks } from './fileLinks.js';
import { formatTime } from './format.js';
import type { TimeStyle } from './format.js';
import { levelOf } from './level.js';
import type { Row } from './lineStore.js';
import { ranges } from './query.js';
import type { Query } from './query.js';
import { terminalColors } from './themeColors.js';

export interface RowStyle {
  readonly time: TimeStyle;
  readonly colors: boolean;
  readonly find: Query;
}

/** A row as elements. Only ever text nodes and attributes: what a container wrote is never read as HTML. */
export function rowElement(row: Row, { time, colors, find }: RowStyle): HTMLElement {
  const whole = plainText(row.text);
  const plain = whole.slice(0, longest);
  const level = levelOf(plain);
  const element = make('div', 'row');
  if (level) element.classList.add(`level-${level}`);
  const stamp = formatTime(row.time, time);
  if (stamp) element.append(make('span', 'time', stamp), ' ');
  const name = make('button', `name color-${row.source.color}`, row.source.name);
  name.tabIndex = -1;
  name.dataset['reveal'] = row.source.id;
  name.title = `Show ${row.source.name} in the tree`;
  element.append(name, ' ');
  // The line says its level itself: the mark is for the eye that runs down the page.
  const mark = make('span', 'level', level === 'error' ? '×' : level === 'warning' ? '!' : '');
  mark.ariaHidden = 'true';
  element.append(mark, ' ');
  const text = make('span', row.stderr ? 'text stderr' : 'text');
  text.dir = 'auto';
  fill(text, plain, colors ? cut(pieces(row.text), longest) : [{ text: plain, style: {} }], find);
  element.append(text);
  if (whole.length > longest) {
    element.append(
      make('span', 'more', ` … ${(whole.length - longest).toLocaleString()} more characters, which Copy takes too`),
    );
  }
  return element;
}

/** What is shown of a line; a browser takes very long over longer ones. */
const longest = 5000;

/** Pieces, links and finds overlap as they like: the text is cut at every one of their ends. */
function fill(parent: HTMLElement, plain: string, styled: readonly Piece[], find: Query): void {
  const links = fileLinks(plain);
  const found = find.kind === 'pattern' ? ranges(find, plain) : [];
  if (links.length === 0 && found.length === 0) {
    for (const piece of styled) parent.append(pieceElement(piece));
    return;
  }
  const cuts = new Set([...links.flatMap(({ start, end }) => [start, end]), ...found.flat()]);
  let at = 0;
  let target = parent;
  for (const piece of styled) {
    const end = at + piece.text.length;
    const stops = [...cuts].filter((cut) => cut > at && cut < end).sort((a, b) => a - b);
    for (const stop of [...stops, end]) {
      const start = at;
      const link = links.find((one) => one.start <= start && start < one.end);
      if (link?.start === start) {
        target = make('button', 'link');
        target.tabIndex = -1;
        Object.assign(target.dataset, { path: link.path, line: String(link.line), column: String(link.column) });
        parent.append(target);
      } else if (!link) target = parent;
      const element = pieceElement({ text: plain.slice(start, stop), style: piece.style });
      if (found.some(([from, to]) => from <= start && start < to)) element.classList.add('found');
      target.append(element);
      at = stop;
    }
  }
}

function pieceElement({ text, style }: Piece): HTMLElement {
  const element = make('span', classesOf(style), text);
  const [foreground, background] = style.inverse
    ? [style.background ?? 'var(--vscode-editor-background)', style.foreground ?? 'var(--vscode-editor-foreground)']
    : [style.foreground, style.background];
  // On a background of its own the program has seen to what is readable.
  if (foreground !== undefined) element.style.color = cssColor(foreground, background === undefined);
  if (background !== undefined) element.style.backgroundColor = cssColor(background);
  return element;
}

function classesOf({ bold, dim, italic, underline, strike }: Style): string {
  return Object.entries({ bold, dim, italic, underline, strike })
    .flatMap(([name, on]) => (on ? name : []))
    .join(' ');
}

function cssColor(color: number | string, isReadable = false): string {
  if (typeof color === 'string') return color;
  return `var(--${isReadable ? 'readable' : 'vscode'}-${terminalColors[color] ?? 'terminal-ansiWhite'})`;
}

function cut(all: readonly Piece[], length: number): readonly Piece[] {
  let left = length;
  return all.flatMap(({ text, style }) => {
    const kept = text.slice(0, left);
    left -= kept.length;
    return kept ? { text: kept, style } : [];
  });
}

function make(tag: 'div' | 'span' | 'button', className: string, text = ''): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
