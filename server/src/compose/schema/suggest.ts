import { listed } from '../../text/words.js';
import type { ObjectType, Type } from '../../../../schemas/types.js';
import type { Member } from '../model/value.js';
import type { Target } from '../target.js';
import { pick } from './attributes.js';
import { nearest } from './distance.js';

/** One step of the way from the root to a key; `type` where the step is a fixed set of keys. */
export interface Level {
  readonly up: Level | undefined;
  readonly key: string | number;
  readonly type?: ObjectType;
}

export interface Idea {
  /** A sentence. */
  readonly advice?: string;
  readonly candidates?: readonly string[];
  /** Where the key belongs, from the entry that holds it. */
  readonly belongs?: string;
}

/** Keys of other times and tools. */
const otherNames: Readonly<Record<string, string>> = {
  cmd: 'command',
  env: 'environment',
  log_driver: 'logging',
  log_opt: 'logging',
  net: 'network_mode',
};

/** What a person who wrote an unknown key probably meant. */
export function suggest(member: Member, here: Level, target: Target): Idea {
  const { key } = member;
  const type = here.up?.type;
  if (type === undefined) return {};
  const siblings = Object.keys(type.keys).filter((name) => type.keys[name]?.support[target].status !== 'refused');
  const other = Object.hasOwn(otherNames, key) ? otherNames[key] : undefined;
  const close = other !== undefined && siblings.includes(other) ? [other] : nearest(key, siblings);
  if (close.length > 0) return { advice: didYouMean(close), candidates: close };
  if (isService(member, here)) return { advice: 'Services stand below `services:`.', belongs: 'services' };
  return belonging(key, here.up, target) ?? {};
}

function belonging(key: string, from: Level | undefined, target: Target): Idea | undefined {
  const exact = elsewhere((name) => name === key, from, target);
  if (exact !== undefined) {
    const belongs = exact.slice(0, -1).join('.');
    return { advice: belongs === '' ? 'It belongs further out.' : `It belongs under \`${belongs}\`.`, belongs };
  }
  const similar = elsewhere((name) => nearest(key, [name]).length > 0, from, target);
  return similar && { advice: `Did you mean \`${similar.join('.')}\`?` };
}

function didYouMean(keys: readonly string[]): string {
  return `Did you mean ${listed(
    keys.map((key) => `\`${key}\``),
    'or',
  )}?`;
}

/** A file of the first Compose format has its services at the root. */
function isService(member: Member, here: Level): boolean {
  const { value } = member;
  return (
    here.up?.up === undefined &&
    here.up?.key === '' &&
    value.kind === 'map' &&
    (value.members.has('image') || value.members.has('build'))
  );
}

/** The nearest such key: below its own level first, then at and below each level above, up to the entry. */
function elsewhere(
  isMeant: (key: string) => boolean,
  from: Level | undefined,
  target: Target,
): readonly string[] | undefined {
  for (let level = from; level !== undefined; level = level.up) {
    if (level.type === undefined) continue;
    const found = search(isMeant, level.type, target);
    if (found !== undefined) return [...names(level), ...found];
  }
  return undefined;
}

/** The path from the entry (a service, a network, …) to the level. */
function names(level: Level): string[] {
  const path: string[] = [];
  let step: Level | undefined = level;
  while (step?.up?.type !== undefined || typeof step?.key === 'number') {
    path.unshift(typeof step.key === 'number' ? '[]' : step.key);
    step = step.up;
  }
  return path;
}

/** Breadth first, over sets of keys that sit directly in each other. */
function search(isMeant: (key: string) => boolean, from: ObjectType, target: Target): readonly string[] | undefined {
  let level: { readonly type: ObjectType; readonly path: readonly string[] }[] = [{ type: from, path: [] }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { type, path } of level) {
      for (const [key, attribute] of Object.entries(type.keys)) {
        if (attribute.support[target].status === 'refused') continue;
        if (isMeant(key)) return [...path, key];
        const inner = objectIn(attribute.type, target);
        if (inner !== undefined) next.push({ type: inner, path: [...path, key] });
      }
    }
    level = next;
  }
  return undefined;
}

function objectIn(type: Type, target: Target): ObjectType | undefined {
  const found = pick(type, 'map', target)?.type;
  return found?.kind === 'object' ? found : undefined;
}
