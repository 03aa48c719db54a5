/** Milliseconds without a change after which a burst of them is over. */
const quiet = 1000;

/**
 * Shows changes at once, and everything once more when there were none for a while: VS Code drops a refresh of a tree that comes while
 * two others are under way, and would then show what was until the next change.
 */
export class OnceMore<T> {
  readonly #show: (what: T | undefined) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `show` is given what changed, and undefined for everything. */
  constructor(show: (what: T | undefined) => void) {
    this.#show = show;
  }

  now(changed: T | undefined): void {
    this.dispose();
    this.#show(changed);
    this.#timer = setTimeout(() => this.#show(undefined), quiet);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
