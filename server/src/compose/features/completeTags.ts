import type { CompletionItem, CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';

/** The tags that tell docker compose how a file is laid over others, behind `!`; undefined where no tag is being typed. */
export function completeTags({ target }: CompletionWorld, at: Location): readonly CompletionItem[] | undefined {
  if (!at.slot || at.quote !== '' || !at.typed.startsWith('!')) return undefined;
  return target === 'compose' ? tags.map((tag) => ({ ...tag, kind: 'value', replace: at.word })) : [];
}

/** A tag in words; undefined for one that docker compose gives no meaning to. */
export function describeTag(tag: string): string | undefined {
  return tags.find(({ label }) => label === tag)?.documentation;
}

const tags = [
  {
    label: '!override',
    insert: '!override $0',
    documentation: 'What stands here replaces what the files before this one say, instead of being merged with it.',
  },
  {
    label: '!reset',
    insert: '!reset null',
    documentation: 'Takes away what the files before this one say here; the value behind it does not count.',
  },
] as const;
