import { isGlobal, replicasOf } from '../../compose/model/replicas.js';
import { parseImage } from '../../compose/model/image.js';
import { parsePortRange } from '../../compose/model/port.js';
import type { Service } from '../../compose/model/service.js';
import { get, items, str, type Value } from '../../compose/model/value.js';
import type { Peer } from '../../proxy/neighbourhood.js';
import { publishedPorts } from '../describe.js';
import { commandOf } from './command.js';
import { environmentOf } from './environment.js';
import { knownPorts } from './knownPorts.js';
import { buildOf, type World } from './world.js';

type KnownPort = Peer['ports'][number];

/** A service as a proxy sees it over the network. */
export function peerOf(world: World, service: Service): Peer {
  const known = world.known.peers.get(service);
  if (known) return known;
  const peer = readPeer(world, service);
  // A Dockerfile or an environment file may change while the service stays the same.
  if (!service.value.members.has('build') && !service.value.members.has('env_file'))
    world.known.peers.set(service, peer);
  return peer;
}

function readPeer(world: World, service: Service): Peer {
  const { target } = world.project;
  const published = publishedPorts(service.value, target).filter(({ protocol }) => protocol === 'tcp');
  const { ports, publishedPorts: mapped } = portsOf(world, service, published);
  const runs = textOf(get(service.value, 'build')) ?? textOf(get(service.value, 'image'));
  return {
    service: service.name,
    ...(runs !== undefined && { runs }),
    ports,
    publishedPorts: mapped,
    replicas: isGlobal(service.value) ? 1 : replicasOf(service.value),
    dnsrr: target === 'compose' || str(get(service.value, 'deploy', 'endpoint_mode')) === 'dnsrr',
  };
}

function textOf(value: Value | undefined): string | undefined {
  return value?.at.block.text.slice(value.at.start, value.at.end).replace(/\s+/g, ' ');
}

function portsOf(
  world: World,
  service: Service,
  published: ReturnType<typeof publishedPorts>,
): Pick<Peer, 'ports' | 'publishedPorts'> {
  const ports = new Map<number, KnownPort>();
  const add = (port: number, certain: boolean): void => {
    if (certain || !ports.has(port)) ports.set(port, { port, certain });
  };
  for (const { target } of published) add(target, true);
  for (const item of items(get(service.value, 'expose'))) for (const port of exposed(item)) add(port, true);
  for (const { port, certain } of listening(world, service)) add(port, certain);
  const publishedPorts = published.flatMap(({ published: range, target }) =>
    range && range[0] === range[1] ? [{ published: range[0], target }] : [],
  );
  return { ports: [...ports.values()], publishedPorts };
}

function exposed(item: Value): readonly number[] {
  const text = item.kind === 'scalar' && !item.unset ? String(item.value) : '';
  if (/\/(?:udp|sctp)$/i.test(text)) return [];
  const range = parsePortRange(text.replace(/\/tcp$/i, '')).value;
  if (!range) return [];
  return Array.from({ length: range.last - range.first + 1 }, (_, i) => range.first + i);
}

/** What the command says, and what the environment, the health check, the image and its Dockerfile let one suppose. */
function* listening(world: World, service: Service): Iterable<KnownPort> {
  yield* portsIn(commandOf(service).text);
  for (const [name, value] of environmentOf(world, service))
    if (portVariable.test(name) && /^\d{2,5}$/.test(value)) yield unsure(Number(value));
  const health = get(service.value, 'healthcheck', 'test');
  const test = health?.kind === 'seq' ? health.items.map((it) => str(it) ?? '').join(' ') : (str(health) ?? '');
  for (const [, port] of test.matchAll(/\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})\b/g))
    yield unsure(Number(port));
  const build = buildOf(world, service);
  if (build) yield* build.dockerfile.ports.map(unsure);
  const image = build?.dockerfile.base ?? str(get(service.value, 'image'));
  const ref = image === undefined ? undefined : parseImage(image).value;
  if (ref) yield* knownPorts(ref.repository, ref.tag).map(unsure);
}

/** `--port 8000`, `httpd -p 8000`, `--bind 0.0.0.0:8000`, `runserver 0.0.0.0:8000` of a command line; other short flags may mean something else. */
function* portsIn(command: string): Iterable<KnownPort> {
  const long =
    /(?:^|\s)--(?:http-|server-|listen-)?(?:port|bind|listen|address|addr)[=\s]+(?:[\w.*[\]-]*:)?(\d{2,5})(?![\d.:])/g;
  for (const [, port] of command.matchAll(long)) yield { port: Number(port), certain: true };
  for (const [, port] of command.matchAll(/\b(?:0\.0\.0\.0|\[::\]):(\d{2,5})\b/g))
    yield { port: Number(port), certain: true };
  for (const [, port] of command.matchAll(/\bhttpd\b[^;&|]*\s-p[=\s]*(?:[\d.]+:)?(\d{2,5})\b/g))
    yield { port: Number(port), certain: true };
  for (const [, port] of command.matchAll(/(?:^|\s)-[pbl][=\s]+(?:[\w.*[\]-]*:)?(\d{2,5})(?![\d.:])/g))
    yield unsure(Number(port));
}

/** Variables that many programs read their port from. */
const portVariable = /^(?:(?:HTTP|SERVER|APP|API|WEB|LISTEN)_)?PORT$/i;

function unsure(port: number): KnownPort {
  return { port, certain: false };
}
