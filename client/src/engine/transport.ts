import { Agent as HttpAgent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Docker from 'dockerode';
import { EngineError, isEngineError } from './engine.js';
import type { EngineErrorReason } from './engine.js';
import type { Endpoint } from './endpoint.js';
import { sshAgent } from './ssh.js';

/** Requests to one Engine. Every call throws `EngineError` and nothing else. */
export interface Transport {
  /** The answer's JSON; undefined for an empty one. Without an answer for `patience` ms (30 s) the Engine counts as unreachable. */
  json(request: Request, signal?: AbortSignal, patience?: number): Promise<unknown>;
  /** The answer as it comes. The signal ends it. */
  stream(request: Request, signal: AbortSignal): Promise<AsyncIterable<Buffer>>;
}

export interface Request {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Objects are sent as JSON, undefined is left out. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

export function connectTransport(endpoint: Endpoint): Transport {
  const { modem } = new Docker(dockerOptions(endpoint)) as unknown as { readonly modem: Modem };

  function dial({ method = 'GET', path, query = {}, body }: Request, signal: AbortSignal): Promise<IncomingMessage> {
    const known = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
    return new Promise((resolve, reject) => {
      modem.dial(
        {
          method,
          path: `${path}?`,
          options: { _query: known, _body: body ?? {} },
          // Always as a stream: the modem itself never reports a connection that breaks inside an answer.
          isStream: true,
          statusCodes: anyStatus,
          abortSignal: signal,
        },
        (error, response) => (response ? resolve(response) : reject(error ?? new Error('No answer.'))),
      );
    });
  }

  async function open(request: Request, signal: AbortSignal): Promise<IncomingMessage> {
    const response = await dial(request, signal);
    const status = response.statusCode ?? 0;
    if (status < 400) return response;
    const said = parse(await text(response)) as { readonly message?: string } | undefined;
    const reason = status === 404 ? 'notFound' : status === 409 ? 'conflict' : 'refused';
    throw new EngineError(reason, said?.message ?? `The Engine answered with status ${status}.`, status);
  }

  return {
    async json(request, signal, patience = 30_000) {
      const limit = AbortSignal.timeout(patience);
      try {
        const response = await open(request, signal ? AbortSignal.any([signal, limit]) : limit);
        return parse(await text(response));
      } catch (error) {
        throw asEngineError(error, endpoint, signal);
      }
    },
    async stream(request, signal) {
      try {
        return chunks(await open(request, signal), endpoint, signal);
      } catch (error) {
        throw asEngineError(error, endpoint, signal);
      }
    },
  };
}

async function* chunks(response: IncomingMessage, endpoint: Endpoint, signal: AbortSignal): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk as Buffer;
  } catch (error) {
    throw asEngineError(error, endpoint, signal);
  }
}

async function text(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

function parse(body: string): unknown {
  if (!body.trim()) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    // A proxy in between answers with a page of its own.
    return { message: body.slice(0, 500) };
  }
}

interface Modem {
  dial(options: object, done: (error: Error | null, response: IncomingMessage | null) => void): void;
}

const anyStatus: Readonly<Record<number, true>> = Object.fromEntries(
  Array.from({ length: 500 }, (_, index) => [index + 100, true]),
);

/** Everything is said, because what is not said the modem takes from `DOCKER_HOST`. */
function dockerOptions({ host, tls }: Endpoint): Docker.DockerOptions {
  const nothing = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const [scheme = '', rest = ''] = host.includes('://') ? host.split(/:\/\/(.*)/s) : ['tcp', host];
  switch (scheme) {
    case 'unix':
    case 'npipe':
      return { ...nothing, protocol: 'http', socketPath: rest, agent: new HttpAgent({ keepAlive: true }) } as never;
    case 'ssh':
      return { ...nothing, protocol: 'http', host: 'docker', port: 80, agent: sshAgent(host) } as never;
    case 'tcp':
    case 'http':
    case 'https': {
      const url = new URL(`tcp://${rest}`);
      const secure = tls !== undefined || scheme === 'https';
      const { ca, cert, key } = tls ?? {};
      const agent = secure
        ? new HttpsAgent({ keepAlive: true, ca, cert, key, rejectUnauthorized: tls?.verify ?? true })
        : new HttpAgent({ keepAlive: true });
      const port = url.port || (secure ? '2376' : '2375');
      return { ...nothing, protocol: secure ? 'https' : 'http', host: url.hostname, port, agent } as never;
    }
    default:
      throw new EngineError('unreachable', `Docker host "${host}" is not understood.`);
  }
}

function asEngineError(error: unknown, { host }: Endpoint, signal: AbortSignal | undefined): EngineError {
  if (isEngineError(error)) return error;
  if (signal?.aborted) return new EngineError('cancelled', 'Cancelled.');
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ABORT_ERR') return new EngineError('unreachable', `The Docker Engine at ${host} does not answer.`);
  const reason: EngineErrorReason = code === 'EACCES' || code === 'EPERM' ? 'denied' : 'unreachable';
  const said: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such socket',
    ECONNREFUSED: 'nobody listens there',
    EACCES: 'this user may not open the socket',
    EPERM: 'this user may not open the socket',
    ECONNRESET: 'the connection broke',
    ENOTFOUND: 'the host is not known',
  };
  return new EngineError(reason, `The Docker Engine at ${host} cannot be reached: ${said[code ?? ''] ?? message}.`);
}
