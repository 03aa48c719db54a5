import type { Attachment, Engine, Replica } from '../engine/engine.js';

/**
 * The lines of a hosts file under which a proxy finds a service without its leaving replicas, while Docker's DNS still answers with
 * all of them: each name that a leaving replica shares with others, with the addresses of those others. None where no other is left.
 */
export async function hostsWithout(
  engine: Engine,
  proxy: Replica,
  leaving: readonly Replica[],
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const shared = new Set(proxy.addresses.map(({ network }) => network));
  const gone = new Set(leaving.map(({ id }) => id));
  const near = (await engine.replicas({}, signal)).filter(
    ({ id, state, addresses }) =>
      id !== proxy.id && (gone.has(id) || state === 'running') && addresses.some(({ network }) => shared.has(network)),
  );
  const attached = near.map(async ({ id }) => {
    const { networks } = await engine.inspect(id, signal);
    const here = networks.filter(({ network }) => shared.has(network));
    return here.map((attachment) => ({ leaves: gone.has(id), ...attachment }));
  });
  return hostLines((await Promise.all(attached)).flat());
}

/** As Docker's DNS would answer without those that leave: each name alone, and behind it the name of the network. */
export function hostLines(attached: readonly (Attachment & { readonly leaves: boolean })[]): readonly string[] {
  const lines = new Set<string>();
  const leaving = attached.filter(({ leaves }) => leaves);
  for (const { network, addresses, names, leaves } of attached) {
    if (leaves) continue;
    for (const name of names) {
      if (!leaving.some((one) => one.network === network && one.names.includes(name))) continue;
      for (const address of addresses) lines.add(`${address} ${name} ${name}.${network}`);
    }
  }
  return [...lines];
}
