import type { PortSpec, RestartPolicy, ServiceSpec } from '../engine/swarmSpec.js';

/** The same service with all of its tasks made anew. */
export function renewed(spec: ServiceSpec): ServiceSpec {
  const { TaskTemplate: task } = spec;
  return { ...spec, TaskTemplate: { ...task, ForceUpdate: (task.ForceUpdate ?? 0) + 1 } };
}

/** Swarm makes the tasks anew for it; nothing else in their definition would show which of them are new. */
export function publishing(spec: ServiceSpec, ports: readonly PortSpec[]): ServiceSpec {
  return renewed({ ...spec, EndpointSpec: { ...spec.EndpointSpec, Ports: ports } });
}

export function restarting(spec: ServiceSpec, policy: RestartPolicy): ServiceSpec {
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, RestartPolicy: policy } };
}
