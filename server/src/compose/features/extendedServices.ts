import { entriesOf } from '../syntax/tree.js';
import { resolveUri } from '../../text/uri.js';
import { readSource } from '../syntax/source.js';
import type { Path } from '../schema/attributes.js';
import type { CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';
import { others, type NamedThing } from './referenceNames.js';

/** The services that can be extended: those of the file that `file` names, or the others of this one. */
export function extendedServices(
  world: CompletionWorld,
  { siblings }: Location,
  slot: Path,
  service: string,
): readonly NamedThing[] {
  const file = slot.at(-1) === 'service' ? siblings.find(({ key }) => key === 'file')?.value : undefined;
  if (!file) return others(world, service);
  const uri = resolveUri(world.folder, file);
  const text = uri === undefined ? undefined : world.read(uri);
  if (uri === undefined || text === undefined) return [];
  return readSource(uri, text).blocks.flatMap(({ block }) =>
    entriesOf(block.path[0] === 'services' ? block.root : undefined).map(
      ({ key: { text: name, start, end } }): NamedThing => ({
        name,
        kind: 'service',
        detail: file,
        at: { block, start, end },
      }),
    ),
  );
}
