import { LineIndex } from '../../text/lineIndex.js';
import type { Span } from '../../text/span.js';
import type { FileModel, ResolvedBlock } from '../model/file.js';
import type { Project } from '../model/project.js';
import type { Block } from '../syntax/tree.js';
import { occurrencesIn, type Occurrence } from './occurrences.js';
import { variablesIn } from './variables.js';

/** LSP's own types, so that every editor's theme knows them. What is punctuation is left to the grammars. */
export const tokenTypes = ['class', 'type', 'enumMember', 'variable', 'operator', 'macro'] as const;
export const tokenModifiers = ['declaration'] as const;

export type TokenType = (typeof tokenTypes)[number];

/** A stretch of one line, with what it means. */
export interface SemanticToken {
  /** Counted from where its block starts. */
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
  readonly declares: boolean;
}

/** The tokens of a block, in the order of the text: the same list as long as nothing in it changed. */
export interface PlacedTokens {
  /** Where the block starts. */
  readonly line: number;
  readonly tokens: readonly SemanticToken[];
}

/** The names of a file and the variables in its values; with `lines`, those of the blocks that reach into them. */
export function semanticTokens(
  project: Project,
  uri: string,
  lines: { readonly first: number; readonly last: number } = { first: 0, last: Infinity },
): readonly PlacedTokens[] {
  const file = project.files.get(uri);
  if (!file) return [];
  const elsewhere = tokensElsewhere(project, file);
  return file.blocks.flatMap((resolved, i) => {
    const first = file.source.lines[i] ?? 0;
    const next = file.source.lines[i + 1] ?? Infinity;
    if (next <= lines.first || first > lines.last) return [];
    const named = elsewhere.get(resolved.block);
    const own = tokensOf(project, file, resolved).own;
    const tokens = named ? ordered([...own, ...named]) : own;
    return tokens.length > 0 ? [{ line: first, tokens }] : [];
  });
}

/** Tokens by the block they stand in; lines count from its start. */
interface BlockTokens {
  readonly own: readonly SemanticToken[];
  /** Names in text of other blocks that is read here through an alias: only here they are known for what they are. */
  readonly elsewhere: ReadonlyMap<Block, readonly SemanticToken[]>;
}

const known = new WeakMap<ResolvedBlock, BlockTokens>();

function tokensOf(project: Project, file: FileModel, resolved: ResolvedBlock): BlockTokens {
  const before = known.get(resolved);
  if (before) return before;
  const { block } = resolved;
  const found = new Map<Block, SemanticToken[]>([[block, []]]);
  const add = (at: Span & { readonly block: Block }, type: TokenType, declares = false): void => {
    const list = found.get(at.block) ?? [];
    found.set(at.block, list);
    const { line, character } = linesOf(at.block).position(at.start);
    list.push({ line, character, length: at.end - at.start, type, declares });
  };
  for (const { at, operator } of variablesIn(block, file.target)) {
    add(at, 'variable');
    if (operator) add({ block, start: at.end, end: at.end + operator.length }, 'operator');
  }
  for (const it of occurrencesIn(project, file, resolved)) {
    // What a variable or an escape makes of a name is written nowhere.
    if (it.name !== '' && it.at.block.text.slice(it.at.start, it.at.end) === it.name)
      add(it.at, types[it.kind], it.declares);
  }
  const own = ordered(found.get(block) ?? []);
  found.delete(block);
  const tokens = { own, elsewhere: found };
  known.set(resolved, tokens);
  return tokens;
}

const types: Readonly<Record<Occurrence['kind'], TokenType>> = {
  service: 'class',
  network: 'type',
  volume: 'type',
  secret: 'type',
  config: 'type',
  model: 'type',
  profile: 'enumMember',
  anchor: 'macro',
};

function tokensElsewhere(project: Project, file: FileModel): ReadonlyMap<Block, readonly SemanticToken[]> {
  const found = new Map<Block, SemanticToken[]>();
  for (const resolved of file.blocks) {
    if (resolved.resolution.anchors.size === 0) continue;
    for (const [block, tokens] of tokensOf(project, file, resolved).elsewhere) {
      const list = found.get(block) ?? [];
      found.set(block, list);
      for (const token of tokens) list.push(token);
    }
  }
  return found;
}

/** In the order of the text; of those that overlap, as the same text through two aliases does, the first. */
function ordered(tokens: readonly SemanticToken[]): readonly SemanticToken[] {
  const sorted = [...tokens].sort((a, b) => a.line - b.line || a.character - b.character);
  const kept: SemanticToken[] = [];
  for (const token of sorted) {
    const last = kept.at(-1);
    if (last?.line !== token.line || last.character + last.length <= token.character) kept.push(token);
  }
  return kept;
}

const lineIndexes = new WeakMap<Block, LineIndex>();

function linesOf(block: Block): LineIndex {
  const index = lineIndexes.get(block) ?? new LineIndex(block.text);
  lineIndexes.set(block, index);
  return index;
}
