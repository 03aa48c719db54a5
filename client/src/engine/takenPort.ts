export interface TakenPort {
  readonly port: number;
  /** The container that wanted it, where that is said. */
  readonly container: string | undefined;
}

/**
 * The port of the Engine's machine that an Engine could not publish because something else has it; undefined for any other message.
 * Each version and each platform says it in other words.
 */
export function takenPort(said: string): TakenPort | undefined {
  if (!taken.test(said)) return undefined;
  const [, container] = /on endpoint (\S+)/.exec(said) ?? [];
  const [, chosen, port = chosen] = place.exec(said) ?? [];
  return port === undefined ? undefined : { port: Number(port), container };
}

const taken = /port is already allocated|ports are allocated|address already in use|only one usage of each socket/i;

/** The second form is of one port out of a range: `host port 8099 for 0.0.0.0:8098-8099:172.20.0.3:80/tcp`. */
const place =
  /host port (\d+) for|(?:Bind for|host port(?: for)?|listen (?:tcp|udp)[46]?|exposing port \w+) (?:\[[^\]]*\]|[\d.]*|::):(\d+)/i;
