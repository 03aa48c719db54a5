import { completeAnchors } from './completeAnchors.js';
import { completeKeys } from './completeKeys.js';
import { completeTags } from './completeTags.js';
import { completeTemplates } from './completeTemplates.js';
import { completeValues } from './completeValues.js';
import { completeVariables } from './completeVariables.js';
import type { CompletionItem, CompletionWorld } from './completionItem.js';
import type { Path } from '../schema/attributes.js';
import { locate, type Location } from './locate.js';
import { meantPath } from './meantPath.js';

/** What can be written at an offset of the file, best first. */
export function completion(world: CompletionWorld, offset: number): readonly CompletionItem[] {
  const written = locate(world.source, offset);
  if (!written) return [];
  const { parent, slot } = written;
  const meant = (path: Path | undefined): Path | undefined => path && meantPath(world.source, path);
  const at = { ...written, parent: meant(parent), slot: meant(slot) };
  if (!isBehindDash(world, at)) return itemsAt(world, at);
  return itemsAt(world, { ...at, column: at.column + 1 }).map((it) => ({ ...it, insert: ` ${it.insert}` }));
}

function itemsAt(world: CompletionWorld, at: Location): readonly CompletionItem[] {
  const special =
    completeVariables(world, at) ??
    completeAnchors(world, at) ??
    completeTags(world, at) ??
    completeTemplates(world, at);
  if (special) return special;
  const inVariable = defaultAt(world, at);
  if (inVariable) return inVariable.isWhole ? completeValues(world, inVariable.at) : [];
  const isItem = typeof at.slot?.at(-1) === 'number';
  // `"80` and `data:/x:` are on their way to be the short form.
  const isShort = isItem && !at.hasColon && (at.quote !== '' || at.typed.includes(':'));
  const keys = isShort ? [] : completeKeys(world, at);
  const names = new Set(keys.flatMap(({ kind, label }) => (kind === 'variable' || kind === 'key' ? [label] : [])));
  // A name can be a key of `environment` or an item of it; once is enough.
  const values = completeValues(world, at).filter(
    ({ kind, label }) => !(kind === 'variable' || kind === 'key') || !names.has(label.replace(/^- /, '')),
  );
  // The short form of an item is written more often than the long one, and so is a list of names than their mapping.
  const isName = keys.every(({ kind }) => kind === 'service' || kind === 'resource');
  return isItem || isName ? [...values, ...keys] : [...keys, ...values];
}

/**
 * Behind `${NAME:-`, where a default is typed instead of the value; undefined elsewhere. `isWhole`: the value is nothing but that
 * variable, so that what can be the value can be its default.
 */
function defaultAt({ source }: CompletionWorld, at: Location): { at: Location; isWhole: boolean } | undefined {
  const [, before = '', operator = '', typed = ''] =
    /^(.*?)(?<!\$)(?:\$\$)*\$\{[A-Za-z_]\w*(:?[-+?])([^{}]*)$/.exec(at.typed) ?? [];
  if (operator === '') return undefined;
  const cursor = at.word.start + at.typed.length;
  const rest = source.content.slice(cursor, at.word.end);
  const length = rest.indexOf('}') < 0 ? rest.length : rest.indexOf('}');
  return {
    // Inside another text nothing needs quotes.
    at: { ...at, word: { start: cursor - typed.length, end: cursor + length }, typed, quote: '"' },
    isWhole: before === '' && !operator.endsWith('?') && rest.length - length <= 1,
  };
}

/** Whether the blank behind a list's dash is still missing, as it is when the dash itself opens the list of completions. */
function isBehindDash({ source }: CompletionWorld, { word, flow, typed }: Location): boolean {
  const { line, character } = source.content.position(word.start);
  const before = source.content.line(line).slice(0, character);
  return !flow && typed === '' && /^\s*(?:-\s+)*-$/.test(before);
}
