import type { Path } from '../schema/attributes.js';
import { plain, type CompletionItem, type CompletionWorld } from './completionItem.js';
import type { Location } from './locate.js';

/** What a swarm fills in for each task, behind `{{` in the values that it reads so; undefined where none is being typed. */
export function completeTemplates(world: CompletionWorld, at: Location): readonly CompletionItem[] | undefined {
  if (world.target !== 'stack' || !at.slot || !isFilledIn(at.slot)) return undefined;
  const typed = /\{\{\s*[\w.]*$/.exec(at.typed)?.[0];
  if (typed === undefined) return undefined;
  const cursor = at.word.start + at.typed.length;
  const end = cursor + (/^[\w.]*\s*\}{0,2}/.exec(world.source.content.slice(cursor, at.word.end))?.[0].length ?? 0);
  return placeholders.map(([name, doc]) => ({
    label: `{{${name}}}`,
    kind: 'variable',
    detail: doc,
    insert: plain(`{{${name}}}`),
    replace: { start: cursor - typed.length, end },
  }));
}

function isFilledIn([section, , key, ...rest]: Path): boolean {
  if (section !== 'services') return false;
  if (key === 'hostname') return rest.length === 0;
  return (key === 'environment' && rest.length === 1) || (key === 'volumes' && rest.length > 0);
}

const placeholders: readonly (readonly [name: string, doc: string])[] = [
  ['.Task.Slot', 'The number of the replica'],
  ['.Task.Name', 'The name of the task'],
  ['.Task.ID', 'The id of the task'],
  ['.Node.Hostname', 'The host name of its node'],
  ['.Node.ID', 'The id of its node'],
  ['.Service.Name', 'The name of the service'],
  ['.Service.ID', 'The id of the service'],
  ['.Service.Labels', 'The labels of the service'],
];
