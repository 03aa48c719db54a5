import type { ProxyConfig } from '../../server/src/proxy/rule.js';
import { allDirectives } from '../../server/src/proxy/nginx/walk.js';
import type { Word } from '../../server/src/proxy/word.js';

/** A configuration with one mistake in it. */
export interface Mutant {
  readonly text: string;
  /** What was done to what: mutants of one key are alike. */
  readonly key: string;
}

type Put = (start: number, end: number, text: string) => string;

/** Every slip that a finger makes, at every place of a configuration. */
export function* mutantsOf({ file, kind }: ProxyConfig): Generator<Mutant> {
  const put: Put = (start, end, text) => file.text.slice(0, start) + text + file.text.slice(end);
  if (kind === 'nginx' && file.kind === 'nginx') {
    for (const { name, args, block, start, end, parent } of allDirectives(file.directives)) {
      if (parent && tables.has(parent.name.value)) continue;
      const at = name.value;
      if (block) {
        yield { key: `open ${at}`, text: put(block.start, block.start + 1, '') };
        yield { key: `close ${at}`, text: put(block.end - 1, block.end, '') };
      } else {
        yield { key: `end ${at}`, text: put(end - 1, end, '') };
      }
      yield {
        key: `twice ${at} in ${parent?.name.value ?? ''}`,
        text: put(end, end, `\n${file.text.slice(start, end)}`),
      };
      yield* ofWords(at, name, args, put);
    }
  } else if (file.kind === 'haproxy') {
    for (const section of file.sections) {
      for (const line of [section.header, ...section.lines]) {
        const sub = line.args[0]?.value ?? '';
        const at = families.test(line.keyword.value) ? `${line.keyword.value} ${sub}` : line.keyword.value;
        yield {
          key: `twice ${at} in ${section.kind}`,
          text: put(line.end, line.end, `\n${file.text.slice(line.start, line.end)}`),
        };
        yield* ofWords(at, line.keyword, line.args, put);
      }
    }
  }
}

/** Blocks whose entries are data. */
const tables: ReadonlySet<string> = new Set(['types', 'split_clients']);

const families = /^(?:option|http-request|tcp-request|timeout|stats|http-check|cookie|balance)$/;

function* ofWords(at: string, name: Word, args: readonly Word[], put: Put): Generator<Mutant> {
  const last = args.at(-1);
  yield { key: `misspelt ${at}`, text: put(name.start, name.end, misspelt(name.value)) };
  yield { key: `one more ${at}`, text: put((last ?? name).end, (last ?? name).end, ' extra') };
  if (!last) return;
  yield { key: `none ${at}`, text: put(name.end, last.end, '') };
  if (args.length > 1) yield { key: `one less ${at}`, text: put(last.start, last.end, '') };
  for (const [index, { value, start, end, quote }] of args.entries()) {
    if (quote !== undefined) yield { key: `quote ${at}`, text: put(end - 1, end, '') };
    else if (/^[a-z_-]{4,}$/.test(value)) yield { key: `word ${at} ${value}`, text: put(start, end, misspelt(value)) };
    else if (/^\d+\w*$/.test(value)) yield { key: `number ${at} ${index}`, text: put(start, end, `${value}q`) };
  }
}

/** Without its middle letter. */
function misspelt(word: string): string {
  const middle = word.length >> 1;
  return word.length > 3 ? word.slice(0, middle) + word.slice(middle + 1) : `${word}x`;
}
