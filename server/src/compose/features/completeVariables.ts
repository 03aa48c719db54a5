import type { Block } from '../syntax/tree.js';
import { plain, type CompletionItem, type CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';
import { shownValue } from './secrets.js';

/** Variables behind `$` or `${`; undefined where no variable is being typed. */
export function completeVariables(world: CompletionWorld, at: Location): readonly CompletionItem[] | undefined {
  if (!at.slot) return undefined;
  const [, dollars = '', brace = '', name = ''] = /(\$+)(\{?)([A-Za-z_][A-Za-z0-9_]*|)$/.exec(at.typed) ?? [];
  if (dollars.length % 2 === 0) return undefined;
  const cursor = at.word.start + at.typed.length;
  const after = world.source.content.slice(cursor, at.word.end + 1);
  const rest = /^[A-Za-z0-9_]*/.exec(after.slice(0, at.word.end - cursor))?.[0].length ?? 0;
  const closed = /^[}:?+-]/.test(after.slice(rest));
  const replace = { start: cursor - name.length - brace.length, end: cursor + rest };
  const used = world.source.blocks.flatMap(({ block }) => usedIn(block));
  const names = new Set([...world.variables.keys(), ...used.filter((it) => it !== name)]);
  return Array.from(names, (variable): CompletionItem => {
    const value = world.variables.get(variable);
    return {
      label: variable,
      kind: 'variable',
      detail: value === undefined ? 'used in this file' : shownValue(variable, value),
      insert: plain(closed && brace ? `{${variable}` : `{${variable}}`),
      replace,
      filter: `${brace}${variable}`,
    };
  });
}

const known = new WeakMap<Block, readonly string[]>();

/** The variables of a block, also of one that is half-typed. */
function usedIn(block: Block): readonly string[] {
  let names = known.get(block);
  if (!names) {
    names = [...block.text.matchAll(/(?<!\$)\$\{?([A-Za-z_][A-Za-z0-9_]*)/g)].flatMap(([, it]) => it ?? []);
    known.set(block, names);
  }
  return names;
}
