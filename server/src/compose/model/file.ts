import { sameList } from '../../text/sameList.js';
import type { Target } from '../target.js';
import { carryOver } from '../../text/carryOver.js';
import { KeyedList } from '../../text/keyedList.js';
import type { CutBlock } from '../syntax/blocks.js';
import { placeOf, type Source } from '../syntax/source.js';
import { sections } from '../syntax/cut.js';
import type { Block, Node } from '../syntax/tree.js';
import { resolveBlock, type Resolution, type Scope } from './resolve.js';
import type { MapValue, Member, Place } from './value.js';

/** One Compose or stack file as its tool reads it alone: before `include`, `extends` and override files. */
export interface FileModel {
  readonly source: Source;
  readonly target: Target;
  readonly variables: Variables;
  /** The blocks that the tool reads: docker stack stops after the first YAML document. */
  readonly blocks: readonly ResolvedBlock[];
  /** The root mapping of each YAML document. docker compose merges them in order. */
  readonly documents: readonly MapValue[];
  /** Keys that stand in two blocks of one document. */
  readonly duplicates: readonly Member[];
  /** Set when all that differs from an earlier model is the content of some services. Weak: no version keeps those before it. */
  readonly patch: { readonly of: WeakRef<FileModel>; readonly services: readonly Member[] } | undefined;
}

export interface ResolvedBlock {
  readonly block: Block;
  readonly resolution: Resolution;
  /** The keys the block itself writes, at `block.path`. */
  readonly members: readonly Member[];
}

/** Variables a file is read with. One object as long as all of them are the same. */
export interface Variables {
  /** The value of a variable; undefined when unset. */
  lookup(name: string): string | undefined;
  /** Whether these are all the variables the tool will have, so that an unset one is surely empty. */
  readonly final: boolean;
}

/** Resolves a file block by block, taking over from `previous` every block that reads nothing that changed. */
export function readFile(source: Source, target: Target, variables: Variables, previous?: FileModel): FileModel {
  const before = previous?.target === target ? previous : undefined;
  const placed = blocksOf(source, target);
  const count = 1 + (placed.at(-1)?.document ?? 0);
  const scope: Scope = { target, variables, anchor: anchorTable(source) };
  const resolve = ({ block }: Pick<CutBlock, 'block'>): ResolvedBlock => {
    const resolution = resolveBlock(block, scope);
    return { block, resolution, members: membersOf(resolution) };
  };
  const known = before && { inputs: blocksOf(before.source, target), outputs: before.blocks };
  const { outputs } = carryOver(placed, known, resolve, (a, b) => a === b || a?.block === b?.block);
  const stale = before && (before.variables !== variables || !sameList(before.source.anchored, source.anchored));
  const blocks = stale ? outputs.map((it) => (stillTrue(it.resolution, it.block, scope) ? it : resolve(it))) : outputs;
  const services = before && count === 1 ? changedServices(before, blocks) : undefined;
  if (before && services) {
    const documents = before.documents.map((root) => withServices(root, services));
    return { ...before, source, variables, blocks, documents, patch: { of: new WeakRef(before), services } };
  }
  const duplicates: Member[] = [];
  const byDocument = Array.from({ length: count }, (): ResolvedBlock[] => []);
  blocks.forEach((block, at) => byDocument[placed[at]?.document ?? 0]?.push(block));
  const documents = byDocument.map((own) => assemble(own, duplicates)).filter((it) => it !== undefined);
  return { source, target, variables, blocks, documents, duplicates, patch: undefined };
}

/** What the target's tool reads of a file. */
function blocksOf({ blocks }: Source, target: Target): readonly CutBlock[] {
  const isOne = target === 'compose' || blocks.at(-1)?.document === 0;
  return isOne ? blocks : blocks.filter(({ document }) => document === 0);
}

/** The services whose text changed, if nothing else did: each is still one entry of the same name. */
function changedServices(before: FileModel, blocks: readonly ResolvedBlock[]): readonly Member[] | undefined {
  if (before.documents.length !== 1 || before.duplicates.length > 0 || before.blocks.length !== blocks.length)
    return undefined;
  const changed: Member[] = [];
  for (let i = 0; i < blocks.length; i++) {
    const was = before.blocks[i];
    const is = blocks[i];
    if (was === is || !was || !is) continue;
    const service = onlyService(is);
    if (!service || onlyService(was)?.key !== service.key) return undefined;
    changed.push(service);
  }
  return changed;
}

/** The service that a block writes, if it writes that and nothing else. */
function onlyService({ block, members }: ResolvedBlock): Member | undefined {
  const [member] = members;
  const alone =
    members.length === 1 && block.path[0] === 'services' && member !== undefined && isWritten(block, member);
  return alone ? member : undefined;
}

function withServices(root: MapValue, services: readonly Member[]): MapValue {
  const section = root.members.get('services');
  if (section?.value.kind !== 'map') return root;
  const members = KeyedList.of(section.value.members).with(services.map((member) => [member.key, member]));
  return {
    ...root,
    members: new Map(root.members).set('services', { ...section, value: { ...section.value, members } }),
  };
}

function membersOf({ value }: Resolution): readonly Member[] {
  return value?.kind === 'map' ? [...value.members.values()] : [];
}

function stillTrue(resolution: Resolution, block: Block, scope: Scope): boolean {
  for (const [name, value] of resolution.variables) if (scope.variables.lookup(name) !== value) return false;
  for (const [name, node] of resolution.anchors) if (scope.anchor(name, block, 0)?.node !== node) return false;
  return true;
}

/** Anchors by name in the order of the text; an alias means the last one before it. */
export function anchorTable(source: Source): Scope['anchor'] {
  const table = new Map<string, { block: Block; node: Node }[]>();
  for (const block of source.anchored) {
    for (const { name, node } of block.anchors) {
      const list = table.get(name);
      if (list) list.push({ block, node });
      else table.set(name, [{ block, node }]);
    }
  }
  const startOf = (block: Block): number => placeOf(source, block)?.start ?? -1;
  return (name, block, before) =>
    table
      .get(name)
      ?.findLast((it) => (it.block === block ? it.node.start <= before : startOf(it.block) < startOf(block)));
}

/** Puts the root mapping of a document together from its blocks. */
function assemble(blocks: readonly ResolvedBlock[], duplicates: Member[]): MapValue | undefined {
  const first = blocks[0];
  if (!first) return undefined;
  const root = new Map<string, Member>();
  const entries = new Map<string, Map<string, Member>>();
  const merged: { readonly into: Map<string, Member>; readonly member: Member }[] = [];
  for (const { block, members } of blocks) {
    const section = block.path[0];
    const into = section === undefined ? root : (entries.get(section) ?? new Map<string, Member>());
    if (section !== undefined) entries.set(section, into);
    for (const member of members) {
      if (member.keyAt.block !== block || !isWritten(block, member)) merged.push({ into, member });
      else if (into.has(member.key)) duplicates.push(member);
      else into.set(member.key, member);
    }
  }
  for (const { into, member } of merged) if (!into.has(member.key)) into.set(member.key, member);
  for (const section of sections) {
    const heading = root.get(section);
    const members = entries.get(section);
    if (heading && members) root.set(section, { ...heading, value: map(heading.keyAt, members) });
  }
  return map({ block: first.block, start: 0, end: 0 }, root);
}

/** Whether the block writes the key itself, rather than getting it through `<<` at its top. */
function isWritten({ root }: Block, { keyAt }: Member): boolean {
  return root?.kind === 'map' && root.entries.some(({ key }) => key.start === keyAt.start);
}

function map(at: Place, members: ReadonlyMap<string, Member>): MapValue {
  return { kind: 'map', at, flow: false, members };
}
