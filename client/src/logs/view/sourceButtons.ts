import type { ViewSource } from '../protocol.js';

/** A button for each replica, which hides and shows its lines. A replica that was made again has its old button. */
export class SourceButtons {
  readonly #hidden = new Set<string>();
  readonly #names = new Set<string>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly changed: () => void,
  ) {}

  /** Names of the replicas that are not shown. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  add(sources: readonly ViewSource[]): void {
    for (const source of sources) {
      if (this.#names.has(source.name)) continue;
      this.#names.add(source.name);
      const after = [...this.parent.children].find((other) => compare(other.textContent, source.name) > 0);
      this.parent.insertBefore(this.#button(source), after ?? null);
    }
    const longest = Math.max(0, ...[...this.#names].map((name) => name.length));
    document.body.style.setProperty('--name-width', `${Math.min(longest, 24)}ch`);
  }

  #button({ name, color }: ViewSource): HTMLButtonElement {
    const button = document.createElement('button');
    button.className = `color-${color}`;
    button.textContent = name;
    button.title = `Show or hide the lines of ${name}`;
    button.setAttribute('aria-pressed', 'true');
    button.addEventListener('click', () => {
      const hide = !this.#hidden.has(name);
      if (hide) this.#hidden.add(name);
      else this.#hidden.delete(name);
      button.setAttribute('aria-pressed', String(!hide));
      this.changed();
    });
    return button;
  }
}

function compare(a: string | null, b: string): number {
  return (a ?? '').localeCompare(b, undefined, { numeric: true });
}
