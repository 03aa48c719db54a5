import { readFileSync } from 'node:fs';
import type { SwarmSnapshot } from '../../client/src/engine/snapshot.js';
import { noResources } from '../../client/src/engine/snapshot.js';
import { toSwarmNode, toSwarmService, toTask } from '../../client/src/engine/fromSwarmApi.js';
import type { ApiNode, ApiService, ApiTask } from '../../client/src/engine/fromSwarmApi.js';

/** What an Engine answers, as its API has it. */
export interface Recorded {
  readonly services: readonly ApiService[];
  readonly tasks: readonly ApiTask[];
  readonly nodes: readonly ApiNode[];
}

/**
 * The answers of an Engine whose swarm has so many services of ten tasks: the recorded one over and over, under other names and
 * ids, in stacks of ten services.
 */
export function manyServices(count: number): Recorded {
  const text = readFileSync('test/fixtures/swarm/recorded.json', 'utf8');
  const { services, tasks, nodes } = JSON.parse(text) as Recorded;
  const copies = Array.from({ length: count }, (_, index) => index);
  const again = <T>(items: readonly T[], index: number): readonly T[] => {
    const stack = `stack${Math.floor(index / 10)}`;
    const renamed = JSON.stringify(items)
      .replaceAll('stack_service', `${stack}_service${index}`)
      .replaceAll('"com.docker.stack.namespace":"stack"', `"com.docker.stack.namespace":"${stack}"`)
      .replaceAll(
        /"(ID|ServiceID|ContainerID)":"(\w+)"/g,
        (_whole, key: string, id: string) => `"${key}":"${id}-${index}"`,
      );
    return JSON.parse(renamed) as readonly T[];
  };
  return {
    services: copies.flatMap((index) => again(services, index)),
    tasks: copies.flatMap((index) => again(tasks, index)),
    nodes,
  };
}

/** As the extension reads them. */
export function readRecorded({ services, tasks, nodes }: Recorded): SwarmSnapshot {
  return {
    services: services.map(toSwarmService),
    tasks: tasks.map(toTask),
    nodes: nodes.map(toSwarmNode),
    resources: noResources,
    error: undefined,
  };
}
