import type { Edit } from '../../text/edit.js';
import { parseBytes } from '../model/bytes.js';
import { isPath } from '../model/mount.js';
import type { Place } from '../model/value.js';
import type { ShapeFinding } from '../schema/shapeFinding.js';
import { addEntries, emptyEntry, replaceEntry, type Leaf, type Tree } from '../syntax/edits.js';
import { entryAt, nodeAt, outerEntry } from '../syntax/find.js';
import type { Entry, MapNode, Node } from '../syntax/tree.js';
import { booleanOf } from './booleanWord.js';
import { fix, removeItemAt, removeKey, replaceKey, replaceWord, type Fixes } from './fixes.js';
import { moveKey } from './moveKey.js';
import type { Fix } from './rule.js';
import { genericGpus, stackCures } from './stackCures.js';

/** Quick fixes for what the comparison with the attribute table found. */
export function shapeFixes(finding: ShapeFinding): Fixes {
  const { at, data, rule } = finding;
  const written = at.block.text.slice(at.start, at.end);
  const beside = rule === 'unknown-key' ? entryAt(at.block, at.start)?.parent : undefined;
  const candidates = (data?.candidates ?? []).filter((it) => !beside || !has(beside, it));
  const fixes: Fix[] = candidates.map((candidate, i) => ({
    title: `Change to \`${candidate}\``,
    edits: [{ at, text: quoteLike(written, candidate) }],
    preferred: i === 0,
  }));
  if (data?.cure === 'quote') fixes.push(...quote(finding, written));
  if (data?.cure === 'unquote') {
    fixes.push({ title: 'Remove the quotes', edits: [{ at, text: written.slice(1, -1) }], preferred: true });
  }
  if (data?.cure === 'list' && /^-\S/.test(written)) return [spacesBehindDashes(at, written)];
  if (data?.cure === 'list') {
    const one = /[,[\]{}]/.test(written) && !/^["']/.test(written) ? quoted(written) : written;
    if (!written.includes('\n'))
      fixes.push({ title: 'Make it a list', edits: [{ at, text: `[${one}]` }], preferred: true });
  }
  if (data?.cure === 'remove') fixes.push(...removeKey(at, `Remove \`${String(finding.path.at(-1))}\``));
  if (fixes.length > 0) return fixes;
  switch (rule) {
    case 'not-in-stack':
    case 'ignored-in-stack':
      return notInStack(finding);
    case 'ignored-in-compose':
      return removeKey(at, `Remove \`${String(finding.path.at(-1))}\``, { preferred: false });
    case 'unknown-key':
      return renamedKey(finding);
    case 'wrong-type':
      return otherForm(finding);
    case 'duplicate-item':
      return removeItemAt(at, 'Remove the repeated item');
    case 'missing-key':
      return addMissing(finding);
    case 'misplaced-key':
      return moveKey(finding);
    case 'deprecated-key':
      return externalName(finding);
    default:
      return [];
  }
}

/** A number becomes a text; where that is a time, seconds were meant. */
function quote({ at, path }: ShapeFinding, written: string): Fixes {
  const key = String(path.at(-1));
  if (key === 'gpus') return [];
  if (timeKeys.has(key) && /^\d+$/.test(written))
    return [{ title: `Change to \`${written}s\``, edits: [{ at, text: `${written}s` }], preferred: true, guess: true }];
  return [{ title: 'Put it in quotes', edits: [{ at, text: quoted(written) }], preferred: true }];
}

const timeKeys: ReadonlySet<string> = new Set([
  'delay',
  'interval',
  'monitor',
  'start_interval',
  'start_period',
  'stop_grace_period',
  'timeout',
  'window',
]);

/** What begins with a dash and no blank is one text of several lines. */
function spacesBehindDashes(at: Place, written: string): Fix {
  const dashes = Array.from(written.matchAll(/(?<=^|\n\s*)-(?=[^\s-])/g), ({ index }) => at.start + index + 1);
  const edits = dashes.map((start) => ({ at: { block: at.block, start, end: start }, text: ' ' }));
  return { title: 'Put a space behind the dash', edits, preferred: true };
}

/** Moves the key to where a stack has it; what has no place there can only go, with a loss where the key did something. */
function notInStack({ at, path, rule }: ShapeFinding): Fixes {
  const key = String(path.at(-1));
  const place = entryAt(at.block, at.start);
  if (!place) return [];
  const inService = path.length === 3 && path[0] === 'services';
  const tree = inService
    ? stackCures[key]?.(place.entry.value)
    : key === 'devices'
      ? genericGpus(place.entry.value)
      : undefined;
  // Nodes have to advertise what is reserved there.
  const guess = key === 'gpus' || key === 'devices';
  const moved = tree ? replaceKey(at, tree, `Change to \`${pathOf(tree)}\``, { guess }) : [];
  if (moved.length > 0) return moved;
  if (inService && key === 'build' && !has(place.parent, 'image')) return [];
  // Sources are what a config or secret is made of.
  if (key === 'content' || key === 'environment' || key === 'extends') return [];
  // What is ignored may still be there for docker compose.
  const lossy = rule === 'ignored-in-stack' || !harmless.has(key);
  const preferred = key !== 'build' && (rule === 'ignored-in-stack' || !lossy);
  const title = `Remove \`${key}\``;
  const removed = removeKey(at, title, { lossy, preferred });
  // A service may join a network without a word about it.
  const network =
    path.at(-3) === 'networks' && removed.length === 0 ? outerEntry(at.block, at.start)?.entry : undefined;
  return network ? [fix(at.block, title, [emptyEntry(at.block.text, network)], { lossy, preferred })] : removed;
}

/** What makes no difference to a stack. */
const harmless: ReadonlySet<string> = new Set(['attach', 'develop', 'name', 'pull_policy', 'app_protocol']);

/** Keys of a stack that docker compose knows under another name. */
function renamedKey({ at, path }: ShapeFinding): Fixes {
  return path.length === 3 && path[2] === 'cgroupns_mode' ? replaceWord(at, 'cgroup') : [];
}

/** Values that docker compose takes in another form. */
function otherForm({ at, path }: ShapeFinding): Fixes {
  const node = nodeAt(at.block, at);
  const key = String(path.at(-1));
  if (key === 'depends_on' && node?.kind === 'map') return namesOnly(at, node);
  if (path.at(-2) === 'env_file' && node?.kind === 'map') {
    const file = node.entries.find((it) => it.key.text === 'path')?.value;
    const end = at.start + slice(at, node).length;
    const edits = file && [{ start: at.start, end, text: slice(at, file) }];
    return edits ? [fix(at.block, 'Keep the path only', edits, { lossy: node.entries.length > 1 })] : [];
  }
  if (node?.kind !== 'scalar') return [];
  const meant = booleanOf(node.text);
  if (meant !== undefined && booleanKeys.has(key))
    return [{ title: `Change to \`${String(meant)}\``, edits: [{ at, text: String(meant) }], preferred: true }];
  const size = key === 'size' && path.at(-2) === 'tmpfs' ? parseBytes(node.text).value : undefined;
  return size === undefined
    ? []
    : [{ title: `Change to \`${size}\``, edits: [{ at, text: String(size) }], preferred: true }];
}

const booleanKeys: ReadonlySet<string> = new Set([
  'attachable',
  'disable',
  'external',
  'init',
  'internal',
  'nocopy',
  'privileged',
  'read_only',
  'stdin_open',
  'tty',
]);

/** Keys whose value is plain from what stands beside them. */
function addMissing({ at, path, data }: ShapeFinding): Fixes {
  const missing = data?.missing ?? [];
  const list = String(path.at(-2));
  const holder = entryAt(at.block, at.start);
  const isEntry = holder?.entry.value.kind === 'map' && typeof path.at(-1) === 'string';
  const map = isEntry ? holder.entry.value : nodeAt(at.block, at);
  if (map?.kind !== 'map' || missing.length === 0) return [];
  const tree: Record<string, Leaf> = {};
  for (const key of missing) {
    const beside = map.entries.find((it) => it.key.text === (key === 'hard' ? 'soft' : 'hard'))?.value;
    const source = map.entries.find((it) => it.key.text === 'source')?.value;
    if (key === 'condition' && list === 'depends_on') tree[key] = 'service_started';
    else if (key === 'capabilities') tree[key] = ['gpu'];
    else if ((key === 'hard' || key === 'soft') && beside) tree[key] = slice(at, beside);
    else if (key === 'type' && list === 'volumes' && source)
      tree[key] = source.kind === 'scalar' && isPath(source.text) ? 'bind' : 'volume';
    else return [];
  }
  const edits = addEntries(at.block.text, map, tree);
  const keys = missing.map((key) => `\`${key}\``).join(' and ');
  return edits ? [fix(at.block, `Add ${keys}`, edits)] : [];
}

/** A mapping of names becomes a list of them, each where it stands. */
function namesOnly(at: Place, node: MapNode): Fixes {
  const { text } = at.block;
  if (node.entries.some(({ value }) => value.kind === 'alias')) return [];
  const edits: readonly Edit[] = node.flow
    ? [{ start: node.start, end: node.end, text: `[${node.entries.map(({ key }) => key.text).join(', ')}]` }]
    : node.entries.flatMap((entry) => [
        { start: entry.key.start, end: entry.key.start, text: '- ' },
        { start: entry.key.end, end: endOf(text, entry), text: '' },
      ]);
  return [fix(at.block, 'Make it a list of names', edits, { lossy: !node.entries.every(isStarted) })];
}

/** Whether a dependency waits for no more than the start, as a name alone does. */
function isStarted({ value }: Entry): boolean {
  return (
    value.kind === 'map' &&
    value.entries.every(
      (it) => it.key.text === 'condition' && it.value.kind === 'scalar' && it.value.text === 'service_started',
    )
  );
}

function endOf(text: string, { key, value }: Entry): number {
  return value.end > value.start
    ? value.start + text.slice(value.start, value.end).trimEnd().length
    : text.indexOf(':', key.end) + 1;
}

/** `external: { name: x }` becomes `external: true` and `name: x`. */
function externalName({ at, path }: ShapeFinding): Fixes {
  const outer = path.at(-2) === 'external' ? outerEntry(at.block, at.start) : undefined;
  const name = entryAt(at.block, at.start)?.entry.value;
  if (!outer || !name || has(outer.parent, 'name')) return [];
  const edits = replaceEntry(at.block, outer, { external: 'true', name: slice(at, name) });
  return edits ? [fix(at.block, 'Put the name beside `external`', edits)] : [];
}

function has(parent: MapNode, key: string): boolean {
  return parent.entries.some((it) => it.key.text === key);
}

function slice({ block }: Place, { start, end }: Node): string {
  return block.text.slice(start, end).trimEnd();
}

/** The keys a tree adds, for a title. */
function pathOf(tree: Tree): string {
  const [key = '', inner] = Object.entries(tree)[0] ?? [];
  return inner === undefined || typeof inner === 'string' || Array.isArray(inner)
    ? key
    : `${key}.${pathOf(inner as Tree)}`;
}

function quoteLike(written: string, text: string): string {
  const quote = written.charAt(0);
  return quote === '"' || quote === "'" ? `${quote}${text}${quote}` : text;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
