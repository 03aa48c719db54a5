import type { EngineEvent } from './engine.js';

/** What of an Engine has to be read again, as its events say. */
export class Dirt {
  #everything = false;
  #swarm = false;
  #resources = false;
  #ids = new Set<string>();
  #wake: () => void = () => undefined;

  add({ kind, id, attributes }: EngineEvent): void {
    if (kind === 'network') {
      // Its id is the network's; the container that came or went is an attribute.
      if (attributes['container']) this.#ids.add(attributes['container']);
      else this.#swarm = this.#resources = true;
    } else if (kind === 'container') {
      if (attributes['com.docker.compose.project'] !== undefined) this.#ids.add(id);
      if (attributes['com.docker.swarm.task.id'] !== undefined) this.#swarm = true;
    } else {
      this.#swarm = true;
      if (kind === 'secret' || kind === 'config') this.#resources = true;
      // A node or service event of an Engine that has just become a manager.
      if (kind === 'node') this.#everything = true;
    }
    this.#notify();
  }

  addAll(): void {
    this.#everything = true;
    this.#notify();
  }

  addSwarm(): void {
    this.#swarm = true;
    this.#notify();
  }

  take(): Taken {
    const taken = {
      everything: this.#everything,
      swarm: this.#swarm,
      resources: this.#everything || this.#resources,
      ids: [...this.#ids],
    };
    this.#everything = false;
    this.#swarm = false;
    this.#resources = false;
    this.#ids = new Set();
    return taken;
  }

  /** Until there is something to read, at most so many milliseconds where that is said. */
  wait(signal: AbortSignal, atMost?: number): Promise<void> {
    if (this.#something() || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = atMost === undefined ? undefined : setTimeout(done, atMost);
      this.#wake = done;
      signal.addEventListener('abort', done);
    });
  }

  #notify(): void {
    if (this.#something()) this.#wake();
  }

  #something(): boolean {
    return this.#everything || this.#swarm || this.#ids.size > 0;
  }
}

export interface Taken {
  readonly everything: boolean;
  readonly swarm: boolean;
  readonly resources: boolean;
  readonly ids: readonly string[];
}
