import type { ClientRequests } from '../protocol.js';
import type { FeatureHost } from './feature.js';

/** Milliseconds that a completion waits for the client. */
const patience = 250;

/** The images of the client's Engine, as it said last. Of a client without one there are none. */
export class EngineImages {
  #known: readonly string[] = [];
  #asked: Promise<void> | undefined;

  constructor(private readonly server: FeatureHost) {}

  get known(): readonly string[] {
    return this.#known;
  }

  /** Asks the client, once at a time; false where it is still busy answering after a while. */
  async refresh(): Promise<boolean> {
    const { client, later } = this.server;
    if (!client.knowsImages) return true;
    this.#asked ??= this.ask().finally(() => (this.#asked = undefined));
    return new Promise((resolve) => {
      const giveUp = later(patience, () => resolve(false));
      void this.#asked?.then(() => {
        giveUp();
        resolve(true);
      });
    });
  }

  private async ask(): Promise<void> {
    const method: keyof ClientRequests = 'longshore/images';
    try {
      const said = await this.server.connection.sendRequest<unknown>(method, null);
      this.#known = Array.isArray(said) ? said.filter((it) => typeof it === 'string') : [];
    } catch (error) {
      this.server.session.log(`The client does not say its images: ${String(error)}`);
      this.#known = [];
    }
  }
}
