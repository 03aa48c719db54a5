import { setMaxListeners } from 'node:events';
import { Agent as HttpAgent } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import Docker from 'dockerode';
import { EngineError, isEngineError } from './engine.js';
import type { EngineErrorReason } from './engine.js';
import type { Endpoint } from './endpoint.js';
import { getStream } from './rawStream.js';
import { openSocket, placeOf } from './socket.js';
import { sshAgent } from './ssh.js';
import { limited } from './waiting.js';

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
    await accept(response.statusCode ?? 0, response);
    return response;
  }

  async function openLong({ path, query = {} }: Request, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
    const { status, body } = await getStream(openSocket(endpoint), `${path}?${queryText(query)}`, signal);
    await accept(status, body);
    return body;
  }

  return {
    async json(request, signal, patience = 30_000) {
      try {
        return parse(await limited(patience, signal, async (limit) => text(await open(request, limit))));
      } catch (error) {
        throw asEngineError(error, endpoint, signal);
      }
    },
    async stream(request, signal) {
      try {
        const isGet = (request.method ?? 'GET') === 'GET';
        // Many streams may live under one signal, and each takes its listener away again.
        setMaxListeners(0, signal);
        return chunks(await (isGet ? openLong(request, signal) : open(request, signal)), endpoint, signal);
      } catch (error) {
        throw asEngineError(error, endpoint, signal);
      }
    },
  };
}

/** Throws what the Engine says against a request. */
async function accept(status: number, body: AsyncIterable<Buffer>): Promise<void> {
  if (status < 400) return;
  const said = parse(await text(body)) as { readonly message?: string } | undefined;
  const reason = status === 404 ? 'notFound' : status === 409 ? 'conflict' : 'refused';
  throw new EngineError(reason, said?.message ?? `The Engine answered with status ${status}.`, status);
}

function queryText(query: Readonly<Record<string, unknown>>): string {
  const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  const known = Object.entries(query).filter(([, value]) => value !== undefined);
  return new URLSearchParams(known.map(([name, value]): [string, string] => [name, text(value)])).toString();
}

async function* chunks(
  response: AsyncIterable<Buffer>,
  endpoint: Endpoint,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of response) yield chunk;
  } catch (error) {
    throw asEngineError(error, endpoint, signal);
  }
}

async function text(response: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
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
function dockerOptions(endpoint: Endpoint): Docker.DockerOptions {
  const { host, tls } = endpoint;
  const nothing = {
    host: undefined,
    port: undefined,
    socketPath: undefined,
    ca: undefined,
    cert: undefined,
    key: undefined,
  };
  const place = placeOf(endpoint);
  switch (place.kind) {
    case 'path':
      return {
        ...nothing,
        protocol: 'http',
        socketPath: place.path,
        agent: new HttpAgent({ keepAlive: true }),
      } as never;
    case 'ssh':
      return { ...nothing, protocol: 'http', host: 'docker', port: 80, agent: sshAgent(host) } as never;
    case 'tcp': {
      const { ca, cert, key } = tls ?? {};
      const agent = place.secure
        ? new HttpsAgent({ keepAlive: true, ca, cert, key, rejectUnauthorized: tls?.verify ?? true })
        : new HttpAgent({ keepAlive: true });
      return {
        ...nothing,
        protocol: place.secure ? 'https' : 'http',
        host: place.host,
        port: place.port,
        agent,
      } as never;
    }
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
