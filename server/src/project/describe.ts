import { isGlobal, replicasOf } from '../compose/model/replicas.js';
import { gpuRequests } from '../compose/model/gpu.js';
import { expandPort, parsePort } from '../compose/model/port.js';
import type { Project } from '../compose/model/project.js';
import { get, items, str, type Place, type Value, textOf } from '../compose/model/value.js';
import type { Target } from '../compose/target.js';

/** What a service asks for, in plain facts. */
export interface ServiceDescription {
  readonly name: string;
  /** Where its key is written first. */
  readonly nameAt: Place;
  /** 1 where the files say nothing; undefined for a global service. */
  readonly replicas: number | undefined;
  readonly image: string | undefined;
  readonly build: boolean;
  readonly containerName: string | undefined;
  readonly ports: readonly PortDescription[];
  readonly profiles: readonly string[];
  /** GPUs reserved by each replica. */
  readonly gpus: number | 'all' | undefined;
}

export interface PortDescription {
  /** The port of the host, or the item where that is one text. */
  readonly at: Place;
  readonly target: number;
  /** First and last; undefined where Docker chooses. */
  readonly published: readonly [number, number] | undefined;
  readonly protocol: string;
}

/** Every service of a project, in the order of the files. */
export function describeServices(project: Project): readonly ServiceDescription[] {
  const first = firstPlaces(project);
  return [...project.services.values()].map(({ name, nameAt, value, profiles, facts }) => ({
    name,
    nameAt: first.get(name) ?? nameAt,
    replicas: isGlobal(value) ? undefined : replicasOf(value),
    image: textOf(get(value, 'image')),
    build: facts.hasBuild,
    containerName: facts.containerName,
    ports: publishedPorts(value, project.target),
    profiles,
    gpus: gpusOf(value),
  }));
}

function firstPlaces({ files }: Project): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { documents } of files.values()) {
    for (const document of documents) {
      const services = get(document, 'services');
      if (services?.kind !== 'map') continue;
      for (const { key, keyAt } of services.members.values()) if (!places.has(key)) places.set(key, keyAt);
    }
  }
  return places;
}

/** The ports of a service in both forms; what is not understood or depends on an unset variable is left out. */
export function publishedPorts(service: Value, target: Target): readonly PortDescription[] {
  return items(get(service, 'ports')).flatMap((item): readonly PortDescription[] => {
    if (item.kind === 'map') return longPort(item);
    if (item.kind !== 'scalar' || item.unset) return [];
    const short = parsePort(String(item.value), target).value;
    return (short ? expandPort(short, target) : []).map((port) => ({
      at: item.at,
      target: port.target,
      published: port.published && [port.published.first, port.published.last],
      protocol: port.protocol,
    }));
  });
}

function longPort(item: Value): readonly PortDescription[] {
  const target = Number(textOf(get(item, 'target')));
  if (!Number.isInteger(target)) return [];
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(textOf(get(item, 'published')) ?? '') ?? [];
  const published: readonly [number, number] | undefined =
    first === undefined || Number(first) === 0 ? undefined : [Number(first), Number(last)];
  const at = (get(item, 'published') ?? item).at;
  return [{ at, target, published, protocol: str(get(item, 'protocol')) ?? 'tcp' }];
}

function gpusOf(value: Value): number | 'all' | undefined {
  const requests = gpuRequests(value);
  if (requests.length === 0) return undefined;
  if (requests.some(({ count }) => count === -1)) return 'all';
  return requests.reduce((sum, { count }) => sum + (count ?? 0), 0);
}
