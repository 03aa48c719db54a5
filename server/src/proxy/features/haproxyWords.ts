import { startOfLine } from '../../text/lines.js';
import keywords from '../haproxy/keywords.json';
import { paramsFrom, serverKeywords } from '../haproxy/model.js';
import { isProxySection, sectionKinds, type Section } from '../haproxy/parse.js';
import { argumentDocs, keywordDocs, serverDocs } from '../haproxy/wordDocs.js';
import { actionsOf, bindKeywords, fetches } from '../haproxy/words.js';
import type { HaproxyConfig, ProxyConfig } from '../rule.js';
import { isRemoved } from '../rules/haproxyRemovedKeyword.js';
import type { ProxyCompletion } from './complete.js';

/** HAProxy's own words at an offset: sections, keywords of the section, and what can follow them; the usual ones first. */
export function haproxyWords(
  { file }: HaproxyConfig,
  siblings: readonly ProxyConfig[],
  offset: number,
): readonly ProxyCompletion[] {
  const { text } = file;
  if (file.comments.some(({ start, end }) => start < offset && offset <= end)) return [];
  const lineStart = startOfLine(text, offset);
  const before = text.slice(lineStart, offset);
  if (/["'\\]/.test(before)) return [];
  const typed = /[^\s!]*$/.exec(before)?.[0] ?? '';
  const words = before
    .slice(0, before.length - typed.length)
    .replace(/!$/, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean);
  const section = file.sections.findLast(({ start }) => start < lineStart);
  const found = words.length > 0 ? behind(words, section, [file, ...filesOf(siblings)]) : beginnings(section, before);
  const replace = { start: offset - typed.length, end: offset };
  const seen = new Set<string>();
  return found
    .filter(({ label }) => !seen.has(label) && seen.add(label))
    .map((it) => ({ kind: 'value', insert: it.label, ...it, replace }));
}

type Word = Pick<ProxyCompletion, 'label' | 'documentation' | 'detail'> &
  Partial<Pick<ProxyCompletion, 'kind' | 'insert' | 'snippet'>>;

function filesOf(siblings: readonly ProxyConfig[]): readonly HaproxyConfig['file'][] {
  return siblings.flatMap((it) => (it.kind === 'haproxy' ? [it.file] : []));
}

/** What can begin a line: a section from the margin on, a keyword of the section further in. */
function beginnings(section: Section | undefined, before: string): readonly Word[] {
  const isMargin = !/^\s/.test(before);
  const sections = isMargin || !section ? [...(usual['sections'] ?? []), ...sectionKinds] : [];
  return [...sections, ...(section ? keywordsOf(section) : [])].map((label) => ({
    ...described(label, keywordDocs),
    kind: 'directive',
  }));
}

function keywordsOf({ kind, header }: Section): readonly string[] {
  const known = keywordsIn.get(proxyKinds.has(kind) ? 'proxy' : kind) ?? [];
  const own = new Set(known);
  const misplaced = elsewhere[header.keyword.value];
  return [...(usual[kind] ?? []), ...known].filter(
    (it) => own.has(it) && misplaced?.has(it) !== true && !isRemoved(it),
  );
}

const keywordsIn: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(keywords.sections));
const proxyKinds: ReadonlySet<string> = new Set(['defaults', 'frontend', 'backend', 'listen']);

const ofServers = ['server', 'server-template', 'default-server', 'balance', 'dispatch', 'http-reuse', 'cookie'];
const ofClients = ['bind', 'use_backend', 'default_backend', 'monitor-uri'];
const elsewhere: Readonly<Record<string, ReadonlySet<string>>> = {
  defaults: new Set(['server', 'server-template', 'bind', 'use_backend', 'dispatch']),
  frontend: new Set(ofServers),
  backend: new Set(ofClients),
};

/** Words that most files have, in the order in which they are written. */
const usual: Readonly<Record<string, readonly string[]>> = {
  sections: ['global', 'defaults', 'frontend', 'backend', 'listen', 'resolvers'],
  global: ['log', 'maxconn', 'stats', 'nbthread', 'user', 'group'],
  defaults: ['mode', 'timeout', 'log', 'option', 'default-server', 'balance', 'retries'],
  frontend: ['bind', 'default_backend', 'use_backend', 'acl', 'http-request', 'mode', 'option'],
  backend: ['server', 'server-template', 'balance', 'option', 'http-check', 'default-server', 'cookie', 'timeout'],
  listen: ['bind', 'server', 'server-template', 'balance', 'option', 'mode'],
  resolvers: ['nameserver', 'parse-resolv-conf', 'hold', 'timeout', 'resolve_retries', 'accepted_payload_size'],
};

function behind(
  words: readonly string[],
  section: Section | undefined,
  files: readonly HaproxyConfig['file'][],
): readonly Word[] {
  const [first = '', second = ''] = words;
  if (!section) return [];
  if (first === 'no' && words.length === 1) return [described('option', keywordDocs), ...listed('log')];
  const given = words.slice(first === 'no' ? 2 : 1);
  const keyword = first === 'no' ? second : first;
  if (!isProxySection(section)) return inOther(keyword, given, section);
  if (given.includes('if') || given.includes('unless')) return conditions(section);
  switch (keyword) {
    case 'server':
    case 'server-template':
    case 'default-server': {
      const from = paramsFrom[keyword] ?? 0;
      return given.length < from ? [] : serverParams(given.slice(from), files);
    }
    case 'bind':
      return given.length > 0 ? Array.from(bindKeywords.keys(), (label) => ({ label })) : [];
    case 'http-request':
    case 'http-response':
    case 'http-after-response':
    case 'http-check':
    case 'tcp-check':
      return given.length === 0 ? actions(keyword) : followed(given);
    case 'tcp-request':
    case 'tcp-response':
      if (given.length === 0)
        return listed(keyword === 'tcp-request' ? 'content connection session inspect-delay' : 'content inspect-delay');
      return given.length === 1 ? actions(`${keyword} ${given[0] ?? ''}`) : followed(given);
    case 'use_backend':
    case 'use-server':
      return followed(given);
    case 'acl':
      return given.length === 1 ? [...listed(usualFetches), ...listed([...fetches].join(' '))] : [];
    case 'option':
      return given.length === 0
        ? [...Object.keys(argumentDocs['option'] ?? {}), ...keywords.options.filter((it) => !isRemoved(it))].map((it) =>
            described(it, argumentDocs['option']),
          )
        : [];
    default:
      return given.length === 0
        ? (choices[keyword]?.split(' ') ?? []).map((it) => ({
            ...described(it, argumentDocs[keyword]),
            ...(inserts[it] !== undefined && { insert: inserts[it], snippet: true as const }),
          }))
        : [];
  }
}

function inOther(keyword: string, given: readonly string[], { kind }: Section): readonly Word[] {
  if (given.length > 0) return [];
  if (kind === 'resolvers') {
    const words = { hold: 'valid obsolete nx timeout refused other', timeout: 'resolve retry' }[keyword];
    if (keyword === 'nameserver') return [{ label: 'docker 127.0.0.11:53', detail: "Docker's own name server" }];
    return (words?.split(' ') ?? []).map((it) => described(it, argumentDocs[keyword]));
  }
  if (keyword === 'log') return [stdout];
  return keyword === 'stats' ? listed('socket timeout maxconn') : [];
}

const stdout: Word = { label: 'stdout format raw local0', detail: 'What docker logs shows' };

/** Words that can be all there is behind a keyword. */
const choices: Readonly<Record<string, string>> = {
  mode: 'http tcp log',
  balance: 'roundrobin leastconn source uri first random static-rr hash hdr url_param rdp-cookie',
  timeout: 'connect client server http-request http-keep-alive queue tunnel check tarpit client-fin server-fin',
  'http-reuse': 'safe aggressive always never',
  log: 'global',
  stats: 'enable uri refresh auth admin hide-version show-legends show-node realm scope show-desc show-modules',
  compression: 'algo type offload direction',
  stick: 'on match store-request store-response',
};

/** What needs a name in parentheses. */
const inserts: Readonly<Record<string, string>> = { hdr: 'hdr($0)', 'rdp-cookie': 'rdp-cookie($0)' };

const usualFetches = 'path path_beg path_end path_reg hdr(host) hdr src method ssl_fc url_param dst_port';

function serverParams(given: readonly string[], files: readonly HaproxyConfig['file'][]): readonly Word[] {
  const there = new Set<string>();
  for (let i = 0; i < given.length; i++) {
    const name = given[i] ?? '';
    there.add(name);
    const takes = serverKeywords.get(name);
    if (takes === 'any') return [];
    if (takes !== 1) continue;
    i++;
    if (i === given.length) return serverValues(name, files);
  }
  return [...Object.keys(serverDocs), ...serverKeywords.keys()]
    .filter((it) => serverKeywords.has(it) && !there.has(it))
    .map((it) => ({ ...described(it, serverDocs), kind: 'directive' }));
}

function serverValues(name: string, files: readonly HaproxyConfig['file'][]): readonly Word[] {
  if (name !== 'resolvers') return listed(valuesOf[name] ?? '');
  const sections = files.flatMap(({ sections }) => sections.filter(({ kind }) => kind === 'resolvers'));
  return sections.flatMap(({ name: label }): readonly Word[] =>
    label ? [{ label: label.value, kind: 'group', detail: 'resolvers' }] : [],
  );
}

const valuesOf: Readonly<Record<string, string>> = {
  'init-addr': 'none last,none libc,none last,libc,none',
  'resolve-prefer': 'ipv4 ipv6',
  verify: 'required none',
  proto: 'h1 h2',
  observe: 'layer4 layer7',
  'on-error': 'fastinter fail-check sudden-death mark-down',
  'on-marked-down': 'shutdown-sessions',
  'on-marked-up': 'shutdown-backup-sessions',
};

/** Those that take a variable or a table in parentheses are written with them. */
function actions(rules: string): readonly Word[] {
  const known = actionsOf(rules);
  const names = [...usualActions.filter((it) => known?.has(it)), ...(known ?? [])];
  return names.map((name): Word => {
    if (!name.endsWith('*')) return { label: name };
    const label = name.slice(0, -1);
    return /^(?:track-sc|lua\.)$/.test(label)
      ? { label: `${label}0` }
      : { label, insert: `${label}($0)`, snippet: true };
  });
}

const usualActions = [
  'set-header',
  'add-header',
  'del-header',
  'deny',
  'redirect',
  'return',
  'set-path',
  'replace-path',
];

function followed(given: readonly string[]): readonly Word[] {
  return given.length > 0 ? listed('if unless') : [];
}

/** The names that the section gives to conditions. */
function conditions({ lines }: Section): readonly Word[] {
  const names = lines.flatMap(({ keyword, args: [name] }) => (keyword.value === 'acl' && name ? [name.value] : []));
  return [
    ...names.map((label): Word => ({ label, detail: 'acl', kind: 'variable' })),
    ...listed('or TRUE FALSE LOCALHOST HTTP METH_GET METH_POST'),
  ];
}

function listed(words: string): readonly Word[] {
  return words
    .split(' ')
    .filter(Boolean)
    .map((label) => ({ label }));
}

function described(label: string, docs: Readonly<Record<string, string>> | undefined): Word {
  const documentation = docs?.[label];
  return documentation === undefined ? { label } : { label, documentation };
}
