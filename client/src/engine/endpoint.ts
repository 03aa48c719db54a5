import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where an Engine listens and how to be let in. */
export interface Endpoint {
  /** The Docker context's name; undefined where a host was given directly. */
  readonly context: string | undefined;
  /** As in `DOCKER_HOST`: `unix://`, `npipe://`, `tcp://` or `ssh://`. */
  readonly host: string;
  /** For `tcp://` only. */
  readonly tls: Tls | undefined;
  readonly chosenBy: 'setting' | 'DOCKER_HOST' | 'DOCKER_CONTEXT' | 'docker context use' | 'default';
}

export interface Tls {
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
  readonly verify: boolean;
}

export interface EndpointWishes {
  /** A context's name; empty for Docker's own choice. */
  readonly context: string;
  /** The process's variables with those of the settings over them. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The endpoint the Docker CLI would take: the setting, then `DOCKER_HOST`, then `DOCKER_CONTEXT`, then `docker context use`.
 * Throws an `Error` that names a context which does not exist.
 */
export async function resolveEndpoint({ context, env }: EndpointWishes): Promise<Endpoint> {
  if (context) return contextEndpoint(context, 'setting', env);
  if (env['DOCKER_HOST']) {
    return { context: undefined, host: env['DOCKER_HOST'], tls: await envTls(env), chosenBy: 'DOCKER_HOST' };
  }
  if (env['DOCKER_CONTEXT']) return contextEndpoint(env['DOCKER_CONTEXT'], 'DOCKER_CONTEXT', env);
  const current = await currentContext(env);
  return current ? contextEndpoint(current, 'docker context use', env) : defaultEndpoint('default');
}

export interface DockerContext {
  readonly name: string;
  readonly host: string;
  readonly description: string;
}

/** Every context of this user, `default` first. */
export async function listContexts(env: EndpointWishes['env']): Promise<readonly DockerContext[]> {
  const folder = join(dockerFolder(env), 'contexts', 'meta');
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((name) => readMeta(join(folder, name, 'meta.json'))));
  const contexts = found.flatMap((meta) => (meta ? [asContext(meta)] : []));
  return [
    { name: defaultContext, host: env['DOCKER_HOST'] ?? defaultHost(), description: '' },
    ...contexts.sort((a, b) => a.name.localeCompare(b.name)),
  ];
}

const defaultContext = 'default';

async function contextEndpoint(
  name: string,
  chosenBy: Endpoint['chosenBy'],
  env: EndpointWishes['env'],
): Promise<Endpoint> {
  if (name === defaultContext) return defaultEndpoint(chosenBy);
  // The CLI names a context's folder by the digest of its name.
  const digest = createHash('sha256').update(name).digest('hex');
  const meta = await readMeta(join(dockerFolder(env), 'contexts', 'meta', digest, 'meta.json'));
  if (!meta) throw new Error(`Docker context "${name}" does not exist.`);
  const { host } = asContext(meta);
  const tls = await readTls(join(dockerFolder(env), 'contexts', 'tls', digest, 'docker'));
  const verify = meta.Endpoints?.docker?.SkipTLSVerify !== true;
  return { context: name, host, tls: tls.ca || tls.cert || !verify ? { ...tls, verify } : undefined, chosenBy };
}

function defaultEndpoint(chosenBy: Endpoint['chosenBy']): Endpoint {
  return { context: defaultContext, host: defaultHost(), tls: undefined, chosenBy };
}

function defaultHost(): string {
  return process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

async function envTls(env: EndpointWishes['env']): Promise<Tls | undefined> {
  const verify = Boolean(env['DOCKER_TLS_VERIFY']);
  if (!verify && !env['DOCKER_TLS']) return undefined;
  return { ...(await readTls(env['DOCKER_CERT_PATH'] ?? dockerFolder(env))), verify };
}

async function readTls(folder: string): Promise<Omit<Tls, 'verify'>> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readFile(join(folder, name), 'utf8').catch(() => undefined)),
  );
  return { ca, cert, key };
}

interface ContextMeta {
  readonly Name: string;
  readonly Metadata?: { readonly Description?: string };
  readonly Endpoints?: { readonly docker?: { readonly Host?: string; readonly SkipTLSVerify?: boolean } };
}

function asContext(meta: ContextMeta): DockerContext {
  return {
    name: meta.Name,
    host: meta.Endpoints?.docker?.Host ?? defaultHost(),
    description: meta.Metadata?.Description ?? '',
  };
}

async function readMeta(path: string): Promise<ContextMeta | undefined> {
  const meta = await readJson(path);
  return typeof (meta as ContextMeta | undefined)?.Name === 'string' ? (meta as ContextMeta) : undefined;
}

async function currentContext(env: EndpointWishes['env']): Promise<string | undefined> {
  const config = await readJson(join(dockerFolder(env), 'config.json'));
  return (config as { readonly currentContext?: string } | undefined)?.currentContext;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    // Absent or half written: as if nothing were configured, which is what the CLI does for an absent file.
    return undefined;
  }
}

/** Where the Docker CLI keeps its configuration; `config.json` in it names the context in use. */
export function dockerFolder(env: EndpointWishes['env']): string {
  return env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');
}
