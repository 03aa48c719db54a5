import type { Row } from './lineStore.js';

export interface ListOptions {
  readonly viewport: HTMLElement;
  /** As high as all rows together. */
  readonly canvas: HTMLElement;
  rows(): readonly Row[];
  draw(row: Row): HTMLElement;
  /** The reader follows the end, or has left it. */
  followed(following: boolean): void;
}

/** Shows the rows that are in sight and no others. Rows are of one height, so their places are known without drawing them. */
export class RowList {
  readonly #options: ListOptions;
  readonly #drawn = new Map<number, HTMLElement>();
  #height = 18;
  /** The number of the row that the keyboard is on. */
  #active: number | undefined;
  #following = true;
  #scheduled = false;
  #focusActive = false;

  constructor(options: ListOptions) {
    this.#options = options;
    const { viewport } = options;
    viewport.addEventListener('scroll', () => this.#scrolled());
    viewport.addEventListener('keydown', (event) => this.#key(event));
    viewport.addEventListener('focusin', ({ target }) => this.#focused(target));
    new ResizeObserver(() => this.redraw()).observe(viewport);
  }

  get active(): number | undefined {
    return this.#active;
  }

  get following(): boolean {
    return this.#following;
  }

  /** The rows changed: some are new at the end, and `gone` of the shown ones left at the beginning. */
  changed(gone = 0): void {
    if (gone > 0 && !this.#following) this.#options.viewport.scrollTop -= gone * this.#height;
    this.#schedule();
  }

  /** How rows look has changed, or which ones there are. */
  redraw(): void {
    for (const element of this.#drawn.values()) element.remove();
    this.#drawn.clear();
    this.#measure();
    this.#schedule();
  }

  follow(): void {
    this.#setFollowing(true);
    this.#schedule();
  }

  /** Brings a row of the shown ones into sight and the keyboard onto it. */
  go(index: number, focus = true): void {
    const rows = this.#options.rows();
    const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!row) return;
    const { viewport } = this.#options;
    const top = Math.min(Math.max(index, 0), rows.length - 1) * this.#height;
    this.#active = row.number;
    this.#focusActive = focus;
    const isLast = row === rows.at(-1);
    this.#setFollowing(isLast);
    if (top < viewport.scrollTop) viewport.scrollTop = top;
    else if (top + this.#height > viewport.scrollTop + viewport.clientHeight) {
      viewport.scrollTop = top + this.#height - viewport.clientHeight;
    }
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#draw();
    });
  }

  #draw(): void {
    const { viewport, canvas, rows: all, draw } = this.#options;
    const rows = all();
    canvas.style.height = `${rows.length * this.#height}px`;
    if (this.#following) viewport.scrollTop = viewport.scrollHeight;
    const first = Math.max(0, Math.floor(viewport.scrollTop / this.#height) - margin);
    const last = Math.min(rows.length, Math.ceil((viewport.scrollTop + viewport.clientHeight) / this.#height) + margin);
    const inSight = rows.slice(first, last);
    const numbers = new Set(inSight.map(({ number }) => number));
    for (const [number, element] of this.#drawn) {
      if (numbers.has(number)) continue;
      element.remove();
      this.#drawn.delete(number);
    }
    inSight.forEach((row, index) => {
      let element = this.#drawn.get(row.number);
      if (!element) {
        element = draw(row);
        element.dataset['number'] = String(row.number);
        element.setAttribute('role', 'listitem');
        this.#drawn.set(row.number, element);
        canvas.append(element);
      }
      element.style.top = `${(first + index) * this.#height}px`;
      element.tabIndex = row.number === this.#active ? 0 : -1;
      element.classList.toggle('active', row.number === this.#active);
    });
    // The list itself takes the key Tab while its active row is out of sight.
    const active = this.#active === undefined ? undefined : this.#drawn.get(this.#active);
    if (active) {
      active.ariaPosInSet = String(rows.findIndex(({ number }) => number === this.#active) + 1);
      active.ariaSetSize = String(rows.length);
    }
    viewport.tabIndex = active ? -1 : 0;
    if (active && this.#focusActive) active.focus({ preventScroll: true });
    this.#focusActive = false;
  }

  #measure(): void {
    const probe = document.createElement('div');
    probe.className = 'row';
    probe.textContent = '漢X';
    this.#options.canvas.append(probe);
    this.#height = probe.offsetHeight || this.#height;
    probe.remove();
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#options.viewport;
    this.#setFollowing(scrollTop + clientHeight >= scrollHeight - this.#height / 2);
    this.#schedule();
  }

  #setFollowing(following: boolean): void {
    if (following === this.#following) return;
    this.#following = following;
    this.#options.followed(following);
  }

  #focused(target: EventTarget | null): void {
    const number = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['number'] : undefined;
    if (number === undefined || Number(number) === this.#active) return;
    this.#active = Number(number);
    this.#schedule();
  }

  #key(event: KeyboardEvent): void {
    const rows = this.#options.rows();
    const page = Math.max(1, Math.floor(this.#options.viewport.clientHeight / this.#height) - 1);
    const at = this.#active === undefined ? rows.length : rows.findIndex(({ number }) => number === this.#active);
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      PageUp: at - page,
      PageDown: at + page,
      Home: 0,
      End: rows.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.go(to);
  }
}

/** Rows drawn beyond both edges. */
const margin = 10;
