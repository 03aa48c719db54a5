import type { Container, EngineInfo, Replica } from '../engine/engine.js';
import type { Service } from '../model/projects.js';
import { programName } from '../proxy/linked.js';
import type { LinkedProxy } from '../proxy/linked.js';
import { noHooks } from './hooks.js';
import type { Hooks } from './hooks.js';
import { leavingReplicas } from './leaving.js';

/** What scaling a service would do, before anything is done. */
export interface ScalePlan {
  readonly service: Service;
  readonly from: number;
  readonly to: number;
  /** How many replicas are made or started again, and how many are removed. */
  readonly starts: number;
  readonly stops: number;
  /** Those that would go. */
  readonly leaving: readonly Replica[];
  /** What runs in each of them before it is stopped, where that is not Compose's to do. */
  readonly hooks: Hooks;
  /** What is done with the proxies first, or after, as sentences. */
  readonly steps: readonly string[];
  readonly remarks: readonly Remark[];
}

export interface Remark {
  /** `blocks`: it would fail. `warns`: worth knowing before. */
  readonly kind: 'blocks' | 'warns';
  readonly text: string;
}

export interface ScaleWorld {
  /** Undefined where the Engine was not asked. */
  readonly info: EngineInfo | undefined;
  /** Everything that runs, of other projects and of none too. */
  readonly containers: readonly Container[];
  /** Those that send requests to the service and are to be told. */
  readonly proxies?: readonly LinkedProxy[];
  /** How long open requests may take to finish, in seconds. */
  readonly drainSeconds?: number;
  /** Of the service. */
  readonly hooks?: Hooks;
}

export function planScale(service: Service, to: number, world: ScaleWorld): ScalePlan {
  const from = service.replicas.length;
  const { proxies = [], drainSeconds = 0, hooks = noHooks } = world;
  const leaving = leavingReplicas(service.replicas, to);
  const asleep = service.replicas.filter((one) => stopped.has(one.state) && !leaving.includes(one));
  const starts = Math.max(0, to - from) + asleep.length;
  const remarks = [
    ...containerName(service, to),
    ...(starts > 0 ? ports(service, to, world.containers) : []),
    ...(starts > 0 ? gpus(service, to, world.info) : []),
    ...drift(service, from, to),
    ...proxies.flatMap((proxy) => [...undrained(service, from, to, proxy)]),
  ];
  const finish = `requests under way get ${drainSeconds} s to finish, then ${ends(leaving, hooks)}`;
  const steps = leaving.length > 0 ? proxies.flatMap((proxy) => [...drains(proxy, to, leaving, finish)]) : [];
  return { service, from, to, starts, stops: leaving.length, leaving, hooks, steps, remarks };
}

/** Compose starts them with the new ones. */
const stopped: ReadonlySet<Replica['state']> = new Set(['created', 'exited', 'dead']);

/** The plan in one sentence: `api: 3 → 5, starts 2 replicas.` */
export function describePlan({ service, from, to, starts, stops }: ScalePlan): string {
  const does = [
    ...(starts > 0 ? [`starts ${counted(starts)}`] : []),
    ...(stops > 0 ? [`stops and removes ${counted(stops)}`] : []),
  ];
  return `${service.name}: ${from} → ${to}, ${does.join(' and ') || 'changes nothing'}.`;
}

/** What is wrong with a typed count; undefined for a good one. */
export function checkCount(text: string): string | undefined {
  if (!/^\d+$/.test(text.trim())) return 'A whole number, 0 or more.';
  return Number(text) > maximum ? `At most ${maximum}.` : undefined;
}

/** A slip of the keyboard must not start ten thousand containers. */
const maximum = 1000;

function* containerName({ name, declared }: Service, to: number): Generator<Remark> {
  if (declared?.containerName === undefined || to <= 1) return;
  yield {
    kind: 'blocks',
    text: `${name} has \`container_name: ${declared.containerName}\`, and two containers cannot share a name. Remove it from the file.`,
  };
}

/** Of a range each replica gets a port that is free. */
function* ports(service: Service, to: number, containers: readonly Container[]): Generator<Remark> {
  const others = containers.filter((one) => !service.replicas.some(({ id }) => id === one.id));
  for (const { published, protocol } of service.declared?.ports ?? []) {
    if (!published) continue;
    const [first, last] = published;
    const size = last - first + 1;
    const range = first === last ? `port ${first}` : `ports ${first}-${last}`;
    if (size < to) {
      const enough = `Publish a range of ${to} ports, or none and reach ${service.name} through a proxy.`;
      yield {
        kind: 'blocks',
        text: `${service.name} publishes ${range}: enough for ${counted(size)}, not for ${to}. ${enough}`,
      };
      continue;
    }
    const taken = new Map(
      others.flatMap(({ name, ports }) =>
        ports.flatMap((port) =>
          port.protocol === protocol &&
          port.published !== undefined &&
          first <= port.published &&
          port.published <= last
            ? [[port.published, name] as const]
            : [],
        ),
      ),
    );
    if (size - taken.size >= to) continue;
    const holders = [...taken].map(([port, name]) => `${name} has ${port}`).join(', ');
    const text =
      size === 1
        ? `${service.name} publishes ${range}, which ${taken.get(first)} has, so it will hardly start.`
        : `${service.name} publishes ${range}, and ${holders}: enough for ${counted(size - taken.size)}, not for ${to}, so one will hardly start.`;
    yield { kind: 'warns', text };
  }
}

function* gpus({ name, declared }: Service, to: number, info: EngineInfo | undefined): Generator<Remark> {
  const wanted = declared?.gpus;
  if (wanted === undefined || !info) return;
  const there = gpusOf(info);
  if (there > 0) {
    const asked = wanted === 'all' ? to * there : to * wanted;
    if (asked > there) {
      const text = `${counted(to)} of ${name} reserve ${asked} GPUs together and the Engine reports ${there}: they will share them.`;
      yield { kind: 'warns', text };
    }
  } else if (!info.runtimes.some((runtime) => /nvidia/i.test(runtime))) {
    const text = `${name} reserves GPUs and the Engine reports neither GPUs nor an \`nvidia\` runtime; new replicas may fail to start.`;
    yield { kind: 'warns', text };
  }
}

/** What it offers to Swarm, else what it can hand over by number: each has a second name by its UUID, and all have one together. */
function gpusOf({ genericResources, cdiDevices }: EngineInfo): number {
  const offered = [...genericResources]
    .filter(([kind]) => /gpu/i.test(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  return offered || cdiDevices.filter((id) => /\/gpu=\d+$/.test(id)).length;
}

function* drift({ name, drifted }: Service, from: number, to: number): Generator<Remark> {
  if (!drifted || to <= from) return;
  yield {
    kind: 'warns',
    text: `The file has changed since ${name} was started. The replicas that run stay as they are; new ones get the new definition. "Compose: Up" would bring all to it.`,
  };
}

/** How a proxy is made to spare the replicas that go, before they are stopped. */
function* drains(proxy: LinkedProxy, to: number, leaving: readonly Replica[], finish: string): Generator<string> {
  const them = leaving.length === 1 ? 'it' : 'them';
  const names = leaving.map(({ name }) => name).join(', ');
  if (proxy.needsReload && to > 0) {
    yield `${programName(proxy)} in ${proxy.service} is reloaded without ${names} first; ${finish}.`;
  } else if (!proxy.needsReload && proxy.kind === 'haproxy') {
    yield `HAProxy in ${proxy.service} is told over its socket to send nothing new to ${names}; ${finish}. Without a socket it sends to ${them} until the end.`;
  }
}

function ends(leaving: readonly Replica[], { preStop }: Hooks): string {
  const [their, they] = leaving.length === 1 ? ['its', 'it is'] : ['their', 'they are'];
  if (preStop.length === 0) return `${they} stopped`;
  return `${their} \`pre_stop\` ${preStop.length === 1 ? 'hook runs' : 'hooks run'} and ${they} stopped`;
}

function* undrained({ name }: Service, from: number, to: number, proxy: LinkedProxy): Generator<Remark> {
  if (to >= from) return;
  if (proxy.needsReload && to === 0) {
    const text = `${programName(proxy)} in ${proxy.service} cannot be reloaded without a replica of ${name}, so it answers with errors until there is one.`;
    yield { kind: 'warns', text };
  } else if (!proxy.needsReload && proxy.kind === 'nginx') {
    const text = `nginx in ${proxy.service} resolves ${name} by itself while it runs and cannot be told beforehand: a replica may get requests until it has ended.`;
    yield { kind: 'warns', text };
  }
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'replica' : 'replicas'}`;
}
