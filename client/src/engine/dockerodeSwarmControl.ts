import { gwbridge } from './gwbridge.js';
import { isEngineError } from './engine.js';
import { toProgress, toServiceReading } from './swarmApi.js';
import type { ApiProgressTask, ApiServiceDetails } from './swarmApi.js';
import type { SwarmControl, SwarmObjectKind } from './swarmControl.js';
import type { NodeSpec } from './swarmSpec.js';
import type { Request, Transport } from './transport.js';

export function dockerodeSwarmControl(transport: Transport): SwarmControl {
  const post = (path: string, request: Omit<Request, 'method' | 'path'>, signal?: AbortSignal): Promise<unknown> =>
    transport.json({ method: 'POST', path, ...request }, signal);
  const details = async (id: string, signal?: AbortSignal): Promise<ApiServiceDetails> =>
    (await transport.json({ path: pathOf('service', id) }, signal)) as ApiServiceDetails;

  return {
    async init(advertise, signal) {
      const body = { ListenAddr: listen, AdvertiseAddr: advertise ?? '', Spec: {} };
      await post('/swarm/init', { body }, signal);
    },

    async join({ token, manager }, signal) {
      await post('/swarm/join', { body: { ListenAddr: listen, RemoteAddrs: [manager], JoinToken: token } }, signal);
    },

    async leave(force, signal) {
      await post('/swarm/leave', { query: { force } }, signal);
    },

    async joinTokens(signal) {
      const { JoinTokens } = (await transport.json({ path: '/swarm' }, signal)) as ApiSwarm;
      return { manager: JoinTokens.Manager, worker: JoinTokens.Worker };
    },

    async rotateToken(role, signal) {
      await onFreshReading(async () => {
        const { Version, Spec } = (await transport.json({ path: '/swarm' }, signal)) as ApiSwarm;
        const rotate = role === 'manager' ? 'rotateManagerToken' : 'rotateWorkerToken';
        await post('/swarm/update', { query: { version: Version.Index, [rotate]: true }, body: Spec }, signal);
      });
    },

    async service(id, signal) {
      return toServiceReading(await details(id, signal));
    },

    async progress(id, signal) {
      const query = { status: true, filters: { id: [id] } };
      const [service, listed, tasks] = await Promise.all([
        details(id, signal),
        transport.json({ path: '/services', query }, signal) as Promise<readonly ApiServiceDetails[]>,
        transport.json({ path: '/tasks', query: { filters: { service: [id] } } }, signal),
      ]);
      const status = listed[0]?.ServiceStatus;
      return toProgress({ ...service, ...(status && { ServiceStatus: status }) }, tasks as readonly ApiProgressTask[]);
    },

    async changeService(id, change, signal) {
      await onFreshReading(async () => {
        const { Version, Spec } = await details(id, signal);
        await post(
          `${pathOf('service', id)}/update`,
          { query: { version: Version.Index }, body: change(Spec) },
          signal,
        );
      });
    },

    async rollBack(id, signal) {
      await onFreshReading(async () => {
        const { Version, Spec } = await details(id, signal);
        const query = { version: Version.Index, rollback: 'previous' };
        await post(`${pathOf('service', id)}/update`, { query, body: Spec }, signal);
      });
    },

    async changeNode(id, change, signal) {
      const path = `/nodes/${encodeURIComponent(id)}`;
      await onFreshReading(async () => {
        const { Version, Spec } = (await transport.json({ path }, signal)) as ApiNodeDetails;
        await post(`${path}/update`, { query: { version: Version.Index }, body: change(Spec) }, signal);
      });
    },

    async removeNode(id, force, signal) {
      const path = `/nodes/${encodeURIComponent(id)}`;
      await transport.json({ method: 'DELETE', path, query: { force } }, signal);
    },

    async create(kind, { name, data, stack }, signal) {
      const labels = stack === undefined ? {} : { 'com.docker.stack.namespace': stack };
      const body = { Name: name, Labels: labels, Data: Buffer.from(data).toString('base64') };
      return ((await post(`/${kind}s/create`, { body }, signal)) as { readonly ID: string }).ID;
    },

    async createGwbridge(subnet, signal) {
      await post('/networks/create', { body: gwbridge(subnet) }, signal);
    },

    async createOverlay({ name, attachable, internal, encrypted }, signal) {
      const body = {
        Name: name,
        Driver: 'overlay',
        CheckDuplicate: true,
        Attachable: attachable,
        Internal: internal,
        Options: encrypted ? { encrypted: '' } : {},
      };
      await post('/networks/create', { body }, signal);
    },

    async remove(kind, id, signal) {
      await transport.json({ method: 'DELETE', path: pathOf(kind, id) }, signal);
    },
  };
}

const listen = '0.0.0.0:2377';

interface ApiSwarm {
  readonly Version: { readonly Index: number };
  readonly Spec: object;
  readonly JoinTokens: { readonly Manager: string; readonly Worker: string };
}

interface ApiNodeDetails {
  readonly Version: { readonly Index: number };
  readonly Spec: NodeSpec;
}

function pathOf(kind: SwarmObjectKind, id: string): string {
  return `/${kind}s/${encodeURIComponent(id)}`;
}

/** Swarm refuses a change that was made on an older reading: read, change and write again, a few times. */
export async function onFreshReading<T>(change: () => Promise<T>, attempts = 5): Promise<T> {
  for (let left = attempts; ; left--) {
    try {
      return await change();
    } catch (error) {
      if (left <= 1 || !isEngineError(error) || !/update out of sequence/.test(error.message)) throw error;
    }
  }
}
