import type { SwarmPort } from '../engine/swarm.js';
import type { Balance } from './balance.js';
import { escape } from './markdown.js';

/** `8080 → 80/tcp (ingress)` */
export function publishedText({ published, target, protocol, mode }: SwarmPort): string {
  return `${published ?? 'a free port'} → ${target}/${protocol} (${mode})`;
}

/** What is known of a service's endpoints, as Markdown. */
export function balanceText({ mode, virtualAddresses, ports, tasks }: Balance): string {
  const kind = mode === 'vip' ? 'One virtual address per network (vip)' : 'The addresses of its tasks (dnsrr)';
  return [
    `Its name stands for: ${kind}.`,
    ...table(
      ['Network', 'Virtual address'],
      virtualAddresses.map(({ network, address }) => [network, address]),
    ),
    ...table(
      ['Published port', 'Nodes that answer'],
      ports.map((port) => [publishedText(port), port.nodes.map(({ hostname }) => hostname).join(', ') || 'none']),
    ),
    ...table(
      ['Task', 'State', 'Node', 'Addresses', 'Ports of the node'],
      tasks.map(({ name, state, node, addresses, hostPorts }) => [
        name,
        state,
        node,
        addresses.map(({ network, address }) => `${address} in ${network}`).join(', '),
        hostPorts.map(({ published, target, protocol }) => `${published ?? ''} → ${target}/${protocol}`).join(', '),
      ]),
    ),
  ].join('\n\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.map(escape).join(' | ')} |`;
  return [[line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n')];
}
