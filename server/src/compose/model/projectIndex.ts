import { sameList } from '../../text/sameList.js';
import { groupBy } from '../../text/groupBy.js';
import type { Project } from './project.js';
import { dependencyCircles } from './dependencyCircles.js';
import type { HostPort } from './publishedPort.js';
import { isExternal, isLocal, subnetsOf, type Resource } from './resource.js';
import type { ReferenceKind, ServiceFacts } from './service.js';
import { get } from './value.js';

/** What the parts of a project may know of each other: names and plain facts, no places, so that an edit inside a part leaves it as it was. */
export interface ProjectIndex {
  readonly services: ReadonlyMap<string, ServiceFacts>;
  readonly declared: Readonly<Record<Resource['kind'], ReadonlyMap<string, Declared>>>;
  /** False when an included file could not be read, so that names it declares are unknown. */
  readonly complete: boolean;
  /** What is looked up by something else than a name, made when it is first asked for. */
  readonly tables: ProjectTables;
  /** Everything above in one text: equal texts, equal index. */
  readonly fingerprint: readonly string[];
}

export interface ProjectTables {
  /** Services that get the first GPUs of the host because they ask for a number of GPUs. */
  readonly firstGpuTakers: readonly string[];
  /** GPUs that all services together ask for. */
  readonly gpus: number;
  /** Active services by the ports of the host they publish, `8080/tcp`, and by container name, in the order of the files. */
  readonly byHostPort: ReadonlyMap<string, readonly ServiceFacts[]>;
  readonly byContainerName: ReadonlyMap<string, readonly ServiceFacts[]>;
  /** Active services by the addresses they ask for. See `addressKey`. */
  readonly byAddress: ReadonlyMap<string, readonly ServiceFacts[]>;
  /** Names that services use, by kind, each with a service that does; and those of them that nothing declares. */
  readonly uses: ReadonlyMap<ReferenceKind, ReadonlyMap<string, string>>;
  readonly undeclared: ProjectTables['uses'];
  /** See `dependencyCircles`. */
  readonly circles: ReadonlyMap<string, number>;
}

export interface Declared {
  readonly external: boolean;
  /** Whether it is a volume that each node keeps by itself. */
  readonly local: boolean;
  /** Whether it is a secret or config with a `file`. */
  readonly isFile: boolean;
  /** The subnets that a network sets; undefined where a variable decides. */
  readonly subnets: readonly string[] | undefined;
}

const kinds: readonly Resource['kind'][] = ['network', 'volume', 'secret', 'config', 'model'];

/** The index of a project; the very object of before, which is that of `of`, where it would be equal. */
export function indexProject(project: Project, before?: ProjectIndex, of?: Project): ProjectIndex {
  const { patch } = project;
  if (before && of && patch?.of.deref() === of) {
    const same = patch.services.every(
      ({ facts }) => before.services.get(facts.name)?.fingerprint === facts.fingerprint,
    );
    if (same) return before;
  }
  const index = makeIndex(project);
  return before && sameList(before.fingerprint, index.fingerprint) ? before : index;
}

function makeIndex(project: Project): ProjectIndex {
  const fingerprint: string[] = [String(project.complete)];
  const services = new Map<string, ServiceFacts>();
  for (const service of project.services.values()) {
    services.set(service.name, service.facts);
    fingerprint.push(service.facts.fingerprint);
  }
  const declared = {} as Record<Resource['kind'], ReadonlyMap<string, Declared>>;
  for (const kind of kinds) {
    const names = new Map<string, Declared>();
    for (const resource of project.resources.get(kind)?.values() ?? []) {
      const facts: Declared = {
        external: isExternal(resource),
        local: isLocal(resource),
        isFile: get(resource.value, 'file') !== undefined,
        subnets: kind === 'network' ? subnetsOf(resource) : [],
      };
      names.set(resource.name, facts);
      fingerprint.push(`${kind} ${resource.name} ${JSON.stringify(facts)}`);
    }
    declared[kind] = names;
  }
  return { services, declared, complete: project.complete, tables: makeTables(services, declared), fingerprint };
}

function makeTables(services: ReadonlyMap<string, ServiceFacts>, declared: ProjectIndex['declared']): ProjectTables {
  const active = once(() => [...services.values()].filter((it) => it.active));
  const gpus = once(() => [...services.values()].reduce((sum, { gpus: own = 0 }) => sum + own, 0));
  const takers = once(() => [...services.values()].flatMap((it) => (it.takesFirstGpu ? [it.name] : [])));
  const ports = once(() => groupBy(active(), ({ hostPorts }) => hostPorts.map(hostPortKey)));
  const containers = once(() => groupBy(active(), ({ containerName }) => (containerName ? [containerName] : [])));
  const addresses = once(() => groupBy(active(), (it) => it.addresses));
  const circles = once(() => dependencyCircles(services));
  const uses = once(() => usesOf(services));
  const undeclared = once(() => undeclaredOf(uses(), services, declared));
  return {
    get firstGpuTakers() {
      return takers();
    },
    get gpus() {
      return gpus();
    },
    get byHostPort() {
      return ports();
    },
    get byContainerName() {
      return containers();
    },
    get byAddress() {
      return addresses();
    },
    get uses() {
      return uses();
    },
    get undeclared() {
      return undeclared();
    },
    get circles() {
      return circles();
    },
  };
}

function usesOf(services: ReadonlyMap<string, ServiceFacts>): ProjectTables['uses'] {
  const uses = new Map<ReferenceKind, Map<string, string>>();
  for (const service of services.values()) {
    for (const { kind, name } of service.references) {
      const names = uses.get(kind) ?? new Map<string, string>();
      uses.set(kind, names);
      if (!names.has(name)) names.set(name, service.name);
    }
  }
  return uses;
}

/** The uses of names that nothing declares. */
function undeclaredOf(
  uses: ProjectTables['uses'],
  services: ReadonlyMap<string, ServiceFacts>,
  declared: ProjectIndex['declared'],
): ProjectTables['uses'] {
  const isThere = (kind: ReferenceKind, name: string): boolean =>
    (kind === 'service' ? services : declared[kind]).has(name) || (kind === 'network' && name === 'default');
  const open = [...uses].map(
    ([kind, names]) => [kind, new Map([...names].filter(([name]) => name !== '' && !isThere(kind, name)))] as const,
  );
  return new Map(open.filter(([, names]) => names.size > 0));
}

export function hostPortKey({ first, protocol }: HostPort): string {
  return `${first}/${protocol}`;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
