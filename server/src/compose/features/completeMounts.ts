import type { Path } from '../schema/attributes.js';
import { completePaths } from './completePaths.js';
import { textItem, type CompletionItem, type CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';
import { documentation, namesOf } from './referenceNames.js';

/** The sources of a mount, or the options behind its second colon. */
export function completeMounts(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  if (slot.includes('tmpfs')) return [];
  const long = slot.at(-1) === 'source';
  const colon = at.typed.lastIndexOf(':');
  if (!long && colon > 1) {
    const options = at.typed.split(':').length > 2 ? mountOptions : [];
    const replace = { start: at.word.start + colon + 1, end: at.word.end };
    return options.map(({ value, doc }) => ({ ...textItem(value, 'value', at, doc), replace }));
  }
  const type = at.siblings.find(({ key }) => key === 'type')?.value;
  const end = long ? at.word.end : endOfSource(world, at);
  const here = { ...at, word: { start: at.word.start, end } };
  const open = !long && end === at.word.end ? ':$0' : '';
  const volumes =
    type === 'bind' || /^[./~]/.test(at.typed)
      ? []
      : namesOf(world, 'volume-name').map((it) => ({
          ...textItem(it.name, it.kind, here, it.detail),
          ...documentation(it),
          insert: `${it.name}${open}`,
        }));
  return type === 'volume' ? volumes : [...volumes, ...completePaths(world, here, slot)];
}

function endOfSource({ source }: CompletionWorld, { word, typed }: Location): number {
  const rest = source.content.slice(word.start + typed.length, word.end);
  const colon = rest.indexOf(':');
  return colon < 0 ? word.end : word.start + typed.length + colon;
}

const mountOptions = [
  { value: 'ro', doc: 'The container cannot write to it.' },
  { value: 'rw', doc: 'The container can write to it, as without an option.' },
  { value: 'nocopy', doc: 'A new volume starts empty, without what the image has there.' },
  { value: 'z', doc: 'Shared SELinux label.' },
  { value: 'Z', doc: 'Private SELinux label.' },
  { value: 'rshared', doc: 'Mounts below it are seen on both sides.' },
  { value: 'rslave', doc: 'Mounts of the host below it are seen in the container.' },
] as const;
