import type { Span } from '../../text/span.js';
import type { Target } from '../target.js';
import type { AliasNode, Block, MapNode, Node, ScalarNode } from '../syntax/tree.js';
import type { Variables } from './file.js';
import { interpolate } from './interpolation.js';
import { partOf, type MapValue, type Member, type Place, type ScalarValue, type Value } from './value.js';

/** What the values of one file are resolved with. */
export interface Scope {
  readonly target: Target;
  readonly variables: Variables;
  /** The anchored node an alias means: the last definition of the name before the alias. */
  anchor(name: string, block: Block, before: number): { readonly block: Block; readonly node: Node } | undefined;
}

export interface Resolution {
  /** Undefined for a block without content. */
  readonly value: Value | undefined;
  readonly problems: readonly ResolveProblem[];
  /** Anchors of other blocks that were read, and the nodes they meant. */
  readonly anchors: ReadonlyMap<string, Node | undefined>;
  /** Variables that were read, and their values. */
  readonly variables: ReadonlyMap<string, string | undefined>;
}

export interface ResolveProblem {
  readonly rule:
    | 'unknown-anchor'
    | 'merge-key'
    | 'alias-cycle'
    | 'interpolation'
    | 'interpolation-trap'
    | 'variable-required'
    | 'variable-unset';
  readonly at: Place;
  readonly message: string;
}

/** Nodes a block may stand for once its aliases are followed; go-yaml gives up in the same region. */
const largestExpansion = 1_000_000;

/** Follows aliases and merge keys and interpolates variables: what the tool sees of a block. */
export function resolveBlock(block: Block, scope: Scope): Resolution {
  const resolver = new Resolver(scope);
  const value = block.root && resolver.node(block, block.root);
  return { value, problems: resolver.problems, anchors: resolver.anchors, variables: resolver.variables };
}

class Resolver {
  readonly problems: ResolveProblem[] = [];
  readonly anchors = new Map<string, Node | undefined>();
  readonly variables = new Map<string, string | undefined>();
  /** Anchored nodes that are being resolved (undefined) or were. */
  readonly #known = new Map<Node, Value | undefined>();
  readonly #weights = new Map<Value, number>();

  constructor(private readonly scope: Scope) {}

  node(block: Block, node: Node): Value {
    if (node.kind === 'alias') return this.alias(block, node);
    if (node.anchor === undefined) return this.content(block, node);
    const known = this.#known.get(node);
    if (known) return known;
    this.#known.set(node, undefined);
    const value = this.content(block, node);
    this.#known.set(node, value);
    return value;
  }

  private content(block: Block, node: Exclude<Node, AliasNode>): Value {
    if (node.kind === 'scalar') return this.scalar(block, node);
    if (node.kind === 'map') return this.map(block, node);
    const all = node.items.map((item) => this.node(block, item));
    // docker compose drops them as it reads the list; in a mapping they also drop what other files say.
    const items = this.scope.target === 'compose' ? all.filter(({ tag }) => tag !== '!reset') : all;
    return tagged({ kind: 'seq', at: place(block, node), flow: node.flow, items }, node);
  }

  private alias(block: Block, node: AliasNode): Value {
    const target = this.scope.anchor(node.name, block, node.start);
    if (target?.block !== block) this.anchors.set(node.name, target?.node);
    if (!target) {
      return this.broken(block, node, 'unknown-anchor', `No anchor \`&${node.name}\` stands before this alias.`);
    }
    if (this.#known.has(target.node) && !this.#known.get(target.node)) {
      return this.broken(block, node, 'alias-cycle', `Anchor \`&${node.name}\` contains itself.`);
    }
    const value = this.node(target.block, target.node);
    if (this.weight(value) <= largestExpansion) return value;
    return this.broken(block, node, 'alias-cycle', `Anchor \`&${node.name}\` expands to too many values to be read.`);
  }

  private map(block: Block, node: MapNode): MapValue {
    const members = new Map<string, Member>();
    const merged: MapValue[] = [];
    for (const { key, value } of node.entries) {
      if (key.text.includes('$')) this.unfilled(block, key);
      if (isMerge(key)) merged.push(...this.mergeSources(block, value));
      else if (!members.has(key.text)) {
        members.set(key.text, { key: key.text, keyAt: place(block, key), value: this.node(block, value) });
      }
    }
    for (const source of merged) {
      for (const member of source.members.values()) if (!members.has(member.key)) members.set(member.key, member);
    }
    return tagged({ kind: 'map', at: place(block, node), flow: node.flow, members }, node);
  }

  /** Neither tool looks for variables in keys. */
  private unfilled(block: Block, key: ScalarNode): void {
    const variable = /(?<!\$)(?:\$\$)*(\$\{[A-Za-z_][^}]*\}|\$[A-Za-z_]\w*)/.exec(key.text)?.[1];
    if (variable === undefined) return;
    const message = `Keys are not filled in: \`${variable}\` stays as it is. Write a list of \`NAME=value\` instead.`;
    this.report('interpolation-trap', place(block, key), message);
  }

  private mergeSources(block: Block, node: Node): readonly MapValue[] {
    const value = this.node(block, node);
    // docker compose also takes an alias of a list; docker stack wants the list written out.
    const list =
      value.kind === 'seq' && (node.kind === 'seq' || this.scope.target === 'compose') ? value.items : [value];
    const maps = list.filter((it) => it.kind === 'map');
    if (maps.length < list.length && !this.isBroken(block, node)) {
      this.report('merge-key', place(block, node), '`<<` takes a mapping or a list of mappings.');
    }
    return maps;
  }

  /** Whether it was said of an alias that it leads nowhere. */
  private isBroken(block: Block, { kind, start }: Node): boolean {
    return kind === 'alias' && this.problems.some(({ at }) => at.block === block && at.start === start);
  }

  private scalar(block: Block, node: ScalarNode): ScalarValue {
    const at = place(block, node);
    const written: ScalarValue = {
      kind: 'scalar',
      at,
      value: node.value,
      text: node.text,
      interpolated: false,
      unset: false,
    };
    if (typeof node.value !== 'string' || !node.value.includes('$')) return tagged(written, node);
    const result = interpolate(node.value, this.scope.target, (name) => {
      const value = this.scope.variables.lookup(name);
      this.variables.set(name, value);
      return value;
    });
    for (const problem of result.problems) this.report('interpolation', partOf(written, problem), problem.message);
    for (const trap of result.traps) this.report('interpolation-trap', partOf(written, trap), trap.message);
    for (const { name, message, ...span } of result.required) {
      const reason = message ? `: ${message}` : '';
      this.report('variable-required', partOf(written, span), `Variable \`${name}\` is required and not set${reason}.`);
    }
    for (const name of result.unset) {
      const at = partOf(written, spanOfVariable(node.value, name));
      this.report(
        'variable-unset',
        at,
        `Variable \`${name}\` is not set and has no default: it becomes an empty text.`,
      );
    }
    const open = result.unset.length > 0 && !this.scope.variables.final;
    const unset = open || result.required.length > 0 || result.problems.length > 0;
    return tagged({ ...written, value: result.value, interpolated: result.changed, unset }, node);
  }

  private broken(block: Block, node: Node, rule: ResolveProblem['rule'], message: string): ScalarValue {
    const at = place(block, node);
    this.report(rule, at, message);
    // `unset`: what the value would be is unknown, so nothing is said about it.
    return { kind: 'scalar', at, value: '', text: '', interpolated: true, unset: true };
  }

  private report(rule: ResolveProblem['rule'], at: Place, message: string): void {
    this.problems.push({ rule, at, message });
  }

  /** For how many values a value stands. */
  private weight(value: Value): number {
    if (value.kind === 'scalar') return 1;
    let weight = this.#weights.get(value);
    if (weight !== undefined) return weight;
    weight = 1;
    if (value.kind === 'seq') for (const item of value.items) weight += this.weight(item);
    else for (const member of value.members.values()) weight += this.weight(member.value);
    this.#weights.set(value, weight);
    return weight;
  }
}

function place(block: Block, node: Node): Place {
  return { block, start: node.start, end: node.end };
}

function spanOfVariable(text: string, name: string): Span {
  const match = new RegExp(`\\$\\{?${name}(?![A-Za-z0-9_])`).exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : { start: 0, end: text.length };
}

function tagged<V extends Value>(value: V, { tag }: Node): V {
  return tag === undefined ? value : { ...value, tag };
}

/** As both tools read it: `<<` without quotes or a tag, or tagged `!!merge` (as yq writes it). */
function isMerge(key: ScalarNode): boolean {
  return key.text === '<<' && (key.tag === undefined ? key.style === 'plain' : ['!!merge', '!'].includes(key.tag));
}
