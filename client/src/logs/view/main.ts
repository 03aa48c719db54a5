import type { FromView, LinesMessage, ToView } from '../protocol.js';
import { Announcer } from './announcer.js';
import { formatRow } from './format.js';
import type { TimeStyle } from './format.js';
import { levels } from './level.js';
import type { Level } from './level.js';
import { LineStore } from './lineStore.js';
import type { LineFilter } from './lineStore.js';
import { RowList } from './list.js';
import { plainText } from './ansi.js';
import { matches, readQuery } from './query.js';
import type { Query } from './query.js';
import { rowElement } from './rowElement.js';
import { SourceButtons } from './sourceButtons.js';
import { followTheme } from './themeColors.js';

/** What the editor gives a webview. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const store = new LineStore();
const input = (id: string): HTMLInputElement => byId(id, HTMLInputElement);
const select = (id: string): HTMLSelectElement => byId(id, HTMLSelectElement);
const button = (id: string): HTMLButtonElement => byId(id, HTMLButtonElement);

let paused = false;
/** What came while paused: as long as it is not taken, nothing else comes. */
let held: LinesMessage | undefined;
/** What waits behind that. */
let waiting = { lines: 0, more: false };
let find: Query = { kind: 'nothing' };

const list = new RowList({
  viewport: byId('log', HTMLElement),
  canvas: byId('canvas', HTMLElement),
  rows: () => store.shown,
  draw: (row) =>
    rowElement(row, { time: select('time').value as TimeStyle, colors: isPressed(button('colors')), find }),
  followed: (following) => press(button('follow'), following),
});
const sources = new SourceButtons(byId('sources', HTMLElement), () => filterChanged());
const announcer = new Announcer(
  (text) => (byId('said', HTMLElement).textContent = text),
  (milliseconds, done) => setTimeout(done, milliseconds),
);

followTheme();

window.addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  switch (data.type) {
    case 'start':
      store.bound = data.lines;
      break;
    case 'joined':
      store.join(data.from, data.sources);
      sources.add(data.sources);
      break;
    case 'lines':
      if (paused) held = data;
      else take(data);
      break;
    case 'waiting':
      waiting = data;
      break;
    case 'state':
      byId('state', HTMLElement).textContent = data.message ?? '';
      break;
  }
  tellCount();
});

for (const id of ['filter', 'filterExpression', 'level']) whenChanged(id, filterChanged);
for (const id of ['find', 'findExpression']) whenChanged(id, findChanged);
for (const id of ['time', 'colors']) {
  whenChanged(id, () => {
    list.redraw();
    remember();
  });
}
button('next').addEventListener('click', () => findFrom(1));
button('previous').addEventListener('click', () => findFrom(-1));
input('find').addEventListener('keydown', (event) => {
  if (event.key === 'Enter') findFrom(event.shiftKey ? -1 : 1, false);
});
button('pause').addEventListener('click', togglePause);
button('follow').addEventListener('click', () => list.follow());
button('copy').addEventListener('click', () => editor.postMessage({ type: 'copy', text: shownText() }));
button('save').addEventListener('click', () => editor.postMessage({ type: 'save', text: shownText() }));
button('clear').addEventListener('click', () => {
  store.clear();
  list.redraw();
  tellCount();
});
byId('log', HTMLElement).addEventListener('click', ({ target }) => act(target));
document.addEventListener('keydown', keys);

recall();
filterChanged();
editor.postMessage({ type: 'ready' });

function filterChanged(): void {
  const query = readQuery(input('filter').value, isPressed(button('filterExpression')));
  tellWrong(input('filter'), query);
  const level = levels.find((one) => one === select('level').value) satisfies Level | undefined;
  const filter: LineFilter = { query, level, hidden: sources.hidden };
  store.filter = filter;
  list.redraw();
  tellCount();
  remember();
}

function findChanged(): void {
  find = readQuery(input('find').value, isPressed(button('findExpression')));
  tellWrong(input('find'), find);
  list.redraw();
}

/** Goes to the next line with a match, around the end. */
function findFrom(direction: 1 | -1, focus = true): void {
  const query = find;
  if (query.kind !== 'pattern') return;
  const rows = store.shown;
  const { active } = list;
  const from = active === undefined ? (direction > 0 ? -1 : rows.length) : store.indexOf(active);
  for (let step = 1; step <= rows.length; step++) {
    const index = (from + direction * step + rows.length * 2) % rows.length;
    const row = rows[index];
    if (row && matches(query, plainText(row.text))) return list.go(index, focus);
  }
  byId('said', HTMLElement).textContent = 'No line shown has it.';
}

function take(lines: LinesMessage): void {
  const { gone, came } = store.add(lines);
  list.changed(gone);
  announcer.add(came);
  editor.postMessage({ type: 'taken' });
}

function togglePause(): void {
  paused = !paused;
  press(button('pause'), paused);
  if (!paused && held) take(held);
  held = undefined;
  waiting = { lines: 0, more: false };
  tellCount();
}

function act(target: EventTarget | null): void {
  if (!(target instanceof Element)) return;
  const link = target.closest<HTMLElement>('[data-path]')?.dataset;
  if (link) {
    const { path = '', line, column } = link;
    return editor.postMessage({ type: 'open', path, line: Number(line), column: Number(column) });
  }
  const id = target.closest<HTMLElement>('[data-reveal]')?.dataset['reveal'];
  if (id !== undefined) editor.postMessage({ type: 'reveal', id });
}

/** Enter opens what the line names, t shows its replica in the tree, a space pauses. */
function keys(event: KeyboardEvent): void {
  const { target, key } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && key.toLowerCase() === 'f') {
    event.preventDefault();
    input('find').select();
    return;
  }
  const row = target instanceof Element ? target.closest<HTMLElement>('.row') : undefined;
  if (!row) return;
  if (command && key.toLowerCase() === 'c' && String(window.getSelection()) === '') {
    const found = store.shown[store.indexOf(Number(row.dataset['number']))];
    if (found) editor.postMessage({ type: 'copy', text: formatRow(found, select('time').value as TimeStyle) });
  } else if (target === row && key === 'Enter') act(row.querySelector('[data-path]') ?? row.querySelector('.name'));
  else if (target === row && key === 't' && !command) act(row.querySelector('.name'));
  else if (target === row && key === ' ') {
    event.preventDefault();
    togglePause();
  }
}

function shownText(): string {
  const style = select('time').value as TimeStyle;
  return store.shown.map((row) => `${formatRow(row, style)}\n`).join('');
}

function tellCount(): void {
  const { count, shown, dropped } = store;
  const parts = [counted(count)];
  if (shown.length !== count) parts.push(`${shown.length.toLocaleString()} shown`);
  if (dropped > 0) parts.push(`${dropped.toLocaleString()} older lines dropped`);
  const more = (held?.texts.length ?? 0) + waiting.lines;
  if (paused) parts.push(more === 0 ? 'paused' : `paused, ${counted(more)} ${waiting.more ? 'and more ' : ''}waiting`);
  byId('count', HTMLElement).textContent = parts.join(' · ');
  byId('empty', HTMLElement).textContent =
    shown.length > 0
      ? ''
      : count === 0
        ? 'Nothing was logged yet. New lines appear by themselves.'
        : 'No line is left by the filter, the level and the replicas that are shown.';
}

function counted(lines: number): string {
  return `${lines.toLocaleString()} ${lines === 1 ? 'line' : 'lines'}`;
}

function tellWrong(field: HTMLInputElement, query: Query): void {
  field.setAttribute('aria-invalid', String(query.kind === 'wrong'));
  field.title = query.kind === 'wrong' ? query.message : '';
}

/** Toggle buttons are pressed here; fields change by themselves. */
function whenChanged(id: string, changed: () => void): void {
  const element = byId(id, HTMLElement);
  if (!(element instanceof HTMLButtonElement)) return element.addEventListener('input', changed);
  element.addEventListener('click', () => {
    press(element, !isPressed(element));
    changed();
  });
}

/** Kept by the editor for as long as the panel is there. */
function remember(): void {
  editor.setState({ time: select('time').value, colors: isPressed(button('colors')), level: select('level').value });
}

function recall(): void {
  const { time, colors, level } = (editor.getState() ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof time === 'string') select('time').value = time;
  if (typeof level === 'string') select('level').value = level;
  press(button('colors'), colors !== false);
}

function press(element: HTMLButtonElement, pressed: boolean): void {
  element.setAttribute('aria-pressed', String(pressed));
}

function isPressed(element: HTMLButtonElement): boolean {
  return element.getAttribute('aria-pressed') === 'true';
}

function byId<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${id}.`);
  return element;
}
