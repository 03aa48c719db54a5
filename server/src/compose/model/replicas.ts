import { get, known, str, type Value } from './value.js';

/** How many replicas a service asks for, where it is written: docker stack reads the first of both places only. */
export function writtenReplicas(service: Value): Value | undefined {
  return get(service, 'deploy', 'replicas') ?? get(service, 'scale');
}

/** How many containers of the service docker compose or a swarm starts, where the file says it; else 1. */
export function replicasOf(service: Value): number {
  const replicas = Number(known(writtenReplicas(service))?.value ?? NaN);
  return Number.isInteger(replicas) && replicas >= 0 ? replicas : 1;
}

/** Whether a swarm runs one task of the service on every node. */
export function isGlobal(service: Value): boolean {
  return /^global(-job)?$/.test(str(get(service, 'deploy', 'mode')) ?? '');
}
