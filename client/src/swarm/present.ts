import type { PublishedPort } from '../engine/engine.js';
import type { SwarmFile, SwarmNetwork, SwarmService, Task } from '../engine/swarm.js';
import type { Icon, Item } from '../tree/node.js';
import { code, escape, facets } from './markdown.js';
import { shortName } from './nodes.js';
import { presentNode } from './presentNode.js';
import type { Group, Stack, SwarmSummary, SwarmTarget } from './target.js';

/** How a thing of the Swarm looks and sounds. */
export function present(target: SwarmTarget): Item {
  switch (target.kind) {
    case 'swarm':
      return presentSwarm(target.swarm);
    case 'stack':
      return presentStack(target.stack);
    case 'service':
      return presentService(target.service);
    case 'task':
      return presentTask(target.task, target.name, target.place);
    case 'group':
      return groups[target.group];
    case 'node':
      return presentNode(target.node, target.running);
    case 'network':
      return presentNetwork(target.network);
    case 'secret':
    case 'config':
      return presentFile(target.kind, target.file);
    case 'file':
      return item('file', target.uri, '', { name: 'file' });
  }
}

function presentSwarm(swarm: SwarmSummary): Item {
  const { role, state, managersDown, error } = swarm;
  const sick = state !== 'active' || error !== undefined || managersDown > 0;
  return {
    ...item(
      facets('swarm', role, state),
      'Swarm',
      swarmText(swarm),
      sick ? { name: 'warning', color: 'longshore.warning' } : { name: 'server-environment' },
    ),
    tooltip: [`**Swarm**, this Engine is a ${role}`, error ? escape(error) : ''].filter(Boolean).join('\n\n'),
    open: 'expanded',
  };
}

/** What this Engine is in the swarm, then what is wrong with that or how large it is. */
function swarmText({ role, state, nodes, managers, managersDown, error }: SwarmSummary): string {
  if (state !== 'active') return `${role} · ${state}`;
  if (error !== undefined)
    return `${role} · ${/does not have a leader/.test(error) ? 'has lost its quorum' : 'does not answer'}`;
  if (role === 'worker') return 'worker · ask a manager for its services';
  const said = managersDown > 0 ? `${managersDown} down` : `${nodes} ${nodes === 1 ? 'node' : 'nodes'}`;
  return `${managers > 1 ? `one of ${managers} managers` : 'manager'} · ${said}`;
}

function presentStack({ name, services }: Stack): Item {
  const well = services.filter(({ running, desired }) => running >= desired).length;
  return {
    ...item('stack', name, `${well}/${services.length} services complete`, { name: 'layers' }),
    accessibleLabel: `${name}, stack, ${well} of ${services.length} services complete`,
    open: 'expanded',
  };
}

function presentService(service: SwarmService): Item {
  const { running, desired, image, ports, update, mode } = service;
  const state = update && update.state !== 'completed' ? update.state.replaceAll('_', ' ') : '';
  const published = ports.flatMap((port) => (port.published === undefined ? [] : `:${port.published}`)).join(' ');
  const extras = [mode === 'replicated' ? '' : mode.replace('-', ' '), state, image, published].filter(Boolean);
  const name = shortName(service);
  return {
    label: name,
    description: [`${running}/${desired}`, ...extras].join(' · '),
    icon: serviceIcon(service),
    contextValue: facets(
      'service',
      mode,
      update && /paused|updating|rollback_started/.test(update.state) ? 'updating' : '',
      running < desired ? 'short' : '',
    ),
    accessibleLabel: [`${name}, ${running} of ${desired} ${desired === 1 ? 'task' : 'tasks'} running`, ...extras].join(
      ', ',
    ),
    tooltip: [
      `**${escape(service.name)}** ${mode}`,
      `Image ${code(image)}`,
      ...(ports.length > 0 ? [`Ports ${ports.map((port) => code(portName(port))).join(', ')}`] : []),
      ...(update?.message ? [escape(`${update.state.replaceAll('_', ' ')}: ${update.message}`)] : []),
    ].join('\n\n'),
    open: 'collapsed',
  };
}

function serviceIcon({ running, desired, update }: SwarmService): Icon {
  if (update?.state.endsWith('paused')) return { name: 'error', color: 'longshore.error' };
  if (update?.state === 'updating' || update?.state === 'rollback_started')
    return { name: 'sync', color: 'charts.blue' };
  if (running < desired) return { name: 'warning', color: 'longshore.warning' };
  return desired === 0 ? { name: 'circle-outline' } : { name: 'play-circle', color: 'charts.green' };
}

function presentTask(task: Task, name: string, place: string): Item {
  const { state, desiredState, error } = task;
  const path = desiredState === state || ended.has(state) ? state : `${state} → ${desiredState}`;
  const words = [path, name.includes(' on ') ? '' : place, error ?? ''].filter(Boolean);
  return {
    ...item(facets('task', state), name, words.join(' · '), taskIcon(task)),
    accessibleLabel: [name, ...words].join(', '),
    tooltip: [
      `**${escape(name)}** ${code(task.id)}`,
      `Image ${code(task.image)}`,
      `State ${state}, should be ${desiredState}`,
      ...(error ? [escape(error)] : []),
    ].join('\n\n'),
  };
}

const ended: ReadonlySet<string> = new Set(['failed', 'rejected', 'orphaned', 'complete', 'shutdown', 'remove']);

function taskIcon({ state, error }: Task): Icon {
  if (state === 'running') return { name: 'play-circle', color: 'charts.green' };
  if (state === 'failed' || state === 'rejected') return { name: 'error', color: 'longshore.error' };
  if (state === 'complete') return { name: 'check' };
  if (ended.has(state)) return { name: 'debug-stop', color: 'descriptionForeground' };
  return error ? { name: 'warning', color: 'longshore.warning' } : { name: 'sync', color: 'charts.blue' };
}

function presentNetwork({ name, driver, attachable, internal, ingress, subnets }: SwarmNetwork): Item {
  const traits = [driver, ingress ? 'routing mesh' : '', attachable ? 'attachable' : '', internal ? 'internal' : ''];
  return item(facets('network', ingress ? 'ingress' : ''), name, [...traits, ...subnets].filter(Boolean).join(' · '), {
    name: 'type-hierarchy',
  });
}

function presentFile(kind: 'secret' | 'config', { name, createdAt }: SwarmFile): Item {
  const created = createdAt > 0 ? `created ${new Date(createdAt).toISOString().slice(0, 10)}` : '';
  return item(kind, name, created, { name: kind === 'secret' ? 'key' : 'file-code' });
}

const groups: Readonly<Record<Group, Item>> = {
  nodes: { ...item('group;nodes', 'Nodes', '', { name: 'server' }), open: 'expanded' },
  networks: item('group;networks', 'Networks', '', { name: 'type-hierarchy' }),
  secrets: item('group;secrets', 'Secrets', '', { name: 'key' }),
  configs: item('group;configs', 'Configs', '', { name: 'file-code' }),
};

function item(contextValue: string, label: string, description: string, icon: Icon): Item {
  const accessibleLabel = [label, ...description.split(' · ')].filter(Boolean).join(', ');
  return { label, icon, contextValue, accessibleLabel, ...(description !== '' && { description }) };
}

function portName({ published, target, protocol }: PublishedPort): string {
  return published === undefined ? `${target}/${protocol}` : `${published} → ${target}/${protocol}`;
}
