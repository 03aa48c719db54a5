import { gwbridgeCommand } from '../engine/gwbridge.js';
import { takenPort } from '../engine/takenPort.js';
import type { ServiceSpec } from '../engine/swarmSpec.js';
import type { SwarmNetwork, SwarmNode, SwarmService, Task } from '../engine/swarm.js';
import { explainPlacement } from './placement.js';
import { currentTasks } from './tasks.js';

/** Why a service is not as it should be. */
export interface Cause {
  readonly id: CauseId;
  /** What is wrong, what follows and what helps, in sentences. */
  readonly text: string;
  /** What Swarm itself says, where it says something. */
  readonly said: string | undefined;
  /** Where it happened, where it happened on a node. */
  readonly nodeId?: string;
}

export type CauseId =
  | 'noSuitableNode'
  | 'imageMissing'
  | 'portInUse'
  | 'updatePaused'
  | 'networkPool'
  | 'gwbridge'
  | 'mountMissing'
  | 'unhealthy'
  | 'outOfMemory'
  | 'exits'
  | 'scaledToZero'
  | 'dnsrrIngress'
  | 'onItsWay'
  | 'unknown';

export interface DiagnosisInput {
  readonly service: SwarmService;
  readonly spec: ServiceSpec;
  /** Of this service. */
  readonly tasks: readonly Task[];
  readonly nodes: readonly SwarmNode[];
  readonly networks: readonly SwarmNetwork[];
}

/** The causes, the ones that must be dealt with first at the front; none for a service that is as it should be. */
export function diagnose({ service, spec, tasks, nodes, networks }: DiagnosisInput): readonly Cause[] {
  const causes = new Map<string, Cause>();
  const add = (cause: Cause): void => void causes.set(`${cause.id} ${cause.text}`, cause);
  const { update, name } = service;
  if (update?.state.endsWith('paused')) {
    const what = update.state === 'rollback_paused' ? 'The way back' : 'The update';
    add({
      id: 'updatePaused',
      text: `${what} of ${name} is paused after a failure, so old and new tasks run side by side. Roll back, or update again once the cause is gone.`,
      said: update.message,
    });
  }
  if (
    spec.EndpointSpec?.Mode === 'dnsrr' &&
    spec.EndpointSpec.Ports?.some(({ PublishMode }) => PublishMode !== 'host')
  ) {
    add({
      id: 'dnsrrIngress',
      text: `${name} has no virtual address (\`endpoint_mode: dnsrr\`), and the routing mesh needs one. Publish its ports with \`mode: host\`.`,
      said: undefined,
    });
  }
  for (const task of currentTasks(tasks)) {
    if (task.error === undefined || task.state === 'running') continue;
    add(explain(task.error, { service, spec, tasks, nodes, networks }, task));
  }
  const dry = networksWithoutAddresses(spec, networks);
  if (dry.length > 0 && tasks.some(({ state }) => state === 'new')) {
    add({ id: 'networkPool', text: poolText(`the network ${dry.join(', ')} of ${name}`), said: undefined });
  }
  if (causes.size > 0) return [...causes.values()];
  if (service.desired === 0 && service.mode === 'replicated') {
    const text = `${name} is scaled to 0, so nothing of it should run.`;
    return [{ id: 'scaledToZero', text, said: undefined }];
  }
  if (service.running >= service.desired) return [];
  const waiting = currentTasks(tasks).filter(({ state }) => state !== 'running');
  const states = [...new Set(waiting.map(({ state }) => state))].join(', ');
  return waiting.length > 0
    ? [{ id: 'onItsWay', text: `${name} is on its way: ${waiting.length} tasks are ${states}.`, said: undefined }]
    : [{ id: 'unknown', text: `Swarm has made no task for ${name} yet and says no reason.`, said: undefined }];
}

function explain(error: string, { service, spec, nodes }: DiagnosisInput, { nodeId }: Task): Cause {
  const { name, image } = service;
  const host = nodes.find(({ id }) => id === nodeId)?.hostname;
  const where = host === undefined ? '' : ` on ${host}`;
  const cause = (id: CauseId, text: string): Cause => ({ id, text, said: error, ...(nodeId && { nodeId }) });

  if (/no suitable node/.test(error) && !/\(host-mode port already in use on \d+ nodes?\)/.test(error))
    return cause('noSuitableNode', explainPlacement(error, name, spec, nodes));
  if (/no such image|pull access denied|manifest unknown|repository .* not found/i.test(error)) {
    return cause(
      'imageMissing',
      `The image ${image} is not${where} and cannot be pulled there. Push it to a registry that every node reaches, and deploy with registry credentials where it asks for them.`,
    );
  }
  if (/port is already allocated|address already in use|host-mode port already in use/i.test(error)) {
    const taken = takenPort(error);
    return cause(
      'portInUse',
      `${taken ? `Port ${taken.port}` : 'A port that it publishes'} is taken${where}, so the task of ${name} cannot start. Publish another port, or stop what has it.`,
    );
  }
  // What an Engine calls the bridge when it makes it.
  if (/docker_gwbridge|external connectivity network/.test(error)) {
    const why = lacksAddresses(error) ? ', because every range of addresses that the Engine may take is in use' : '';
    return cause(
      'gwbridge',
      `The bridge \`docker_gwbridge\` is missing or broken${where}${why}: overlay networks reach the outside through it. Create it there with a range of its own: \`${gwbridgeCommand}\`.`,
    );
  }
  if (lacksAddresses(error)) return cause('networkPool', poolText(`a network of ${name}`));
  if (/bind source path does not exist|invalid mount config/i.test(error)) {
    return cause(
      'mountMissing',
      `A folder that ${name} mounts is not${where}: Swarm does not create it. Create it on every node, or bind the service to one that has it.`,
    );
  }
  if (/unhealthy container/.test(error)) {
    return cause('unhealthy', `${name} fails its health check${where}, so Swarm replaces its tasks again and again.`);
  }
  if (/exit \(137\)|OOM/i.test(error)) {
    return cause(
      'outOfMemory',
      `${name} was killed${where} (exit code 137): most often it needed more memory than its limit allows.`,
    );
  }
  if (/non-zero exit|task: exit/i.test(error)) {
    return cause('exits', `The program of ${name} ends by itself${where}. Its log says why.`);
  }
  return cause('unknown', `A task of ${name} failed${where}: ${error}.`);
}

function poolText(network: string): string {
  return `There is no free range of addresses for ${network}. Remove networks that nobody uses, give the network a subnet, or begin the swarm with \`--default-addr-pool\`.`;
}

/** Swarm says nothing of a network that it has no addresses for: its tasks stay new. */
function networksWithoutAddresses(spec: ServiceSpec, networks: readonly SwarmNetwork[]): readonly string[] {
  const targets = new Set((spec.TaskTemplate.Networks ?? []).map(({ Target }) => Target));
  return networks.filter(({ id, subnets }) => targets.has(id) && subnets.length === 0).map(({ name }) => name);
}

/** Whether an Engine has no range of addresses left, for a network or for its bridge to the outside. */
export function lacksAddresses(message: string): boolean {
  return /non-overlapping|address pools have been fully subnetted|no available network|could not find an available/i.test(
    message,
  );
}
