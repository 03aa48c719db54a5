import type { Span } from '../../text/span.js';

/** Offsets of every node count from the start of the block that holds it, so an edit above a block changes nothing in it. */
export type Node = MapNode | SeqNode | ScalarNode | AliasNode;

interface NodeBase extends Span {
  readonly anchor?: string;
  /** As written, for example `!reset`; absent where none is written. */
  readonly tag?: string;
}

export interface MapNode extends NodeBase {
  readonly kind: 'map';
  readonly flow: boolean;
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface SeqNode extends NodeBase {
  readonly kind: 'seq';
  readonly flow: boolean;
  readonly items: readonly Node[];
}

export type Primitive = string | number | boolean | null;

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar';
  /** Under the rules of go-yaml, which both tools use: `yes` is a string, `017` is 15. An absent value is null with an empty span. */
  readonly value: Primitive;
  /** The text of the scalar without quotes and escapes. */
  readonly text: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
}

export interface YamlError extends Span {
  readonly code: string;
  readonly message: string;
}

/** A piece of a file that is parsed, checked and cached alone: a top-level key, an entry of `services:` and its like, or a whole file. */
export interface Block {
  /** The file the block is of. */
  readonly uri: string;
  /** Where the block's own tree hangs: `[]` for a whole file or a top-level key, `['services']` for a service. */
  readonly path: readonly string[];
  readonly text: string;
  /** A map with the block's one key (or all keys of the file); undefined for a block of comments or one that is beyond reading. */
  readonly root: Node | undefined;
  readonly errors: readonly YamlError[];
  /** Whether an error leaves the tree a guess: nothing semantic is said about such a block. */
  readonly broken: boolean;
  readonly anchors: readonly Anchor[];
  /** Whether a comment speaks to Longshore: `# longshore: …`. */
  readonly directives: boolean;
  /** About the how-manieth of its file it is: where to look for it first. */
  readonly hint: number;
}

export interface Anchor {
  readonly name: string;
  readonly node: Node;
}

/** The entries of a mapping; none of anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** A node and the values below it, in the order of the text. */
export function* nodesIn(node: Node | undefined): Generator<Node, undefined> {
  if (!node) return;
  yield node;
  if (node.kind === 'map') for (const { value } of node.entries) yield* nodesIn(value);
  else if (node.kind === 'seq') for (const item of node.items) yield* nodesIn(item);
}
