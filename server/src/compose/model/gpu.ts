import { replicasOf } from './replicas.js';
import { parseGpuCount } from './device.js';
import { get, items, str, type Value } from './value.js';

/** One request for GPUs: an item of `deploy.resources.reservations.devices` or of `gpus`. */
export interface GpuRequest {
  readonly value: Value;
  /** Whole GPUs that are asked for, -1 for all; the number of `device_ids` where those are given. Undefined where it is not known. */
  readonly count: number | undefined;
  /** Whether it names its devices. */
  readonly named: boolean;
}

/** The GPUs that a service asks docker compose for. */
export function gpuRequests(service: Value): readonly GpuRequest[] {
  const gpus = get(service, 'gpus');
  const devices = get(service, 'deploy', 'resources', 'reservations', 'devices');
  const listed = [...items(devices).filter(isGpu), ...items(gpus)].map(requestOf);
  return gpus && str(gpus) === 'all' ? [...listed, { value: gpus, count: -1, named: false }] : listed;
}

/** What the rest of the project may know: `count: all` is no number that could be added. */
export function gpuFacts(service: Value): { readonly gpus: number | undefined; readonly takesFirstGpu: boolean } {
  const requests = gpuRequests(service);
  const wanted = [...requests.map(({ count }) => count), ...genericGpus(service)];
  const each = wanted.some((it) => it === undefined || it < 0)
    ? undefined
    : wanted.reduce<number>((sum, it) => sum + (it ?? 0), 0);
  return {
    gpus: each === undefined ? undefined : each * replicasOf(service),
    takesFirstGpu: requests.some(({ count, named }) => !named && count !== undefined && count > 0),
  };
}

/** GPUs among the generic resources of a stack: the names of those are the nodes' own. */
function genericGpus(service: Value): readonly (number | undefined)[] {
  const resources = get(service, 'deploy', 'resources', 'reservations', 'generic_resources');
  return items(resources).flatMap((item) => {
    const spec = get(item, 'discrete_resource_spec');
    const value = get(spec, 'value');
    if (!/gpu/i.test(str(get(spec, 'kind')) ?? '') || value?.kind !== 'scalar') return [];
    return [typeof value.value === 'number' ? value.value : undefined];
  });
}

function requestOf(value: Value): GpuRequest {
  const ids = get(value, 'device_ids');
  if (ids) return { value, count: items(ids).length, named: true };
  const count = get(value, 'count');
  if (!count) return { value, count: -1, named: false };
  const known = count.kind === 'scalar' && !count.unset ? parseGpuCount(String(count.value)).value : undefined;
  return { value, count: known, named: false };
}

/** TPUs and other devices are no GPUs. */
function isGpu(request: Value): boolean {
  const capabilities = items(get(request, 'capabilities')).map((it) => str(it)?.toLowerCase());
  const driver = str(get(request, 'driver'));
  return (
    capabilities.some((it) => it === 'gpu' || it === 'nvidia' || it === 'amd') ||
    driver === 'nvidia' ||
    driver === 'amd'
  );
}
