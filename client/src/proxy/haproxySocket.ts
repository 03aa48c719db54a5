import type { Engine, Replica } from '../engine/engine.js';
import type { ProxyProgram } from './program.js';

/** HAProxy's own words, over the socket that its configuration opens for that. */
export interface HaproxySocket {
  servers(signal?: AbortSignal): Promise<readonly HaproxyServer[]>;
  /** Requests under way and waiting, by `backend/server`. */
  sessions(signal?: AbortSignal): Promise<ReadonlyMap<string, number>>;
  /** `drain`: it finishes what it has and gets nothing new. */
  set(servers: readonly string[], state: 'drain' | 'ready', signal?: AbortSignal): Promise<void>;
}

export interface HaproxyServer {
  /** `backend/server`. */
  readonly name: string;
  /** Undefined for a slot without a replica. */
  readonly address: string | undefined;
  /** The name in the DNS that its address is from; undefined for a fixed one. */
  readonly host: string | undefined;
  /** False while it is down, in maintenance, or its address is no more in the DNS. */
  readonly up: boolean;
}

/** Undefined where the configuration opens none, or nothing in the container can talk to it. */
export async function haproxySocket(
  engine: Engine,
  replica: Replica,
  program: ProxyProgram,
  signal?: AbortSignal,
): Promise<HaproxySocket | undefined> {
  const files = program.files.length > 0 ? program.files : ['/usr/local/etc/haproxy/haproxy.cfg'];
  const { stdout: text } = await engine.exec(replica.id, ['sh', '-c', readScript, 'sh', ...files], signal);
  const path = socketPath(text);
  if (path === undefined) return undefined;
  const say = async (command: string, within?: AbortSignal): Promise<string> =>
    (await engine.exec(replica.id, ['sh', '-c', sayScript, 'sh', path, command], within, { user: '0' })).stdout;
  if (!(await say('show info', signal)).includes('HAProxy')) return undefined;
  return {
    servers: async (within) => readServers(await say('show servers state', within)),
    sessions: async (within) => readSessions(await say('show stat -1 4 -1', within)),
    async set(servers, state, within) {
      if (servers.length > 0) await say(servers.map((name) => `set server ${name} state ${state}`).join('; '), within);
    },
  };
}

/** HAProxy takes a folder too, and of it what ends in `.cfg`. */
const readScript =
  'for path; do if [ -d "$path" ]; then cat -- "$path"/*.cfg; else cat -- "$path"; fi; done 2>/dev/null';

/** The images differ in what can talk to a socket: Debian has Perl, Alpine its busybox; some have more. */
const sayScript = `
exec 2>/dev/null
printf '%s\\n' "$2" | socat - "UNIX-CONNECT:$1" ||
perl -e 'socket(S,1,1,0) && connect(S,pack("Sa*x",1,$ARGV[0])) || exit 1; syswrite S,"$ARGV[1]\\n"; print while <S>' "$1" "$2" ||
printf '%s\\n' "$2" | nc "local:$1" ||
printf '%s\\n' "$2" | nc -U "$1"`;

/**
 * Where an administrator may talk: `stats socket /run/haproxy.sock … level admin`. Only a path of plain characters: socat would take
 * `,` and `!!` for options and for a program to run.
 */
export function socketPath(config: string): string | undefined {
  const lines = config.split('\n').map((line) => line.trim().split(/\s+/));
  const paths = lines.flatMap(([first, second, address = '', ...options]) =>
    first === 'stats' && second === 'socket' && options.join(' ').includes('level admin')
      ? (/^(?:unix@)?(\/[\w/.@%+~-]+)$/.exec(address)?.[1] ?? [])
      : [],
  );
  return paths[0];
}

/** Of `show servers state`. */
export function readServers(text: string): readonly HaproxyServer[] {
  return table(text, ' ').map((row) => {
    // Of the operational state 0 is down; of the administrative bits all but draining (8 and 16) take it out of service.
    const up = row['srv_op_state'] !== '0' && (Number(row['srv_admin_state']) & ~0x18) === 0;
    return {
      name: `${row['be_name']}/${row['srv_name']}`,
      address: cell(row['srv_addr']),
      host: cell(row['srv_fqdn']),
      up,
    };
  });
}

function cell(text: string | undefined): string | undefined {
  return text === '-' || text === '' ? undefined : text;
}

/** Of `show stat`. */
export function readSessions(text: string): ReadonlyMap<string, number> {
  return new Map(
    table(text, ',').map((row) => [
      `${row['pxname']}/${row['svname']}`,
      Number(row['scur'] ?? 0) + Number(row['qcur'] ?? 0),
    ]),
  );
}

/** Rows by the names that the line behind `#` gives their columns. */
function table(text: string, separator: string): readonly Readonly<Record<string, string>>[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const start = lines.findIndex((line) => line.startsWith('# '));
  if (start < 0) return [];
  const columns = lines[start]?.slice(2).trim().split(separator) ?? [];
  return lines.slice(start + 1).map((line) => {
    const cells = line.trim().split(separator);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}
