import type { SwarmNode } from '../engine/swarm.js';
import type { Icon, Item } from '../tree/node.js';
import { code, escape, facets } from './markdown.js';

/** How a node looks and sounds: what differs from a ready worker that takes tasks is said first. */
export function presentNode(node: SwarmNode, running: number): Item {
  const { hostname, role, availability, state, leader } = node;
  const words = [
    state === 'ready' ? '' : state.charAt(0).toUpperCase() + state.slice(1),
    leader ? 'leader' : role,
    availability === 'active' ? '' : saidAvailability[availability],
    `${running} ${running === 1 ? 'task' : 'tasks'}`,
    ...[...node.genericResources].map(([kind, count]) => `${count} ${kind}`),
    ...[...node.labels].map(([key, value]) => (value === '' ? key : `${key}=${value}`)),
  ].filter(Boolean);
  return {
    label: hostname,
    description: words.join(' · '),
    icon: nodeIcon(node),
    contextValue: facets('node', role, availability, state),
    accessibleLabel: [hostname, ...words].join(', '),
    tooltip: nodeTooltip(node),
    open: 'collapsed',
  };
}

function nodeTooltip({
  hostname,
  id,
  address,
  engineVersion,
  labels,
  cpus,
  memoryBytes,
  genericResources,
}: SwarmNode): string {
  const memory = `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`;
  const resources = [`${cpus} CPUs`, memory, ...[...genericResources].map(([kind, count]) => `${count} ${kind}`)];
  return [
    `**${escape(hostname)}** ${code(id)}`,
    `Engine ${escape(engineVersion)} at ${code(address)}`,
    escape(resources.join(', ')),
    ...(labels.size > 0 ? [`Labels ${[...labels].map(([key, value]) => code(`${key}=${value}`)).join(', ')}`] : []),
  ].join('\n\n');
}

function nodeIcon({ state, availability, role }: SwarmNode): Icon {
  if (state !== 'ready') return { name: 'error', color: 'longshore.error' };
  if (availability !== 'active') return { name: 'debug-pause', color: 'longshore.warning' };
  return { name: role === 'manager' ? 'star-empty' : 'vm', color: 'charts.green' };
}

const saidAvailability = { pause: 'paused', drain: 'drained', active: '' } as const;
