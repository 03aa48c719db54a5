import type { Snapshot, SwarmSnapshot } from '../engine/snapshot.js';
import type { SwarmNode, SwarmService, Task } from '../engine/swarm.js';
import { groupBy } from '../model/groupBy.js';
import type { TreeNode } from '../tree/node.js';
import type { SwarmSummary, SwarmTarget } from './target.js';
import { currentTasks, taskName } from './tasks.js';

type Node = TreeNode<SwarmTarget>;

/** The Swarm → stacks → services → tasks, and its nodes, networks, secrets and configs. Nothing where the Engine is in none. */
export function swarmNodes({ info, swarm }: Snapshot): readonly Node[] {
  const state = info?.swarm.state;
  if (!info || state === undefined || state === 'inactive') return [];
  const managers = (swarm?.nodes ?? []).filter(({ role }) => role === 'manager');
  const summary: SwarmSummary = {
    role: info.swarm.manager ? 'manager' : 'worker',
    state,
    nodes: swarm?.nodes.length ?? 0,
    managers: managers.length,
    managersDown: managers.filter((node) => node.state !== 'ready').length,
    error: swarm?.error ?? info.swarm.error,
  };
  const children = swarm && swarm.error === undefined ? content(swarm) : [];
  // A worker has nothing below it; where its row became a manager's, that would stay closed.
  return [{ id: `swarm/${summary.role}`, value: { kind: 'swarm', swarm: summary }, children }];
}

function content({ services, tasks, nodes, resources }: SwarmSnapshot): readonly Node[] {
  const hosts = new Map(nodes.map((node) => [node.id, node]));
  const ofService = groupBy(tasks, ({ serviceId }) => serviceId);
  const known = new Map(services.map((service) => [service.id, service]));
  const placed = tasks.filter(({ nodeId, state }) => nodeId !== undefined && state === 'running');
  const ofNode = groupBy(placed, ({ nodeId }) => nodeId ?? '');

  const taskNode = (parent: string, task: Task, service: SwarmService | undefined, stack: boolean): Node => {
    const place = hosts.get(task.nodeId ?? '')?.hostname ?? '';
    const name = taskName(task, service ? shortName(service, stack) : task.serviceId, place);
    return { id: `${parent}/${task.id}`, value: { kind: 'task', task, name, place }, children: [] };
  };
  const serviceNode = (service: SwarmService): Node => {
    const id = `service/${service.id}`;
    const shown = currentTasks(ofService.get(service.id) ?? []);
    return {
      id,
      value: { kind: 'service', service },
      children: shown.map((task) => taskNode(id, task, service, true)),
    };
  };
  const nodeNode = (node: SwarmNode): Node => {
    const id = `node/${node.id}`;
    const running = ofNode.get(node.id) ?? [];
    return {
      id,
      value: { kind: 'node', node, running: running.length },
      children: running.map((task) => taskNode(id, task, known.get(task.serviceId), false)),
    };
  };
  const group = (name: 'nodes' | 'networks' | 'secrets' | 'configs', children: readonly Node[]): Node => ({
    id: name,
    value: { kind: 'group', group: name },
    children,
  });

  const sorted = [...services].sort(byName);
  const stacks = groupBy(sorted, ({ stack }) => stack ?? '');
  const { networks, secrets, configs } = resources;
  return [
    ...[...stacks]
      .filter(([name]) => name !== '')
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, of]): Node => ({
        id: `stack/${name}`,
        value: { kind: 'stack', stack: { name, services: of } },
        children: of.map(serviceNode),
      })),
    ...(stacks.get('') ?? []).map(serviceNode),
    group('nodes', [...nodes].sort((a, b) => a.hostname.localeCompare(b.hostname)).map(nodeNode)),
    group(
      'networks',
      [...networks]
        .sort(byName)
        .map((network) => ({ id: `network/${network.id}`, value: { kind: 'network', network }, children: [] })),
    ),
    group(
      'secrets',
      [...secrets]
        .sort(byName)
        .map((file) => ({ id: `secret/${file.id}`, value: { kind: 'secret', file }, children: [] })),
    ),
    group(
      'configs',
      [...configs]
        .sort(byName)
        .map((file) => ({ id: `config/${file.id}`, value: { kind: 'config', file }, children: [] })),
    ),
  ];
}

/** Below its stack a service goes without the stack's name. */
export function shortName({ name, stack }: SwarmService, short = true): string {
  return short && stack !== undefined && name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name;
}

/** What a filter looks at. */
export function searchWords(target: SwarmTarget): string {
  switch (target.kind) {
    case 'stack':
      return target.stack.name;
    case 'service':
      return `${target.service.name} ${target.service.image}`;
    case 'task':
      return `${target.name} ${target.place} ${target.task.state}`;
    case 'node':
      return `${target.node.hostname} ${target.node.role} ${target.node.availability} ${target.node.state}`;
    case 'network':
      return target.network.name;
    case 'secret':
    case 'config':
      return target.file.name;
    case 'swarm':
    case 'group':
    case 'file':
      return '';
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name.localeCompare(b.name);
}
