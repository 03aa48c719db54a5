import type { Span } from '../../text/span.js';
import { argumentDocs, keywordDocs, serverDocs } from '../haproxy/wordDocs.js';
import { paramsFrom, serverKeywords } from '../haproxy/model.js';
import type { Line } from '../haproxy/parse.js';
import { directives, factAt } from '../nginx/directives.js';
import { serverParameterDocs, variableDocs } from '../nginx/wordDocs.js';
import { placedDirectives, directivesAt } from '../nginx/walk.js';
import type { HaproxyConfig, NginxConfig, ProxyConfig } from '../rule.js';
import type { Word } from '../word.js';
import { describeDirective } from './nginxWords.js';

export interface WordHover {
  /** Markdown. */
  readonly text: string;
  readonly at: Span;
}

/** What a word of a proxy's own means; undefined for one that says nothing by itself. */
export function wordHover(config: ProxyConfig, offset: number): WordHover | undefined {
  return config.kind === 'nginx' ? inNginx(config, offset) : inHaproxy(config, offset);
}

function inNginx({ file, place }: NginxConfig, offset: number): WordHover | undefined {
  const directive = directivesAt(file, offset).at(-1);
  if (!directive) return undefined;
  const { name, args } = directive;
  if (isIn(name, offset)) {
    const here = Array.from(placedDirectives(file, place)).find((it) => it.directive === directive)?.place;
    if (here === undefined) return undefined;
    const fact = factAt(name.value, here) ?? directives.get(name.value)?.[0];
    return fact && titled(name.value, describeDirective(name.value, fact), name);
  }
  const word = args.find((it) => isIn(it, offset));
  if (!word) return undefined;
  if (name.value === 'server') {
    const param = word.value.replace(/=.*$/, '=');
    const doc = args.indexOf(word) > 0 ? serverParameterDocs[param] : undefined;
    if (doc !== undefined) return titled(word.value, doc, word);
  }
  for (const { 0: written, 1: variable = '', index } of file.text
    .slice(word.start, word.end)
    .matchAll(/\$\{?(\w+)\}?/g)) {
    const at = { start: word.start + index, end: word.start + index + written.length };
    const doc = variableDocs[variable.toLowerCase()];
    if (isIn(at, offset) && doc !== undefined) return titled(`$${variable}`, doc, at);
  }
  return undefined;
}

function inHaproxy({ file }: HaproxyConfig, offset: number): WordHover | undefined {
  const lines = file.sections.flatMap(({ header, lines }) => [header, ...lines]);
  const line = lines.find(({ start, end }) => start <= offset && offset <= end);
  if (!line) return undefined;
  const { keyword, args } = line;
  if (isIn(keyword, offset)) return titled(keyword.value, keywordDocs[keyword.value], keyword);
  const index = args.findIndex((it) => isIn(it, offset));
  const word = args[index];
  if (!word) return undefined;
  if (isParameter(line, index)) return titled(word.value, serverDocs[word.value], word);
  const name = word.value.replace(/\(.*$/, '');
  return index === 0 ? titled(name, argumentDocs[keyword.value]?.[name], word) : undefined;
}

/** Whether a word of a server's line is a parameter, and no value of one. */
function isParameter({ keyword, args }: Line, index: number): boolean {
  const from = paramsFrom[keyword.value];
  if (from === undefined) return false;
  let at = from;
  while (at < index) at += serverKeywords.get(args[at]?.value ?? '') === 1 ? 2 : 1;
  return at === index;
}

function titled(name: string, doc: string | undefined, { start, end }: Span | Word): WordHover | undefined {
  return doc === undefined ? undefined : { text: `**${name}**\n\n${doc}`, at: { start, end } };
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
