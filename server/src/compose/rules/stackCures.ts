import { parseBytes } from '../model/bytes.js';
import type { Tree } from '../syntax/edits.js';
import { entriesOf, type Node } from '../syntax/tree.js';

/** What a stack writes in the place of a key of docker compose; undefined where it cannot say the same. */
type Cure = (value: Node) => Tree | undefined;

/** Keys of a service that have another place in a stack, for the fixes and for the conversion. Others can only go. */
export const stackCures: Readonly<Record<string, Cure>> = {
  cpus: (value) => limits(value, 'limits', 'cpus'),
  gpus: (value) => reservations(requestsOf(value)),
  mem_limit: (value) => limits(value, 'limits', 'memory'),
  mem_reservation: (value) => limits(value, 'reservations', 'memory'),
  pids_limit: (value) => scalar(value, (text) => deploy({ resources: { limits: { pids: text } } })),
  platform: (value) => scalar(value, platform),
  restart: (value) => scalar(value, restart),
  scale: (value) => scalar(value, (text) => deploy({ replicas: text })),
  shm_size: (value) => scalar(value, shm),
  tmpfs: (value) => mounts(value),
};

/** `deploy.resources.reservations.devices` as the generic resource that the nodes have to advertise. */
export function genericGpus(devices: Node): Tree | undefined {
  return { generic_resources: requestsOf(devices) };
}

function deploy(tree: Tree): Tree {
  return { deploy: tree };
}

function reservations(generic_resources: readonly Tree[]): Tree {
  return deploy({ resources: { reservations: { generic_resources } } });
}

function scalar(value: Node, write: (text: string) => Tree | undefined): Tree | undefined {
  return value.kind === 'scalar' && value.text !== '' ? write(value.text) : undefined;
}

/** Both are texts in a stack. */
function limits(value: Node, group: 'limits' | 'reservations', key: 'cpus' | 'memory'): Tree | undefined {
  return scalar(value, (text) =>
    deploy({ resources: { [group]: { [key]: /^[a-zA-Z]|[a-zA-Z]$/.test(text) ? text : `"${text}"` } } }),
  );
}

/** One GPU where all or an unknown number are asked for: the swarm counts what the nodes advertise. */
function requestsOf(value: Node): readonly Tree[] {
  const requests = value.kind === 'seq' ? value.items : [];
  const counts = requests.map((request) => {
    const entries = entriesOf(request);
    const count = entries.find(({ key }) => key.text === 'count')?.value;
    const ids = entries.find(({ key }) => key.text === 'device_ids')?.value;
    if (ids?.kind === 'seq') return ids.items.length;
    return count?.kind === 'scalar' && /^[1-9]\d*$/.test(count.text) ? Number(count.text) : 1;
  });
  const total = counts.reduce((sum, it) => sum + it, 0) || 1;
  return [{ discrete_resource_spec: { kind: 'gpu', value: String(total) } }];
}

function restart(text: string): Tree | undefined {
  const [name = '', attempts] = text.split(':');
  const condition = conditions[name];
  if (condition === undefined) return undefined;
  return deploy({
    restart_policy: { condition, ...(attempts !== undefined && /^\d+$/.test(attempts) && { max_attempts: attempts }) },
  });
}

const conditions: Readonly<Record<string, string>> = {
  no: 'none',
  always: 'any',
  'unless-stopped': 'any',
  'on-failure': 'on-failure',
};

function platform(text: string): Tree | undefined {
  const [os, arch] = text.split('/');
  const name = arch === undefined ? undefined : (machines[arch] ?? arch);
  if (!os || !/^\w+$/.test(os + (name ?? ''))) return undefined;
  const constraints = [`node.platform.os == ${os}`, ...(name === undefined ? [] : [`node.platform.arch == ${name}`])];
  return deploy({ placement: { constraints } });
}

/** Nodes tell their architecture as the kernel does. */
const machines: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

function shm(text: string): Tree | undefined {
  const size = parseBytes(text).value;
  return size === undefined
    ? undefined
    : { volumes: [{ type: 'tmpfs', target: '/dev/shm', tmpfs: { size: String(size) } }] };
}

/** A stack knows the size of a tmpfs, and no other of its options. */
function mounts(value: Node): Tree | undefined {
  const items = value.kind === 'seq' ? value.items : [value];
  const volumes = items.flatMap((item): readonly Tree[] => {
    const [target = '', options = ''] = item.kind === 'scalar' ? item.text.split(':') : [];
    const size = parseBytes(/(?:^|,)size=([^,]+)/.exec(options)?.[1] ?? '').value;
    return target.startsWith('/')
      ? [{ type: 'tmpfs', target, ...(size !== undefined && { tmpfs: { size: String(size) } }) }]
      : [];
  });
  return volumes.length > 0 && volumes.length === items.length ? { volumes } : undefined;
}
