import { argumentChoices } from '../nginx/argumentForms.js';
import type { Place } from '../nginx/directives.js';
import { serverParameterDocs } from '../nginx/wordDocs.js';
import type { ProxyCompletion } from './complete.js';

type Argument = Omit<ProxyCompletion, 'replace'>;

/** The words that can be an argument of a directive, by the arguments before it; `variables` are those the file defines. */
export function nginxArguments(
  name: string,
  given: readonly string[],
  place: Place,
  variables: ReadonlySet<string>,
): readonly Argument[] {
  if (name === 'server') return given.length > 0 && /[uU]/.test(place) ? serverParameters(given) : [];
  if (name === 'location' && given.length === 0) return modifiers;
  if (name === 'proxy_set_header' && given.length === 0) return headers(variables);
  if (name === 'resolver' && given.length === 0) return [value('127.0.0.11 valid=10s', "Docker's own name server")];
  if (name === 'map' && given.length === 0)
    return ['$http_upgrade', '$host', '$uri', '$request_method'].map((it) => value(it));
  if (given.length === 0 && /^(?:proxy|grpc)_pass$/.test(name) && /[lj]/.test(place)) {
    const scheme = name === 'grpc_pass' ? 'grpc' : 'http';
    return [value(`${scheme}://`), value(`${scheme}s://`, 'by TLS')];
  }
  if (name === 'worker_processes' && given.length === 0) return [value('auto', 'one for each processor')];
  const there = new Set(given.map((it) => it.replace(/=.*$/, '=')));
  return argumentChoices(name, given.length, place)
    .filter((it) => !there.has(it) && !outdated.has(it) && !it.startsWith('debug_'))
    .map((it) => value(it));
}

/** Words that nginx takes and that have better ones. */
const outdated: ReadonlySet<string> = new Set(['default', 'spdy', 'SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1']);

/** What begins a line of `map` beside its values. */
export const mapWords: readonly Argument[] = [
  value('default', 'what else counts'),
  value('hostnames', 'names may have a *'),
  value('volatile', 'made anew each time'),
  value('include', 'a file with more of it'),
];

const modifiers: readonly Argument[] = [
  {
    ...value('/', 'paths that begin with it'),
    documentation: 'Of several the longest one counts, where no pattern fits.',
  },
  { ...value('=', 'this path alone'), documentation: 'Comes before all others.' },
  {
    ...value('^~', 'paths that begin with it, before patterns'),
    documentation: 'Where it is the longest one, no pattern is tried.',
  },
  {
    ...value('~', 'a regular expression'),
    documentation: 'The first of them that fits counts, before paths that only begin so.',
  },
  { ...value('~*', 'a regular expression, in small and large letters'), documentation: 'As `~`, whatever the case.' },
  { ...value('@', 'a name for try_files and error_page'), documentation: 'No request comes here by its path.' },
];

function serverParameters(given: readonly string[]): readonly Argument[] {
  const there = new Set(given.map((it) => it.replace(/=.*$/, '=')));
  return Object.entries(serverParameterDocs)
    .filter(([label]) => !there.has(label))
    .map(([label, documentation]) => ({ ...value(label), documentation }));
}

/** Headers with the values that a server behind a proxy wants to know. */
function headers(variables: ReadonlySet<string>): readonly Argument[] {
  const connection = variables.has('connection_upgrade') ? '$connection_upgrade' : '"upgrade"';
  return [
    value('Host $host', 'the name that was asked for'),
    value('X-Real-IP $remote_addr', "the client's address"),
    value('X-Forwarded-For $proxy_add_x_forwarded_for', 'all addresses on the way'),
    value('X-Forwarded-Proto $scheme', 'http or https'),
    value('X-Forwarded-Host $host', 'the name that was asked for'),
    value('Upgrade $http_upgrade', 'for web sockets, with Connection'),
    value(`Connection ${connection}`, 'for web sockets, with Upgrade'),
    value('Connection ""', 'keeps connections to an upstream with keepalive'),
  ];
}

function value(label: string, detail?: string): Argument {
  return { label, kind: 'value', insert: label, ...(detail !== undefined && { detail }) };
}
