import { resolveUri } from '../../text/uri.js';
import type { FileModel, ResolvedBlock } from '../model/file.js';
import { folderOfPaths, type Project } from '../model/project.js';
import { sectionKinds } from '../model/resource.js';
import { createService, noProfiles, type ReferenceKind } from '../model/service.js';
import { get, items, str, type Member, type Place, type Value } from '../model/value.js';
import { namePlace } from '../rules/references.js';
import { blockAt } from '../syntax/source.js';
import { nodesIn, type Block } from '../syntax/tree.js';

/** Something that has a name and is meant by it elsewhere. */
export interface Thing {
  readonly kind: ReferenceKind | 'profile' | 'anchor';
  readonly name: string;
  /** The file whose names are meant; empty for those that the files of the project share. */
  readonly scope: string;
}

export interface Occurrence extends Thing {
  /** The name alone. */
  readonly at: Place;
  readonly declares: boolean;
}

/** What is named at an offset of a file; undefined where nothing is. */
export function occurrenceAt(project: Project, uri: string, offset: number): Occurrence | undefined {
  const file = project.files.get(uri);
  const found = file && blockAt(file.source, offset);
  const resolved = found && file.blocks.find(({ block }) => block === found.block);
  if (!found || !resolved) return undefined;
  const at = offset - found.start;
  let best: Occurrence | undefined;
  for (const it of occurrencesIn(project, file, resolved)) {
    const inside = it.at.block === found.block && it.at.start <= at && at <= it.at.end;
    if (inside && (!best || it.at.end - it.at.start < best.at.end - best.at.start)) best = it;
  }
  return best;
}

/** Every place that names a thing, in the order of the files; text that several aliases share comes once. */
export function occurrencesOf(project: Project, thing: Thing): readonly Occurrence[] {
  const found: Occurrence[] = [];
  const seen = new Map<Block, Set<number>>();
  for (const file of project.files.values()) {
    // What a block names stands in its text, or in that of an anchor.
    const isAnchored = file.blocks.some(({ block }) => block.anchors.length > 0 && block.text.includes(thing.name));
    for (const resolved of file.blocks) {
      const readsAnchor = isAnchored && resolved.resolution.anchors.size > 0;
      if (!readsAnchor && !resolved.block.text.includes(thing.name)) continue;
      for (const it of occurrencesIn(project, file, resolved)) {
        if (it.kind !== thing.kind || it.name !== thing.name || it.scope !== thing.scope) continue;
        const starts = seen.get(it.at.block) ?? new Set<number>();
        seen.set(it.at.block, starts);
        if (starts.has(it.at.start)) continue;
        starts.add(it.at.start);
        found.push(it);
      }
    }
  }
  return found;
}

/** Every name that a block writes or reads through an alias. */
export function* occurrencesIn(
  project: Project,
  file: FileModel,
  { block, members }: ResolvedBlock,
): Iterable<Occurrence> {
  const scope = scopeOf(project, file.source.uri);
  const [section] = block.path;
  for (const member of members) {
    if (section !== undefined) yield* namedThing(project, file, section, member, scope);
    else if (member.value.kind === 'map') {
      for (const inner of member.value.members.values()) yield* namedThing(project, file, member.key, inner, scope);
    }
  }
  yield* anchorsIn(block, file.source.uri);
}

function* namedThing(
  project: Project,
  file: FileModel,
  section: string,
  { key, keyAt, value }: Member,
  scope: string,
): Iterable<Occurrence> {
  const kind = sectionKinds.get(section);
  if (!kind) return;
  yield { kind, name: key, scope, at: inner(keyAt, key), declares: true };
  if (kind !== 'service' || value.kind !== 'map') return;
  const known = project.services.get(key);
  const options = { complete: true, selectedProfiles: noProfiles, target: project.target };
  const { references } = known?.value === value ? known : createService(key, keyAt, value, options);
  for (const it of references) yield { kind: it.kind, name: it.name, scope, at: namePlace(it), declares: false };
  yield* extended(project, file, get(value, 'extends'), scope);
  if (project.target === 'compose') yield* buildContexts(get(value, 'build', 'additional_contexts'), scope);
  for (const item of items(get(value, 'profiles'))) {
    const name = str(item);
    if (name) yield { kind: 'profile', name, scope, at: inner(item.at, name), declares: false };
  }
}

/** Contexts that are what another service builds: `NAME: service:SERVICE`, or the same in a list. */
function* buildContexts(contexts: Value | undefined, scope: string): Iterable<Occurrence> {
  const values =
    contexts?.kind === 'map' ? Array.from(contexts.members.values(), ({ value }) => value) : items(contexts);
  for (const value of values) {
    const name = /^(?:[^=]*=)?service:(.+)$/.exec(str(value) ?? '')?.[1];
    if (name === undefined) continue;
    const written = `service:${name}`;
    const { block, start, end } = inner(value.at, written);
    if (end - start !== written.length) continue;
    yield { kind: 'service', name, scope, at: { block, start: end - name.length, end }, declares: false };
  }
}

function* extended(project: Project, file: FileModel, value: Value | undefined, own: string): Iterable<Occurrence> {
  const service = value?.kind === 'map' ? get(value, 'service') : value;
  const name = str(service);
  if (!service || !name) return;
  const path = str(get(value, 'file'));
  const uri = path === undefined ? undefined : resolveUri(folderOfPaths(project, file.source.uri), path);
  const scope = uri === undefined ? own : scopeOf(project, uri);
  yield { kind: 'service', name, scope, at: inner(service.at, name), declares: false };
}

/** Files that are only extended keep their names to themselves; all others share theirs. */
function scopeOf({ origins }: Project, uri: string): string {
  const origin = origins.get(uri);
  return origin && origin.block.path.length > 0 ? uri : '';
}

/** Without the quotes around it. */
function inner(at: Place, name: string): Place {
  const found = at.block.text.slice(at.start, at.end).indexOf(name);
  return found < 0 ? at : { block: at.block, start: at.start + found, end: at.start + found + name.length };
}

function* anchorsIn(block: Block, scope: string): Iterable<Occurrence> {
  for (const { name, node } of block.anchors) {
    const start = block.text.lastIndexOf(`&${name}`, node.start) + 1;
    if (start > 0) {
      yield { kind: 'anchor', name, scope, at: { block, start, end: start + name.length }, declares: true };
    }
  }
  if (!block.text.includes('*')) return;
  for (const node of nodesIn(block.root)) {
    if (node.kind !== 'alias') continue;
    const at = { block, start: node.start + 1, end: node.start + 1 + node.name.length };
    yield { kind: 'anchor', name: node.name, scope, at, declares: false };
  }
}
