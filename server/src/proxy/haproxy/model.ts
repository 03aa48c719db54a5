import { readAddress, type Pieces } from '../address.js';
import { joinPieces, slicePieces, wordPieces, type Piece } from '../pieces.js';
import type { Group, Listen, Param, Pass, ProxyModel, Resolver, Server } from '../upstream.js';
import type { Word } from '../word.js';
import { variablesIn } from '../nginx/variables.js';
import keywords from './keywords.json';
import type { HaproxyFile, Line, Section } from './parse.js';

/** Reads where a HAProxy file sends requests. `environment` holds what `"${NAME}"` stands for in the container. */
export function haproxyModel(file: HaproxyFile, environment: ReadonlyMap<string, string> = new Map()): ProxyModel {
  const groups: Group[] = [];
  const passes: Pass[] = [];
  const listens: Listen[] = [];
  const resolvers: Resolver[] = [];
  let defaults: Inherited = { params: [], layer: 'stream' };

  for (const section of file.sections) {
    if (section.kind === 'resolvers') {
      resolvers.push(readResolvers(section));
    } else if (section.kind === 'defaults') {
      defaults = inherit(section, { params: [], layer: 'stream' });
    } else if (section.kind === 'frontend' || section.kind === 'backend' || section.kind === 'listen') {
      const inherited = inherit(section, defaults);
      if (section.kind !== 'frontend' && section.name)
        groups.push(readGroup(section, section.name, inherited, environment));
      for (const line of section.lines) {
        listens.push(...readBinds(line));
        const pass = readPass(line, inherited.layer, environment);
        if (pass) passes.push(pass);
      }
    }
  }
  return { kind: 'haproxy', groups, passes, listens, resolvers, includes: [] };
}

/** The words after `server NAME ADDRESS` as parameters with their values. */
export function readParams(words: readonly Word[]): readonly Param[] {
  const params: Param[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (word === undefined) break;
    const takes = serverKeywords.get(word.value) === 1 ? words[index + 1] : undefined;
    params.push({ name: word.value, at: { start: word.start, end: word.end }, ...(takes && { value: takes.value }) });
    if (takes) index++;
  }
  return params;
}

/** The lines that have parameters of a server, with the index of the argument from which they do. */
export const paramsFrom: Readonly<Record<string, number | undefined>> = {
  server: 2,
  'server-template': 3,
  'default-server': 0,
};

/** How many words follow a parameter of `server`: 0, 1, or a number that only its meaning tells. */
export const serverKeywords: ReadonlyMap<string, number | string> = new Map(Object.entries(keywords.server));

/** How many servers a `server-template` makes: `3`, or a range such as `2-5`. Undefined for what HAProxy refuses. */
export function templateSlots(text: string): number | undefined {
  const range = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (range === null) return undefined;
  const [, first = '', last] = range;
  const slots = last === undefined ? Number(first) : Number(last) - Number(first) + 1;
  return slots > 0 ? slots : undefined;
}

interface Inherited {
  readonly params: readonly Param[];
  readonly layer: Group['layer'];
}

function inherit(section: Section, from: Inherited): Inherited {
  const mode = section.lines.findLast((line) => line.keyword.value === 'mode')?.args[0]?.value;
  const params = section.lines
    .filter((line) => line.keyword.value === 'default-server')
    .flatMap((line) => readParams(line.args));
  return {
    params: [...from.params, ...params],
    layer: mode === undefined ? from.layer : mode === 'tcp' ? 'stream' : 'http',
  };
}

function readGroup(
  section: Section,
  name: Word,
  inherited: Inherited,
  environment: ReadonlyMap<string, string>,
): Group {
  const method = section.lines.findLast((line) => line.keyword.value === 'balance')?.args[0];
  return {
    name: name.value,
    nameAt: { start: name.start, end: name.end },
    at: { start: section.start, end: section.end },
    sort: section.kind === 'listen' ? 'listen' : 'backend',
    layer: inherited.layer,
    servers: section.lines.flatMap((line) => readServer(line, inherited, environment)),
    ...(method && { method: { name: method.value, at: method } }),
    open: section.lines.some((line) => serverless.has(line.keyword.value) || answersItself(line)),
  };
}

/** A backend without servers is right where something else answers. */
const serverless: ReadonlySet<string> = new Set([
  'dispatch',
  'redirect',
  'stats',
  'errorfile',
  'http-error',
  'use-fcgi-app',
  'stick-table',
]);

function answersItself(line: Line): boolean {
  const rule = line.keyword.value === 'http-request' || line.keyword.value === 'tcp-request';
  return rule || (line.keyword.value === 'option' && line.args[0]?.value === 'http_proxy');
}

function readServer(line: Line, inherited: Inherited, environment: ReadonlyMap<string, string>): readonly Server[] {
  const template = line.keyword.value === 'server-template';
  if (!template && line.keyword.value !== 'server') return [];
  const [name] = line.args;
  const [address, ...rest] = line.args.slice(template ? 2 : 1);
  if (name === undefined || address === undefined) return [];
  const params = readParams(rest);
  const effective = [...inherited.params, ...params];
  return [
    {
      name: name.value,
      at: { start: line.start, end: line.end },
      address: readAddress(withoutFamily(expand(address, environment))),
      params,
      slots: template ? (templateSlots(line.args[1]?.value ?? '') ?? 1) : 1,
      template,
      resolved: effective.some((param) => param.name === 'resolvers') ? 'runtime' : 'once',
    },
  ];
}

/** Leaves `ipv4@`, `tcp6@` … away: they choose a family, not a host. */
function withoutFamily(pieces: Pieces): Pieces {
  const family = /^(?:ipv[46]|tcp[46]?|udp[46]?|quic[46]|mptcp[46]?|rhttp)@/.exec(pieces.text)?.[0] ?? '';
  return slicePieces(pieces, family.length, pieces.text.length);
}

function expand(word: Word, environment: ReadonlyMap<string, string>): Pieces {
  const pieces: Piece[] = [];
  let done = 0;
  for (const use of variablesIn(word.value)) {
    const value = environment.get(use.name);
    if (value === undefined) continue;
    pieces.push({ text: word.value.slice(done, use.start), word, from: done });
    pieces.push({ text: value, word, from: use.start, until: use.end });
    done = use.end;
  }
  if (done === 0) return wordPieces(word);
  return joinPieces(word, [...pieces, { text: word.value.slice(done), word, from: done }]);
}

function readPass(line: Line, layer: Pass['layer'], environment: ReadonlyMap<string, string>): Pass | undefined {
  const by = line.keyword.value;
  const [word] = line.args;
  if (word === undefined) return undefined;
  const at = { start: word.start, end: word.end };
  if (by === 'dispatch') {
    return {
      by,
      at,
      layer,
      target: { kind: 'address', address: readAddress(expand(word, environment)), resolved: 'once' },
    };
  }
  if (by !== 'use_backend' && by !== 'default_backend') return undefined;
  const dynamic = /%\[|\$/.test(word.value);
  return { by, at, layer, target: dynamic ? { kind: 'unknown' } : { kind: 'group', name: word.value, at } };
}

function readBinds(line: Line): readonly Listen[] {
  const [word] = line.args;
  if (line.keyword.value !== 'bind' || word === undefined) return [];
  const at = { start: word.start, end: word.end };
  return word.value.split(',').map((text) => {
    const port = /:(\d+)$/.exec(text)?.[1];
    return port === undefined ? { at, text } : { at, text, port: Number(port) };
  });
}

function readResolvers(section: Section): Resolver {
  const addresses = section.lines
    .filter((line) => line.keyword.value === 'nameserver')
    .flatMap((line) => (line.args[1] ? [line.args[1].value] : []));
  return {
    at: { start: section.start, end: section.end },
    addresses,
    ...(section.name && { name: section.name.value }),
  };
}
