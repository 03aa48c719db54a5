import { EngineError } from './engine.js';
import type { Engine, EngineEvent, LogFrame, LogSource, ReplicaAction } from './engine.js';
import type { Endpoint } from './endpoint.js';
import { FrameReader } from './frames.js';
import {
  eventActions,
  eventKinds,
  toDetails,
  toEvent,
  toExecResult,
  toImageNames,
  toInfo,
  toReplica,
  toUsage,
} from './fromApi.js';
import type { ApiContainer, ApiDetails, ApiEvent, ApiImage, ApiInfo, ApiStats } from './fromApi.js';
import { dockerodeSwarm } from './dockerodeSwarm.js';
import { connectTransport } from './transport.js';
import type { Request } from './transport.js';
import { limited } from './waiting.js';

/** The Engine at an endpoint. Connects with the first call; throws `EngineError` for a host that is not understood. */
export function dockerodeEngine(endpoint: Endpoint): Engine {
  const transport = connectTransport(endpoint);
  const container = (id: string): string => `/containers/${encodeURIComponent(id)}`;

  return {
    address: endpoint.host,
    swarm: dockerodeSwarm(transport),

    async ping(signal) {
      await transport.json({ path: '/_ping' }, signal);
    },

    async info(signal) {
      const [info, version] = await Promise.all([
        transport.json({ path: '/info' }, signal),
        transport.json({ path: '/version' }, signal),
      ]);
      return toInfo(
        (info ?? {}) as ApiInfo,
        (version as { readonly ApiVersion?: string } | undefined)?.ApiVersion ?? '',
      );
    },

    async replicas({ project, service, ids } = {}, signal) {
      if (ids?.length === 0) return [];
      const label = [project === undefined ? label$('project') : `${label$('project')}=${project}`];
      if (service !== undefined) label.push(`${label$('service')}=${service}`);
      const query = { all: true, filters: { label, ...(ids && { id: ids }) } };
      const containers = (await transport.json({ path: '/containers/json', query }, signal)) as readonly ApiContainer[];
      return containers.filter((one) => one.Labels?.[label$('oneoff')] !== 'True').map(toReplica);
    },

    async containers(signal) {
      return ((await transport.json({ path: '/containers/json' }, signal)) as readonly ApiContainer[]).map(toReplica);
    },

    async images(signal) {
      return toImageNames((await transport.json({ path: '/images/json' }, signal)) as readonly ApiImage[]);
    },

    async inspect(id, signal) {
      return toDetails((await transport.json({ path: `${container(id)}/json` }, signal)) as ApiDetails);
    },

    async usage(id, signal) {
      const query = { stream: false };
      return toUsage((await transport.json({ path: `${container(id)}/stats`, query }, signal)) as ApiStats);
    },

    async act(id, action, signal) {
      await transport.json(actions[action](container(id)), signal, longestStop);
    },

    async exec(id, argv, signal, { user, workingDir, environment = {}, privileged } = {}) {
      const Env = Object.entries(environment).map(([name, value]) => (value === null ? name : `${name}=${value}`));
      const asked = { Cmd: argv, User: user, WorkingDir: workingDir, Env, Privileged: privileged };
      const body = { AttachStdout: true, AttachStderr: true, ...asked };
      const created = await transport.json({ method: 'POST', path: `${container(id)}/exec`, body }, signal);
      const path = `/exec/${(created as { readonly Id: string }).Id}`;
      const reader = new FrameReader();
      const frames: LogFrame[] = [];
      let size = 0;
      const start: Request = { method: 'POST', path: `${path}/start`, body: { Detach: false, Tty: false } };
      const read = async (limit: AbortSignal): Promise<void> => {
        for await (const chunk of await transport.stream(start, limit)) {
          for (const frame of reader.push(chunk)) {
            size += frame.data.length;
            if (size <= outputLimit) frames.push(frame);
          }
        }
      };
      await (signal ? read(signal) : limited(300_000, undefined, read));
      const ended = (await transport.json({ path: `${path}/json` }, signal)) as { readonly ExitCode?: number | null };
      return toExecResult(frames, ended.ExitCode ?? 0);
    },

    async events({ since }, signal) {
      const filters = { type: eventKinds, event: eventActions };
      const query = { filters, since: since === undefined ? undefined : since / 1000 };
      return eventsOf(await transport.stream({ path: '/events', query }, signal), endpoint);
    },

    async *logs(source, { follow, tail, since, until }, signal) {
      const query = {
        follow,
        stdout: true,
        stderr: true,
        timestamps: true,
        details: source.kind === 'replica' ? undefined : true,
        tail,
        since,
        until,
      };
      const stream = await transport.stream({ path: `${logPath(source)}/logs`, query }, signal);
      if (source.tty) {
        for await (const data of stream) yield [{ stream: 'stdout', data }];
        return;
      }
      const reader = new FrameReader();
      for await (const chunk of stream) {
        const frames = reader.push(chunk);
        if (frames.length > 0) yield frames;
      }
    },
  };
}

async function* eventsOf(stream: AsyncIterable<Buffer>, { host }: Endpoint): AsyncGenerator<EngineEvent> {
  for await (const line of lines(stream)) {
    const event = toEvent(JSON.parse(line) as ApiEvent);
    if (event) yield event;
  }
  throw new EngineError('unreachable', `The Docker Engine at ${host} closed its stream of events.`);
}

const outputLimit = 1 << 20;
/** The Engine answers when the container has ended, and its grace period is the file's to say. */
const longestStop = 3_600_000;

function label$(name: string): string {
  return `com.docker.compose.${name}`;
}

const actions: Readonly<Record<ReplicaAction, (path: string) => Request>> = {
  start: (path) => ({ method: 'POST', path: `${path}/start` }),
  stop: (path) => ({ method: 'POST', path: `${path}/stop` }),
  restart: (path) => ({ method: 'POST', path: `${path}/restart` }),
  kill: (path) => ({ method: 'POST', path: `${path}/kill` }),
  remove: (path) => ({ method: 'DELETE', path, query: { force: true } }),
  reload: (path) => ({ method: 'POST', path: `${path}/kill`, query: { signal: 'HUP' } }),
};

function logPath({ kind, id }: LogSource): string {
  const folders: Readonly<Record<LogSource['kind'], string>> = {
    replica: '/containers',
    service: '/services',
    task: '/tasks',
  };
  return `${folders[kind]}/${encodeURIComponent(id)}`;
}

async function* lines(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) if (part.trim()) yield part;
  }
}
