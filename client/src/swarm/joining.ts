import type { JoinOptions } from '../engine/swarmControl.js';

/** The addresses that an Engine names when it has several and will not choose one; none for any other message. */
export function offeredAddresses(message: string): readonly { readonly address: string; readonly device: string }[] {
  const one = /multiple addresses on interface (\S+) \((\S+) and (\S+)\)/.exec(message);
  if (one) {
    const [, device = '', ...addresses] = one;
    return addresses.map((address) => ({ address, device }));
  }
  if (!/multiple addresses on different interfaces/.test(message)) return [];
  return [...message.matchAll(/([0-9a-f.:]+) on ([^\s)]+)/gi)].map(([, address = '', device = '']) => ({
    address,
    device,
  }));
}

/** Token and manager from a pasted `docker swarm join` command, or from the two alone; undefined where one is missing. */
export function readJoinCommand(text: string): JoinOptions | undefined {
  const token = /SWMTKN-\S+/.exec(text)?.[0];
  const manager = /(?:\[[0-9a-f:]+\]|[\w.-]+):\d{1,5}(?=\s*$)/i.exec(text)?.[0];
  return token !== undefined && manager !== undefined ? { token, manager } : undefined;
}
