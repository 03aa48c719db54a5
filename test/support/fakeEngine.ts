import { EngineError } from '../../client/src/engine/engine.js';
import type { Engine, EngineEvent, EngineInfo, Replica, ReplicaAction } from '../../client/src/engine/engine.js';
import { noResources } from '../../client/src/engine/snapshot.js';
import type { SwarmControl } from '../../client/src/engine/swarmControl.js';
import type { SwarmNode, SwarmService, Task } from '../../client/src/engine/swarm.js';

/** An Engine without containers: its lists are what a test put there, its events what a test sends. */
export interface FakeEngine extends Engine {
  readonly replicas_: Map<string, Replica>;
  readonly swarm_: { services: SwarmService[]; tasks: Task[]; nodes: SwarmNode[] };
  info_: EngineInfo;
  images_: readonly string[];
  /** Calls in order: `replicas`, `replicas ids=a,b`, `act stop a` … */
  readonly calls: string[];
  /** Puts a replica there and sends the event. */
  put(replica: Replica, action: string): void;
  take(id: string): void;
  send(event: Partial<EngineEvent>): void;
  /** Every open stream breaks and every call fails until `comeBack`. */
  goAway(): void;
  comeBack(): void;
}

export function fakeEngine(replicas: readonly Replica[] = []): FakeEngine {
  const streams = new Set<EventStream>();
  let gone = false;
  const answer = async <T>(call: string, value: () => T): Promise<T> => {
    engine.calls.push(call);
    await Promise.resolve();
    if (gone) throw new EngineError('unreachable', 'The Docker Engine at fake:// cannot be reached.');
    return value();
  };
  const engine: FakeEngine = {
    address: 'fake://',
    replicas_: new Map(replicas.map((replica) => [replica.id, replica])),
    swarm_: { services: [], tasks: [], nodes: [] },
    info_: fakeInfo,
    images_: [],
    calls: [],
    swarm: {
      services: () => answer('services', () => engine.swarm_.services),
      tasks: () => answer('tasks', () => engine.swarm_.tasks),
      nodes: () => answer('nodes', () => engine.swarm_.nodes),
      resources: () => answer('resources', () => noResources),
      // A test that changes the Swarm brings its own.
      control: {} as SwarmControl,
    },
    ping: () => answer('ping', () => undefined),
    info: () => answer('info', () => engine.info_),
    replicas: ({ project, service, ids } = {}) =>
      answer(ids ? `replicas ids=${ids.join(',')}` : 'replicas', () =>
        [...engine.replicas_.values()].filter(
          (one) =>
            (project === undefined || one.project === project) &&
            (service === undefined || one.service === service) &&
            (ids === undefined || ids.includes(one.id)),
        ),
      ),
    containers: () => answer('containers', () => [...engine.replicas_.values()]),
    images: () => answer('images', () => engine.images_),
    inspect: (id) =>
      answer(`inspect ${id}`, () => ({
        startedAt: 0,
        restarts: 0,
        tty: false,
        user: '',
        networks: [],
        mounts: [],
        raw: { Id: id },
      })),
    usage: (id) => answer(`usage ${id}`, () => ({ cpuPercent: 1, memoryBytes: 1, memoryLimitBytes: 2 })),
    act: (id: string, action: ReplicaAction) => answer(`act ${action} ${id}`, () => undefined),
    exec: (id, argv) => answer(`exec ${id} ${argv.join(' ')}`, () => ({ exitCode: 0, stdout: '', stderr: '' })),
    events: (_options, signal) =>
      answer('events', () => {
        const stream = new EventStream(() => streams.delete(stream));
        streams.add(stream);
        signal.addEventListener('abort', () => stream.fail(new EngineError('cancelled', 'Cancelled.')));
        return stream.read();
      }),
    async *logs() {
      yield [];
    },
    put(replica, action) {
      engine.replicas_.set(replica.id, replica);
      engine.send({ id: replica.id, action, attributes: labels(replica) });
    },
    take(id) {
      const replica = engine.replicas_.get(id);
      engine.replicas_.delete(id);
      if (replica) engine.send({ id, action: 'destroy', attributes: labels(replica) });
    },
    send(event) {
      const whole = { kind: 'container', action: 'start', id: '', time: Date.now(), attributes: {}, ...event } as const;
      for (const stream of streams) stream.push(whole);
    },
    goAway() {
      gone = true;
      for (const stream of streams) stream.fail(new EngineError('unreachable', 'The connection broke.'));
    },
    comeBack() {
      gone = false;
    },
  };
  return engine;
}

/** A running replica `PROJECT-SERVICE-NUMBER`. */
export function fakeReplica(name: string, more: Partial<Replica> = {}): Replica {
  const [project = '', service = '', number = '1'] = name.split('-');
  return {
    id: `id-${name}`,
    name,
    project,
    service,
    number: Number(number),
    state: 'running',
    health: undefined,
    exitCode: undefined,
    status: 'Up 5 minutes',
    image: 'example/image:1',
    createdAt: 0,
    ports: [],
    addresses: [],
    configHash: undefined,
    files: { workingDir: undefined, configFiles: [], envFiles: [] },
    ...more,
  };
}

export const fakeInfo: EngineInfo = {
  name: 'fake',
  version: '28.5.2',
  apiVersion: '1.51',
  operatingSystem: 'None',
  cpus: 2,
  memoryBytes: 1 << 30,
  genericResources: new Map(),
  cdiDevices: [],
  runtimes: ['runc'],
  swarm: { state: 'inactive', manager: false, nodeId: undefined, nodeAddress: undefined, error: undefined },
};

function labels({ project, service }: Replica): Record<string, string> {
  return { 'com.docker.compose.project': project, 'com.docker.compose.service': service };
}

class EventStream {
  readonly #waiting: EngineEvent[] = [];
  #error: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(readonly closed: () => void) {}

  push(event: EngineEvent): void {
    this.#waiting.push(event);
    this.#wake();
  }

  fail(error: Error): void {
    this.#error ??= error;
    this.#wake();
  }

  async *read(): AsyncGenerator<EngineEvent> {
    try {
      for (;;) {
        for (let event = this.#waiting.shift(); event; event = this.#waiting.shift()) yield event;
        if (this.#error) throw this.#error;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      this.closed();
    }
  }
}
