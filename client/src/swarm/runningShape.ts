import type { Labels, PortSpec, ResourceSpec, ServiceSpec, UpdateConfig } from '../engine/swarmSpec.js';
import { shapeOf, usualUpdate } from './shape.js';
import type { ResourceShape, ServiceShape, UpdateShape } from './shape.js';

/** A service as Swarm runs it. Networks are told apart by id there: `networkNames` knows what they are called. */
export function runningShape(spec: ServiceSpec, networkNames: ReadonlyMap<string, string>): ServiceShape {
  const { ContainerSpec: container = {}, Placement, Resources, Networks, RestartPolicy } = spec.TaskTemplate;
  const labels = withoutStack(spec.Labels);
  return shapeOf({
    image: (container.Image ?? '').replace(/@sha256:.*$/, ''),
    mode: spec.Mode?.Global ? 'global' : spec.Mode?.Replicated ? 'replicated' : 'job',
    replicas: spec.Mode?.Replicated?.Replicas,
    entrypoint: container.Command ?? [],
    command: container.Args ?? [],
    environment: container.Env ?? [],
    labels,
    containerLabels: withoutStack(container.Labels),
    ports: (spec.EndpointSpec?.Ports ?? []).map(portText),
    networks: (Networks ?? []).map(({ Target = '' }) => networkNames.get(Target) ?? Target),
    secrets: (container.Secrets ?? []).map(({ SecretName }) => SecretName),
    configs: (container.Configs ?? []).map(({ ConfigName }) => ConfigName),
    constraints: (Placement?.Constraints ?? []).map(constraintText),
    endpointMode: spec.EndpointSpec?.Mode ?? 'vip',
    limits: resources(Resources?.Limits),
    reservations: resources(Resources?.Reservations),
    healthcheck: container.Healthcheck?.Test ?? [],
    update: update(spec.UpdateConfig),
    rollback: update(spec.RollbackConfig),
    restartCondition: RestartPolicy?.Condition ?? 'any',
  });
}

/** `node.role == manager` and `node.role==manager` are one constraint. */
export function constraintText(constraint: string): string {
  return constraint.replace(/\s*(==|!=)\s*/, '$1').trim();
}

function withoutStack(labels: Labels = {}): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !key.startsWith('com.docker.stack.')));
}

function portText({ PublishedPort, TargetPort, Protocol, PublishMode }: PortSpec): string {
  return `${PublishedPort ?? ''}:${TargetPort ?? ''}/${Protocol ?? 'tcp'} ${PublishMode ?? 'ingress'}`;
}

function resources({ NanoCPUs = 0, MemoryBytes = 0 }: ResourceSpec = {}): ResourceShape {
  return { nanoCpus: NanoCPUs, memoryBytes: MemoryBytes };
}

function update({ Parallelism, Delay, FailureAction, Order }: UpdateConfig = {}): UpdateShape {
  return {
    parallelism: Parallelism ?? usualUpdate.parallelism,
    delay: Delay ?? usualUpdate.delay,
    failureAction: FailureAction ?? usualUpdate.failureAction,
    order: Order ?? usualUpdate.order,
  };
}
