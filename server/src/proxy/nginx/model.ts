import { readAddress, type Pieces } from '../address.js';
import { slicePieces, wordPieces } from '../pieces.js';
import type { Group, Include, Listen, Param, Pass, ProxyModel, Resolver, Server, Target } from '../upstream.js';
import type { Word } from '../word.js';
import type { Place } from './directives.js';
import type { Directive, NginxFile } from './parse.js';
import { variableValues, type Environment, type Expand, type Expanded } from './values.js';
import { placedDirectives } from './walk.js';

/** Reads where an nginx file sends requests. `environment` holds what `envsubst` puts into a template. */
export function nginxModel(file: NginxFile, place: Place, environment: Environment = new Map()): ProxyModel {
  const groups: Group[] = [];
  const resolvers: Resolver[] = [];
  const listens: Listen[] = [];
  const includes: Include[] = [];
  const passing: { readonly directive: Directive; readonly place: Place }[] = [];
  const expand = variableValues(file, environment);

  for (const placed of placedDirectives(file, place)) {
    const { directive } = placed;
    const [first] = directive.args;
    const name = directive.name.value;
    if (name === 'upstream' && (placed.place === 'h' || placed.place === 'H')) {
      groups.push(readGroup(directive, placed.place === 'H' ? 'stream' : 'http', expand));
    } else if (name === 'include' && first) {
      includes.push({ at: first, pattern: first.value });
    } else if (name === 'listen' && first) {
      listens.push(readListen(first));
    } else if (name === 'resolver') {
      const addresses = directive.args.map((word) => word.value).filter((value) => !value.includes('='));
      resolvers.push({ at: { start: directive.start, end: directive.end }, addresses });
    } else if (passDirectives.has(name) && first) {
      passing.push(placed);
    }
  }
  const names = new Map(groups.map((group) => [group.name.toLowerCase(), group.name]));
  const passes = passing.flatMap((placed) => readPasses(placed.directive, placed.place, expand, names));
  return { kind: 'nginx', groups, passes, resolvers, listens, includes };
}

export const passDirectives: ReadonlySet<string> = new Set([
  'proxy_pass',
  'grpc_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'memcached_pass',
]);

export const balancingMethods: ReadonlySet<string> = new Set(['least_conn', 'ip_hash', 'hash', 'random', 'least_time']);

function readGroup(directive: Directive, layer: Group['layer'], expand: Expand): Group {
  const name = directive.args[0] ?? directive.name;
  const inside = directive.block?.directives ?? [];
  const method = inside.find((child) => balancingMethods.has(child.name.value));
  return {
    name: name.value,
    nameAt: { start: name.start, end: name.end },
    at: { start: directive.start, end: directive.end },
    sort: 'upstream',
    layer,
    servers: inside.flatMap((child) => readServer(child, layer, expand)),
    ...(method && { method: { name: method.name.value, at: method.name } }),
    open: directive.block?.closed !== true || inside.some((child) => !ordinaryInUpstream(child.name.value)),
  };
}

/** Anything else in an `upstream` may bring servers: an include, a program's block, a file with the state. */
function ordinaryInUpstream(name: string): boolean {
  return (
    name === 'server' ||
    name === 'zone' ||
    name === 'resolver' ||
    /^keepalive|^resolver_/.test(name) ||
    balancingMethods.has(name)
  );
}

function readServer(directive: Directive, layer: Group['layer'], expand: Expand): readonly Server[] {
  const [word, ...rest] = directive.args;
  if (directive.name.value !== 'server' || word === undefined) return [];
  const params = rest.map(readParam);
  const [expanded] = expand(directive, word);
  const pieces = expanded?.pieces ?? wordPieces(word);
  return [
    {
      at: { start: directive.start, end: directive.end },
      address: readAddress(pieces, layer === 'http' ? 80 : undefined),
      params,
      slots: 1,
      template: false,
      resolved: params.some((param) => param.name === 'resolve') ? 'runtime' : 'once',
    },
  ];
}

function readParam(word: Word): Param {
  const equals = word.value.indexOf('=');
  const at = { start: word.start, end: word.end };
  return equals < 0
    ? { name: word.value, at }
    : { name: word.value.slice(0, equals), value: word.value.slice(equals + 1), at };
}

function readListen(word: Word): Listen {
  const port = /^(?:.*:)?(\d+)$/.exec(word.value)?.[1];
  const at = { start: word.start, end: word.end };
  return port === undefined ? { at, text: word.value } : { at, text: word.value, port: Number(port) };
}

function readPasses(
  directive: Directive,
  place: Place,
  expand: Expand,
  groups: ReadonlyMap<string, string>,
): readonly Pass[] {
  const [word] = directive.args;
  if (word === undefined) return [];
  const layer = place === 'S' || place === 'H' ? 'stream' : 'http';
  return expand(directive, word).map((expanded) => ({
    by: directive.name.value,
    at: { start: word.start, end: word.end },
    layer,
    target: readTarget(directive.name.value, layer, expanded, groups),
  }));
}

function readTarget(by: string, layer: Pass['layer'], expanded: Expanded, groups: ReadonlyMap<string, string>): Target {
  const { pieces } = expanded;
  const scheme = /^([a-z]+):\/\//i.exec(pieces.text)?.[1]?.toLowerCase();
  const start = scheme === undefined ? 0 : scheme.length + 3;
  const address = readAddress(authority(pieces, start), layer === 'http' ? defaultPort(by, scheme) : undefined);
  const group = groups.get(address.host.toLowerCase());
  if (group !== undefined) {
    return { kind: 'group', name: group, at: address.hostAt, ...(address.port && { port: address.port.at }) };
  }
  if (address.sort === 'variable' || address.host === '') return { kind: 'unknown' };
  return { kind: 'address', address, resolved: expanded.variable ? 'runtime' : 'once' };
}

/** The part between the scheme and the URI. A variable right behind it is taken for the URI's start, as in `http://api:8000$request_uri`. */
function authority(pieces: Pieces, start: number): Pieces {
  const rest = pieces.text.slice(start);
  if (rest.startsWith('unix:')) return slicePieces(pieces, start, start + (/^unix:[^:]*/.exec(rest)?.[0].length ?? 0));
  const end = /[/?]|(?<=.)\$(?:request_uri|uri|is_args|args|document_uri|1)\b/.exec(rest)?.index ?? rest.length;
  return slicePieces(pieces, start, start + end);
}

function defaultPort(by: string, scheme: string | undefined): number | undefined {
  if (by === 'proxy_pass') return scheme === 'https' ? 443 : 80;
  if (by === 'grpc_pass') return scheme === 'grpcs' ? 443 : 80;
  return undefined;
}
