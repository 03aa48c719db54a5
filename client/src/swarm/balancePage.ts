import type { Balance, BalancedPort } from './balance.js';
import { publishedText } from './balanceText.js';
import type { Share, Spread } from './spread.js';

export interface BalancePageParts {
  /** What the editor serves files of the extension from. */
  readonly source: string;
  /** Address. */
  readonly style: string;
  /** Of the command that probes; undefined where nothing may be sent. */
  readonly probe: string | undefined;
  readonly balance: Balance;
  readonly spread: Spread | undefined;
}

/** The page of a service's load balancing: no script runs in it, and it may load nothing but our own style. */
export function balancePage({ source, style, probe, balance, spread }: BalancePageParts): string {
  const { service, mode, virtualAddresses, ports, tasks } = balance;
  const meaning =
    mode === 'vip'
      ? 'Its name stands for one virtual address per network, behind which Swarm spreads connections over its tasks (vip).'
      : 'Its name stands for the addresses of its tasks, and whoever asks chooses among them (dnsrr).';
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${source}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>Load balancing of ${escapeHtml(service)}</title>
</head>
<body>
<h1>${escapeHtml(service)}</h1>
<p>${meaning}</p>
${
  virtualAddresses.length > 0
    ? table(
        'Virtual addresses',
        ['Network', 'Address'],
        virtualAddresses.map(({ network, address }) => [network, address]),
      )
    : ''
}
${ports.length > 0 ? table('Published ports', ['Port', 'Nodes that answer'], ports.map(portRow)) : '<p>It publishes no port: only services on its networks reach it.</p>'}
${table(
  'Tasks',
  ['Task', 'State', 'Node', 'Addresses by network', 'Ports of the node'],
  tasks.map((task) => [
    task.name,
    task.state,
    task.node,
    task.addresses.map(({ network, address }) => `${network} ${address}`).join(', '),
    task.hostPorts.map(({ published, target }) => `${published ?? ''} → ${target}`).join(', '),
  ]),
)}
${probe === undefined ? '' : `<p><a class="button" role="button" href="${escapeHtml(probe)}">Probe…</a> sends some requests and shows which tasks answer.</p>`}
<div role="status">${spread ? spreadHtml(spread) : ''}</div>
</body>
</html>
`;
}

function portRow(port: BalancedPort): readonly string[] {
  const nodes = port.nodes.map(({ hostname, address }) => (address ? `${hostname} (${address})` : hostname));
  return [publishedText(port), nodes.join(', ') || 'none'];
}

function spreadHtml({ sent, answered, failures, statuses, shares, unknown }: Spread): string {
  const codes = [...statuses].map(([status, count]) => `${count} with status ${status}`);
  const wrong = [...failures].map(([failure, count]) => `${count} not: ${failure}`);
  const silent =
    unknown === 0
      ? ''
      : `<p>Of ${unknown} answers nothing tells the task: neither the answer nor a log has its name. The connections that a task accepted meanwhile are counted whoever made them.</p>`;
  return `<h2>Probe</h2>
<p>${escapeHtml(`${answered} of ${sent} requests were answered. ${[...codes, ...wrong].join('; ')}`)}.</p>
${silent}
${chart(shares)}
${table(
  'Answers',
  ['Task', 'Node', 'Answers', 'Share', 'Accepted connections'],
  [
    ...shares.map(({ task, count, connections }) => [
      task.name,
      task.node,
      String(count),
      answered > 0 ? `${Math.round((count / answered) * 100)} %` : '',
      connections === undefined ? 'not known' : String(connections),
    ]),
    ...(unknown > 0 ? [['not known', '', String(unknown), '', '']] : []),
  ],
)}`;
}

const barHeight = 18;
const labelWidth = 160;
const barWidth = 300;

/** The same numbers as in the table, for the eye. Answers, or connections where no answer told its task. */
function chart(shares: readonly Share[]): string {
  const told = shares.some(({ count }) => count > 0);
  const valueOf = ({ count, connections = 0 }: Share): number => (told ? count : connections);
  const most = Math.max(1, ...shares.map(valueOf));
  const bars = shares.map((share, index) => {
    const y = index * (barHeight + 4);
    const width = Math.round((valueOf(share) / most) * barWidth);
    const text = (x: number, words: string): string =>
      `<text x="${x}" y="${y + barHeight - 5}">${escapeHtml(words)}</text>`;
    const bar = `<rect x="${labelWidth}" y="${y}" width="${width}" height="${barHeight}"></rect>`;
    return `${text(0, share.task.name.slice(-22))}${bar}${text(labelWidth + width + 6, String(valueOf(share)))}`;
  });
  const height = shares.length * (barHeight + 4);
  const label = `${told ? 'Answers' : 'Accepted connections'} by task, as in the table below`;
  return `<svg role="img" aria-label="${label}" width="${labelWidth + barWidth + 60}" height="${height}">${bars.join('')}</svg>`;
}

function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((cell) => `<th scope="col">${escapeHtml(cell)}</th>`).join('');
  const lines = rows.map(([first = '', ...rest]) => {
    const cells = rest.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(first)}</th>${cells}</tr>`;
  });
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${columns}</tr></thead><tbody>
${lines.join('\n')}
</tbody></table>`;
}

/** Names of services and nodes come from files and machines: none of them is HTML. */
function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
