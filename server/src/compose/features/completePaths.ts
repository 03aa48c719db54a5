import { resolveUri } from '../../text/uri.js';
import type { Path } from '../schema/attributes.js';
import { plain, type CompletionItem, type CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';

/** Files and folders below what is typed so far; only kinds that make sense at the place. */
export function completePaths(world: CompletionWorld, at: Location, slot: Path): readonly CompletionItem[] {
  const slash = at.typed.lastIndexOf('/');
  const base = baseFolder(world, at, slot);
  const folder = resolveUri(base, at.typed.slice(0, slash + 1) || '.');
  if (folder === undefined) return [];
  const replace = { start: at.word.start + slash + 1, end: at.word.end };
  const wanted = wantedFiles(slot);
  // A mount without a dot in front names a volume.
  const lead = slash < 0 && slot.includes('volumes') ? './' : '';
  return (
    world
      .list(folder)
      .filter(({ name, kind }) => name !== '.git' && (kind === 'folder' || wanted?.test(name) !== false))
      // A file includes and extends others.
      .filter(({ name }) => wanted !== composeFiles || `${folder}/${name}` !== world.source.uri)
      .map(({ name, kind }): CompletionItem => ({
        label: `${lead}${name}${kind === 'folder' ? '/' : ''}`,
        kind,
        insert: plain(`${lead}${name}${kind === 'folder' && wanted !== onlyFolders ? '/' : ''}`),
        replace,
      }))
  );
}

/** Paths of `dockerfile` start from the build context, all others from the project. */
function baseFolder({ folder }: CompletionWorld, { siblings }: Location, slot: Path): string {
  const context = slot.at(-1) === 'dockerfile' ? siblings.find(({ key }) => key === 'context')?.value : undefined;
  return (context && resolveUri(folder, context)) || folder;
}

/** Undefined where any file will do. */
function wantedFiles(slot: Path): RegExp | undefined {
  const key = slot.findLast((step) => typeof step === 'string');
  const holder = slot.findLast((step) => typeof step === 'string' && step !== key);
  if (holder === 'additional_contexts' || key === 'context' || key === 'build' || key === 'project_directory')
    return onlyFolders;
  if (key === 'env_file' || holder === 'env_file') return /env/i;
  if (key === 'include' || holder === 'include' || holder === 'extends') return composeFiles;
  if (key === 'dockerfile') return /dockerfile|containerfile/i;
  return undefined;
}

const onlyFolders = /(?!)/;
const composeFiles = /\.ya?ml$/i;
