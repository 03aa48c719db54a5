import type { ServiceSpec } from '../engine/swarmSpec.js';

/** The name of the next generation: `db-password` → `db-password-2` → `db-password-3`; free among those there are. */
export function nextName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, number = '1'] = /^(.*)-(\d+)$/.exec(name) ?? [];
  for (let next = Number(number) + 1; ; next++) {
    const candidate = `${stem}-${next}`;
    if (!taken.has(candidate)) return candidate;
  }
}

export interface Rotation {
  readonly kind: 'secret' | 'config';
  /** Ids. */
  readonly from: string;
  readonly to: string;
  /** The new one's name. */
  readonly name: string;
}

/** The service with the new one in the old one's place: in its containers the file keeps its path. */
export function rotated(spec: ServiceSpec, { kind, from, to, name }: Rotation): ServiceSpec {
  const container = spec.TaskTemplate.ContainerSpec ?? {};
  const changed =
    kind === 'secret'
      ? {
          Secrets: (container.Secrets ?? []).map((one) =>
            one.SecretID === from ? { ...one, SecretID: to, SecretName: name } : one,
          ),
        }
      : {
          Configs: (container.Configs ?? []).map((one) =>
            one.ConfigID === from ? { ...one, ConfigID: to, ConfigName: name } : one,
          ),
        };
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: { ...container, ...changed } } };
}

export function uses(spec: ServiceSpec, kind: 'secret' | 'config', id: string): boolean {
  const { Secrets, Configs } = spec.TaskTemplate.ContainerSpec ?? {};
  return kind === 'secret'
    ? (Secrets ?? []).some(({ SecretID }) => SecretID === id)
    : (Configs ?? []).some(({ ConfigID }) => ConfigID === id);
}
