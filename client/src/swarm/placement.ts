import type { ServiceSpec } from '../engine/swarmSpec.js';
import type { SwarmNode } from '../engine/swarm.js';

/** Why no node takes a task, from Swarm's own counts and from what the service asks for and the nodes have. */
export function explainPlacement(
  error: string,
  service: string,
  spec: ServiceSpec,
  nodes: readonly SwarmNode[],
): string {
  const reasons: string[] = [];
  const away = nodes.filter(({ state, availability }) => state !== 'ready' || availability !== 'active');
  if (away.length > 0)
    reasons.push(`${list(away)} ${away.length === 1 ? 'takes' : 'take'} no tasks (down, paused or drained)`);
  for (const constraint of spec.TaskTemplate.Placement?.Constraints ?? []) {
    const fitting = nodes.filter((node) => satisfies(node, constraint) !== false);
    if (fitting.length === 0) reasons.push(`no node satisfies \`${constraintText(constraint)}\``);
    else if (fitting.length < nodes.length && /constraint/.test(error))
      reasons.push(`only ${list(fitting)} satisfies \`${constraintText(constraint)}\``);
  }
  if (/insufficient resources/.test(error)) reasons.push(...missing(spec, nodes));
  if (/max replicas per node/.test(error)) {
    reasons.push(`\`max_replicas_per_node: ${spec.TaskTemplate.Placement?.MaxReplicas ?? ''}\` is reached everywhere`);
  }
  if (/port already in use/.test(error)) reasons.push('the port it publishes with `mode: host` is taken');
  if (/unsupported platform/.test(error)) reasons.push('its image is not for the platform of the nodes');
  if (/missing plugin/.test(error)) reasons.push('a plugin it needs is missing');
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  return `No node can take a task of ${service}${why}. It waits until one can.`;
}

/** Undefined for what only the node itself knows. */
export function satisfies(node: SwarmNode, constraint: string): boolean | undefined {
  const [, key = '', operator, wanted = ''] = /^(.*?)(==|!=)(.*)$/.exec(constraintText(constraint)) ?? [];
  const label = /^node\.labels\.(.*)$/.exec(key)?.[1];
  const has =
    label !== undefined
      ? (node.labels.get(label) ?? '')
      : { 'node.role': node.role, 'node.hostname': node.hostname, 'node.id': node.id }[key];
  if (operator === undefined || has === undefined) return undefined;
  const equal = has.toLowerCase() === wanted.toLowerCase();
  return operator === '==' ? equal : !equal;
}

function missing(spec: ServiceSpec, nodes: readonly SwarmNode[]): readonly string[] {
  const { NanoCPUs = 0, MemoryBytes = 0, GenericResources = [] } = spec.TaskTemplate.Resources?.Reservations ?? {};
  const most = (of: (node: SwarmNode) => number): number => Math.max(0, ...nodes.map(of));
  const said: string[] = [];
  const need = (what: string, wanted: string, has: string): void =>
    void said.push(`each task reserves ${wanted}${what} and no node has as much free (the largest has ${has} in all)`);
  if (NanoCPUs > 0) need(' CPUs', String(NanoCPUs / 1e9), String(most(({ cpus }) => cpus)));
  if (MemoryBytes > 0) {
    need(' of memory', mebibytes(MemoryBytes), mebibytes(most(({ memoryBytes }) => memoryBytes)));
  }
  for (const { DiscreteResourceSpec: discrete, NamedResourceSpec: named } of GenericResources) {
    const kind = discrete?.Kind ?? named?.Kind ?? '';
    const has = most(({ genericResources }) => genericResources.get(kind) ?? 0);
    if (has === 0) said.push(`no node offers the generic resource \`${kind}\``);
    else need(` \`${kind}\``, String(discrete?.Value ?? 1), String(has));
  }
  return said;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function list(nodes: readonly SwarmNode[]): string {
  return nodes.map(({ hostname }) => hostname).join(', ');
}

/** `node.role == manager` and `node.role==manager` are one constraint. */
function constraintText(constraint: string): string {
  return constraint.replace(/\s*(==|!=)\s*/, '$1').trim();
}
