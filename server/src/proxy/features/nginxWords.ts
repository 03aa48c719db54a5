import { startOfLine } from '../../text/lines.js';
import { definedIn } from '../nginx/definitions.js';
import {
  directives,
  everywhere,
  factAt,
  placeInside,
  placeName,
  type DirectiveFact,
  type Place,
} from '../nginx/directives.js';
import { nginxFiles } from '../nginx/includes.js';
import type { Directive, NginxFile } from '../nginx/parse.js';
import { builtInVariables } from '../nginx/variables.js';
import { directiveDocs, variableDocs } from '../nginx/wordDocs.js';
import type { NginxConfig, ProxyConfig } from '../rule.js';
import type { ProxyCompletion } from './complete.js';
import { mapWords, nginxArguments } from './nginxArguments.js';
import { directivesAt } from '../nginx/walk.js';

/** nginx's own words at an offset: directives where one can begin, the words of their arguments, variables behind a `$`. */
export function nginxWords(
  config: NginxConfig,
  siblings: readonly ProxyConfig[],
  offset: number,
): readonly ProxyCompletion[] {
  const { text, comments } = config.file;
  if (comments.some(({ start, end }) => start < offset && offset <= end)) return [];
  const line = text.slice(startOfLine(text, offset), offset);
  const word = /\w*$/.exec(line)?.[0] ?? '';
  const replace = { start: offset - word.length, end: offset };
  const here = surroundings(config, replace.start);
  if (here === 'map' && isBeginning(config, replace.start)) return mapWords.map((it) => ({ ...it, replace }));
  if (!here || here === 'map') return [];
  if (/\$\{?\w*$/.test(line)) return variables(config, siblings, here.place, replace);
  if (isBeginning(config, replace.start)) {
    const rest = /^[^\n#]*/.exec(text.slice(offset))?.[0].trim();
    const indent = /^\s*/.exec(line)?.[0] ?? '';
    const step = /^(?: +|\t)(?=\S)/m.exec(text)?.[0] ?? '    ';
    return names(here, rest === '' ? { indent, step } : undefined).map((it) => ({ ...it, replace }));
  }
  return argumentsAt(config, siblings, here.place, offset);
}

/** The words of the argument that is typed. */
function argumentsAt(
  { file }: NginxConfig,
  siblings: readonly ProxyConfig[],
  place: Place,
  offset: number,
): readonly ProxyCompletion[] {
  const typing = typingAt(file, offset);
  const fact = typing && factAt(typing.name, place);
  // Behind a scheme a name follows.
  if (!fact || typing.typed.includes('://')) return [];
  const { name, given, typed } = typing;
  const replace = { start: offset - typed.length, end: offset };
  const found =
    fact.value === 'flag' && given.length === 0
      ? (['on', 'off'] as const).map((label) => ({ label, kind: 'value' as const, insert: label }))
      : nginxArguments(name, given, place, ownVariables(file, siblings));
  return found.map((it) => ({ ...it, replace }));
}

interface Typing {
  readonly name: string;
  /** The arguments before the one that is typed. */
  readonly given: readonly string[];
  readonly typed: string;
}

/** The directive whose argument stands at an offset: on its line, however the text goes on, or as it was read, over several lines. */
function typingAt(file: NginxFile, offset: number): Typing | undefined {
  const line = file.text.slice(startOfLine(file.text, offset), offset);
  const [, own, args = '', typed = ''] = /(?:^|[;{}])\s*(\w+)\s+((?:[^\s;{}"']+\s+)*)([^\s;{}"']*)$/.exec(line) ?? [];
  const begun = directivesAt(file, offset).at(-1);
  const isInside = begun?.block === undefined && begun !== undefined && begun.name.end < offset;
  // A line that goes on an earlier one begins with no directive.
  if (own !== undefined && (!isInside || begun.name.start >= offset - line.length)) {
    return { name: own, given: args.split(/\s+/).filter(Boolean), typed };
  }
  if (!isInside || begun.args.some(({ quote, start, end }) => quote && start < offset && offset < end))
    return undefined;
  const word = /[^\s;{}"']*$/.exec(line)?.[0] ?? '';
  const given = begun.args.filter(({ end }) => end <= offset - word.length).map(({ value }) => value);
  return { name: begun.name.value, given, typed: word };
}

/** Whether a directive begins here: behind the end of another one, a brace or a comment. */
function isBeginning({ file: { text, comments } }: NginxConfig, offset: number): boolean {
  for (let at = offset; ;) {
    while (/\s/.test(text[at - 1] ?? '')) at--;
    const end = at;
    const comment = comments.findLast((it) => it.start < end && end <= it.end);
    if (!comment) return at === 0 || /[;{}]/.test(text[at - 1] ?? '');
    at = comment.start;
  }
}

interface Surroundings {
  readonly place: Place;
  /** The directives of the block. */
  readonly beside: readonly Directive[];
}

/** Undefined in blocks that hold no directives, such as `types`. */
function surroundings({ file, place }: NginxConfig, offset: number): Surroundings | 'map' | undefined {
  let here: Surroundings = { place, beside: file.directives };
  for (const { name, block } of directivesAt(file, offset)) {
    if (!block || offset <= block.start || (block.closed && offset >= block.end)) continue;
    const inside = placeInside(name.value, here.place);
    if (!inside) return name.value === 'map' ? 'map' : undefined;
    here = { place: inside, beside: block.directives };
  }
  return here;
}

/** Where a whole directive is written, for its indentation. */
interface Shape {
  readonly indent: string;
  readonly step: string;
}

/** Those that files use most come first; what may stand once and is there already is left out. */
function names({ place, beside }: Surroundings, shape: Shape | undefined): Omit<ProxyCompletion, 'replace'>[] {
  const there = new Set(beside.map(({ name }) => name.value));
  const ordered = new Set([...(common[place] ?? []), ...directives.keys()]);
  return [...ordered].flatMap((label) => {
    const fact = factAt(label, place);
    if (!fact || fact.until !== undefined || (fact.value !== undefined && there.has(label))) return [];
    return [
      {
        label,
        kind: 'directive',
        detail: fact.since === undefined ? fact.module : `${fact.module}, since nginx ${fact.since}`,
        documentation: describeDirective(label, fact),
        ...(shape ? { insert: written(label, fact, shape), snippet: true } : { insert: label }),
      },
    ];
  });
}

const common: Readonly<Partial<Record<Place, readonly string[]>>> = {
  m: ['events', 'http', 'stream', 'worker_processes', 'error_log', 'include'],
  h: ['upstream', 'server', 'map', 'include', 'log_format', 'access_log'],
  s: ['listen', 'server_name', 'location', 'root', 'return', 'include'],
  l: ['proxy_pass', 'proxy_set_header', 'root', 'try_files', 'return', 'proxy_read_timeout'],
  u: ['server', 'least_conn', 'keepalive', 'zone', 'ip_hash', 'hash'],
};

/** What a directive does, where it can stand and what it takes, in words. */
export function describeDirective(name: string, { places, counts, least, block }: DirectiveFact): string {
  const where = places === everywhere ? ['any block'] : new Set(Array.from(places, (it) => placeName(it as Place)));
  const many = counts ? [...counts].join(' or ') : `${least} or more`;
  const args = many === '0' ? 'no arguments' : `${many} ${many === '1' ? 'argument' : 'arguments'}`;
  const shape = `Stands in ${[...where].join(', ')}; takes ${args}${block ? ' and a block' : ''}.`;
  const doc = directiveDocs[name];
  return doc === undefined ? shape : `${doc}\n\n${shape}`;
}

function written(name: string, { most, least, value, block }: DirectiveFact, { indent, step }: Shape): string {
  if (block) return `${name}${least > 0 ? ' $1' : ''} {\n${indent}${step}$0\n${indent}}`;
  if (most === 0) return `${name};`;
  return value === 'flag' ? `${name} \${1|on,off|};` : `${name} $0;`;
}

function variables(
  { file }: NginxConfig,
  siblings: readonly ProxyConfig[],
  place: Place,
  replace: ProxyCompletion['replace'],
): readonly ProxyCompletion[] {
  const layer = /[HSU]/.test(place) ? 'stream' : 'http';
  const own = ownVariables(file, siblings);
  const known = new Set([...Object.keys(variableDocs), ...builtInVariables[layer]]);
  const rest = [...known].filter((it) => !own.has(it) && builtInVariables[layer].has(it));
  const item = (label: string, detail: string): ProxyCompletion => ({
    label,
    kind: 'variable',
    detail,
    insert: label,
    replace,
    ...(variableDocs[label] !== undefined && { documentation: variableDocs[label] }),
  });
  return [...Array.from(own, (it) => item(it, 'defined here')), ...rest.map((it) => item(it, "nginx's own"))];
}

/** The variables that the files of the proxy define. */
function ownVariables(file: NginxFile, siblings: readonly ProxyConfig[]): ReadonlySet<string> {
  return new Set(
    nginxFiles(file, siblings)
      .flatMap((it) => [...definedIn(it)])
      .filter((it) => it !== ''),
  );
}
