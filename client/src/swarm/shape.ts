/**
 * A service as a file wants it or as Swarm runs it, field by field in words that can be compared: `image`, `replicas`,
 * `environment.DEBUG`. Values of variables are among them: compare those, and show only their names.
 */
export type ServiceShape = ReadonlyMap<string, string>;

export interface ShapeParts {
  readonly image: string;
  readonly mode: string;
  readonly replicas: number | undefined;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  /** `KEY=value`. */
  readonly environment: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly containerLabels: Readonly<Record<string, string>>;
  /** `8080:80/tcp host`. */
  readonly ports: readonly string[];
  readonly networks: readonly string[];
  readonly secrets: readonly string[];
  readonly configs: readonly string[];
  readonly constraints: readonly string[];
  readonly endpointMode: string;
  /** Billionths of a core, bytes. */
  readonly limits: ResourceShape;
  readonly reservations: ResourceShape;
  readonly healthcheck: readonly string[];
  readonly update: UpdateShape;
  readonly rollback: UpdateShape;
  readonly restartCondition: string;
}

export interface ResourceShape {
  readonly nanoCpus: number;
  readonly memoryBytes: number;
}

/** Durations in nanoseconds. */
export interface UpdateShape {
  readonly parallelism: number;
  readonly delay: number;
  readonly failureAction: string;
  readonly order: string;
}

export function shapeOf(parts: ShapeParts): ServiceShape {
  const shape = new Map<string, string>();
  const set = (field: string, value: string): void => {
    if (value !== '') shape.set(field, value);
  };
  const list = (field: string, values: readonly string[]): void => set(field, [...values].sort().join(', '));
  set('image', parts.image);
  set('mode', parts.mode);
  set('replicas', parts.replicas === undefined ? '' : String(parts.replicas));
  set('entrypoint', parts.entrypoint.join(' '));
  set('command', parts.command.join(' '));
  for (const variable of parts.environment) {
    const [name = '', ...value] = variable.split('=');
    shape.set(`environment.${name}`, value.join('='));
  }
  for (const [name, value] of Object.entries(parts.labels)) shape.set(`deploy.labels.${name}`, value);
  for (const [name, value] of Object.entries(parts.containerLabels)) shape.set(`labels.${name}`, value);
  list('ports', parts.ports);
  list('networks', parts.networks);
  list('secrets', parts.secrets);
  list('configs', parts.configs);
  list('constraints', parts.constraints);
  set('endpoint mode', parts.endpointMode);
  resources('limits', parts.limits);
  resources('reservations', parts.reservations);
  set('healthcheck', parts.healthcheck.join(' '));
  update('update', parts.update);
  update('rollback', parts.rollback);
  set('restart condition', parts.restartCondition);
  return shape;

  function resources(field: string, { nanoCpus, memoryBytes }: ResourceShape): void {
    set(`${field}.cpus`, nanoCpus > 0 ? String(nanoCpus / 1e9) : '');
    set(`${field}.memory`, memoryBytes > 0 ? `${memoryBytes / 2 ** 20} MiB` : '');
  }

  function update(field: string, { parallelism, delay, failureAction, order }: UpdateShape): void {
    set(`${field}.parallelism`, String(parallelism));
    set(`${field}.delay`, delay > 0 ? `${delay / 1e9} s` : '');
    set(`${field}.failure action`, failureAction);
    set(`${field}.order`, order);
  }
}

export const usualUpdate: UpdateShape = { parallelism: 1, delay: 0, failureAction: 'pause', order: 'stop-first' };
