import { get, items, str, type Place, type Value } from './value.js';
import type { ReferenceKind } from './service.js';

/** A network, volume, secret, config or model that a file declares. */
export interface Resource {
  readonly kind: Exclude<ReferenceKind, 'service'>;
  readonly name: string;
  readonly nameAt: Place;
  /** Null where only the name is written. */
  readonly value: Value;
}

export const resourceSections: Readonly<Record<Resource['kind'], string>> = {
  network: 'networks',
  volume: 'volumes',
  secret: 'secrets',
  config: 'configs',
  model: 'models',
};

/** What the entries of each section are. */
export const sectionKinds: ReadonlyMap<string, ReferenceKind> = new Map<string, ReferenceKind>([
  ['services', 'service'],
  ...Object.entries(resourceSections).map(([kind, section]) => [section, kind as ReferenceKind] as const),
]);

/** Whether the thing exists already and is not made by this project. */
export function isExternal(resource: Resource): boolean {
  const external = get(resource.value, 'external');
  if (external?.kind === 'map') return true;
  return (
    external?.kind === 'scalar' && (external.value === true || /^(true|yes|on|y|1)$/i.test(String(external.value)))
  );
}

/** Whether it is a volume of this project that lives on one host: of the driver `local`, without options that say otherwise. */
export function isLocal(resource: Resource): boolean {
  if (resource.kind !== 'volume' || isExternal(resource) || get(resource.value, 'driver_opts')) return false;
  const driver = get(resource.value, 'driver');
  return (driver === undefined || str(driver) === 'local') && get(resource.value, 'x-cluster-spec') === undefined;
}

/** The subnets that a network sets for itself; undefined where they depend on a variable that is not set. */
export function subnetsOf({ value }: Resource): readonly string[] | undefined {
  const written = items(get(value, 'ipam', 'config')).flatMap((config) => get(config, 'subnet') ?? []);
  if (written.some((it) => it.kind === 'scalar' && it.unset)) return undefined;
  return written.flatMap((it) => str(it) ?? []);
}
