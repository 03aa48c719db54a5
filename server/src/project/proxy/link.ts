import type { Service } from '../../compose/model/service.js';
import type { Place } from '../../compose/model/value.js';
import { carryOver } from '../../text/carryOver.js';
import { envsubstCalls, type EnvsubstCall } from '../../proxy/envsubst.js';
import type { Neighbourhood } from '../../proxy/neighbourhood.js';
import type { ProxyConfig } from '../../proxy/rule.js';
import { addressesOf } from '../../proxy/upstream.js';
import { commandOf, type Command } from './command.js';
import { deliveredFiles, type Delivered } from './delivered.js';
import { environmentOf } from './environment.js';
import { neighbourhoodOf } from './neighbourhood.js';
import { nginxReads, replacedBy, type NginxSource } from './nginxFiles.js';
import { programOf, type Program } from './program.js';
import { buildOf, unbuiltConfigs, type World } from './world.js';

/** A service that runs a proxy, with the files of this machine that the proxy reads. */
export interface Proxy extends Program {
  readonly service: Service;
  readonly files: readonly ProxyFile[];
  /** Whether these are all the files the proxy reads. */
  readonly complete: boolean;
  readonly command: Command;
  readonly delivered: ReadonlyMap<string, Delivered>;
  readonly environment: ReadonlyMap<string, string>;
  readonly calls: readonly EnvsubstCall[];
}

export interface ProxyFile {
  readonly uri: string;
  readonly config: ProxyConfig;
  /** What gives the file to the proxy; the service's name where a comment or a setting does. */
  readonly at: Place;
}

/** The services of a project that run nginx or HAProxy, with the files that belong to each. */
export function linkProxies(world: World): readonly Proxy[] {
  const services = [...world.project.services.values()];
  world.known.proxies = carryOver(services, world.known.proxies, (service) => link(world, service));
  return world.known.proxies.outputs.filter((it) => it !== undefined);
}

/** What a proxy finds on its networks. */
export function neighbourhood(world: World, { service, files }: Proxy): Neighbourhood {
  const known = world.neighbourhoods.get(service) ?? neighbourhoodOf(world, service, hostsIn(files));
  world.neighbourhoods.set(service, known);
  return known;
}

function link(world: World, service: Service): Proxy | undefined {
  const given = world.assigned.filter((it) => it.service === service.name);
  if (!mayBeProxy(service) && given.length === 0) return undefined;
  const assigned = [...given, ...unbuiltConfigs(world, service)];
  const command = commandOf(service);
  const program = programOf(service, buildOf(world, service), command) ?? guessProgram(assigned);
  if (program === undefined) return undefined;
  const delivered = deliveredFiles(world, service);
  const environment = environmentOf(world, service);
  const calls = envsubstCalls(command.text);
  const { files, complete } =
    program.kind === 'nginx'
      ? nginxFiles(world, { program, command, delivered, environment, calls })
      : haproxyFiles(world, { command, delivered, environment });
  const known = new Set(files.map(({ uri }) => uri));
  for (const { uri } of assigned) {
    const config = known.has(uri) ? undefined : world.read(program.kind, uri, {});
    if (config) files.push({ uri, config, at: service.nameAt });
  }
  return { ...program, service, files, complete, command, delivered, environment, calls };
}

function hostsIn(files: readonly ProxyFile[]): readonly string[] {
  return files.flatMap(({ config }) => Array.from(addressesOf(config.model), ({ address }) => address.host));
}

/** Services that are neither built here nor speak of a proxy need no look at the disk. */
function mayBeProxy({ value }: Service): boolean {
  const keys = ['build', 'image', 'command', 'entrypoint'].map((key) => value.members.get(key)?.value);
  return keys.some((it, i) => it !== undefined && (i === 0 || /nginx|haproxy|openresty|angie|swag/.test(textOf(it))));
}

function textOf({ at: { block, start, end } }: { readonly at: Place }): string {
  return block.text.slice(start, end);
}

function guessProgram(assigned: readonly { readonly uri: string }[]): Program | undefined {
  const [first] = assigned;
  if (first === undefined) return undefined;
  return { kind: /haproxy|\.cfg$/i.test(first.uri) ? 'haproxy' : 'nginx', official: false };
}

interface Container {
  readonly command: Command;
  readonly delivered: ReadonlyMap<string, Delivered>;
  readonly environment: ReadonlyMap<string, string>;
}

function nginxFiles(
  world: World,
  { program, command, delivered, environment, calls }: Container & { program: Program; calls: readonly EnvsubstCall[] },
): { files: ProxyFile[]; complete: boolean } {
  const sources = new Map<string, NginxSource>();
  const existing = [...delivered.values()].filter(({ exists }) => exists);
  for (const file of existing) sources.set(file.target, { delivered: file });
  for (const { target, file } of templates(existing, command, environment))
    sources.set(target, { delivered: file, environment });
  for (const [from, to] of copies(command.text)) {
    const file = delivered.get(from);
    if (file?.exists) sources.set(to, { delivered: file });
  }
  for (const call of calls) {
    const file = call.source === undefined ? undefined : delivered.get(call.source);
    if (file?.exists && call.target !== undefined) {
      sources.set(call.target, { delivered: file, environment: replacedBy(call, environment) });
    }
  }
  const main = /(?:^|\s)nginx\b[^;&|]*\s-c\s*(["']?)([^\s"';&|]+)\1/.exec(command.text)?.[2];
  const { reads, complete } = nginxReads({
    files: sources,
    ...(main !== undefined && { main }),
    official: program.official,
    open(source, place) {
      const filled = source.environment;
      const options = filled ? { place, template: true, environment: filled } : { place };
      const config = world.read('nginx', source.delivered.uri, options);
      return config?.kind === 'nginx' ? config : undefined;
    },
  });
  const files = reads.map(({ delivered: { uri, at }, config }): ProxyFile => ({ uri, at, config }));
  return { files, complete };
}

/** What the official image's own entrypoint makes of templates; a command or entrypoint of another kind keeps it from that. */
function* templates(
  files: readonly Delivered[],
  { replaced }: Command,
  environment: ReadonlyMap<string, string>,
): Iterable<{ target: string; file: Delivered }> {
  if (replaced) return;
  const folder = environment.get('NGINX_ENVSUBST_TEMPLATE_DIR') ?? '/etc/nginx/templates';
  const suffix = environment.get('NGINX_ENVSUBST_TEMPLATE_SUFFIX') ?? '.template';
  const output = environment.get('NGINX_ENVSUBST_OUTPUT_DIR') ?? '/etc/nginx/conf.d';
  for (const file of files) {
    if (!file.target.startsWith(`${folder}/`) || !file.target.endsWith(suffix)) continue;
    yield { target: `${output}/${file.target.slice(folder.length + 1, -suffix.length)}`, file };
  }
}

/** `cp A B`, `mv A B` and `ln -s A B` of a command. */
function* copies(command: string): Iterable<readonly [string, string]> {
  for (const [, from = '', to = ''] of command.matchAll(
    /\b(?:cp|mv|ln)\s+(?:-\w+\s+)*(\/[^\s;&|]+)\s+(\/[^\s;&|]+)/g,
  )) {
    yield [from, to.endsWith('/') ? `${to}${from.slice(from.lastIndexOf('/') + 1)}` : to];
  }
}

function haproxyFiles(
  world: World,
  { command, delivered, environment }: Container,
): { files: ProxyFile[]; complete: boolean } {
  const named = Array.from(command.text.matchAll(/(?:^|\s)-f\s*(["']?)(\/[^\s"';&|]+)\1/g), (match) => match[2] ?? '');
  const usual = ['/usr/local/etc/haproxy/haproxy.cfg', '/etc/haproxy/haproxy.cfg', '/bitnami/haproxy/conf/haproxy.cfg'];
  const roots = named.length > 0 ? named : usual;
  const files: ProxyFile[] = [];
  for (const { target, uri, at, exists } of delivered.values()) {
    const read = roots.some(
      (root) => target === root || (target.endsWith('.cfg') && folderOf(target) === root.replace(/\/$/, '')),
    );
    const config = read && exists ? world.read('haproxy', uri, { environment }) : undefined;
    if (config) files.push({ uri, at, config });
  }
  return { files, complete: files.length > 0 && named.every((root) => delivered.has(root)) };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
