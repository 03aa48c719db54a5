import { refuses } from '../target.js';
import type { Merging } from './merge.js';
import { isNothing, type Value } from './value.js';

type Path = readonly string[];

/** Why docker compose cannot lay a value over an earlier one, where both may be right by themselves. */
export function mergeProblem(base: Value, over: Value, path: Path, { writtenOut }: Merging): string | undefined {
  if (over.tag === '!override' || over.tag === '!reset' || base.tag === '!reset') return undefined;
  const name = path.at(-1) ?? '';
  const [section, , attribute] = path;
  const ofService = section === 'services' && path.length === 3;
  if (ofService && attribute === 'logging' && isNothing(over))
    return `\`logging\` is set there, and an empty one ${overOther}.`;
  if (isNothing(over)) return undefined;
  if (ofService && isNothing(base))
    return fillable.has(name) && hasContent(over) ? `\`${name}\` is empty there, and ${overOther}.` : undefined;
  const [before, after] = [formOf(base, path, writtenOut), over.kind];
  if (before === 'scalar' || before === after || !isFree(path)) return undefined;
  return `\`${name}\` is ${words[before]} there, and ${words[after]} ${overOther}.`;
}

const overOther = `cannot be laid over it: ${refuses.compose}`;
const words = { map: 'a mapping', seq: 'a list', scalar: 'a single value' } as const;

/** What docker compose fills in place, and so cannot where there is nothing. */
const fillable: ReadonlySet<string> = new Set(['build', 'depends_on', 'logging', 'models', 'networks']);

function hasContent(value: Value): boolean {
  return value.kind === 'scalar' || (value.kind === 'seq' ? value.items.length : value.members.size) > 0;
}

/** The kind of a value when something is laid over it. */
function formOf(value: Value, path: Path, writtenOut: boolean): Value['kind'] {
  if (writtenOut && path[2] === 'gpus' && path.length === 3) return 'seq';
  if (writtenOut && path[2] === 'build' && path[3] === 'ssh' && path.length === 4) return 'map';
  return value.kind;
}

/** Whether more than one kind of value fits; elsewhere the wrong one is told by itself. */
function isFree(path: Path): boolean {
  if (path.some((key, depth) => depth !== 1 && key.startsWith('x-'))) return true;
  const [section, , ...rest] = path;
  if (section === 'services') return /^(gpus|build\.ssh|provider\.options\..*)$/.test(rest.join('.'));
  return (section === 'secrets' || section === 'configs') && rest.join('.') === 'labels';
}
