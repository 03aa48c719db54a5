import {
  ampersand,
  asterisk,
  bar,
  closeList,
  closeMap,
  colon,
  comma,
  greater,
  hash,
  isBreak,
  openList,
  openMap,
} from './characters.js';
import { PlainCursor } from './plainCursor.js';
import { notPlain, readBlockScalar, readScalar } from './plainScalar.js';
import type { Anchor, Entry, MapNode, Node, ScalarNode, SeqNode } from './tree.js';
import { isTextKey } from './yamlScalar.js';

export interface PlainYaml {
  /** Undefined for a text without content. */
  readonly root: Node | undefined;
  readonly anchors: readonly Anchor[];
}

/**
 * Reads the YAML that nearly every Compose file is written in, in one pass over its characters: block mappings and lists, flow
 * collections and scalars on one line, literal and simple folded texts, anchors on values, aliases. The trees are those that
 * `parseAnyBlock` makes of what the `yaml` package reads, with the same ends; a test compares them. Undefined for a text with
 * anything else in it, and with any mistake.
 */
export function readPlainYaml(text: string): PlainYaml | undefined {
  try {
    return new Reader(text).read();
  } catch (error) {
    if (error === notPlain) return undefined;
    throw error;
  }
}

const deepest = 50;
/** The `yaml` package refuses keys from 1024 characters on. */
const longestKey = 1000;

class Reader extends PlainCursor {
  readonly #anchors: Anchor[] = [];
  #depth = 0;

  read(): PlainYaml {
    this.toContent(0, Infinity);
    const root = this.column < 0 ? undefined : this.map(this.column);
    if (this.column >= 0) throw notPlain;
    return { root, anchors: this.#anchors };
  }

  private map(column: number, firstKey?: ScalarNode): MapNode {
    const start = firstKey?.start ?? this.at;
    const entries: Entry[] = [];
    const seen = new Set<string>();
    this.deeper();
    do {
      const key = this.key(entries.length === 0 && firstKey ? firstKey : this.scalar(false));
      if (seen.has(key.text)) throw notPlain;
      seen.add(key.text);
      entries.push({ key, value: this.value(column) });
    } while (this.column === column);
    return { kind: 'map', start, end: this.close(column), flow: false, entries };
  }

  private list(column: number): SeqNode {
    const start = this.at;
    const items: Node[] = [];
    this.deeper();
    do items.push(this.item(column));
    while (this.column === column && this.isDash());
    return { kind: 'seq', start, end: this.close(column), flow: false, items };
  }

  /** Ends a block collection. Comments below it, one of them no further left than it, are its own, though beyond its end. */
  private close(column: number): number {
    if (this.column > column) throw notPlain;
    this.#depth--;
    const end = this.end;
    if (column > 0 && this.comment >= column) this.takeComments();
    return end;
  }

  /** Goes on behind the colon of a key. */
  private key(key: ScalarNode): ScalarNode {
    this.spaces();
    if (this.code() !== colon || !isBreak(this.code(1))) throw notPlain;
    if (!isTextKey(key) || this.at - key.start > longestKey) throw notPlain;
    this.at++;
    return key;
  }

  /** The value of a key of a mapping at a column. */
  private value(column: number): Node {
    this.spaces();
    const anchor = this.anchor();
    if (!this.isLineEnd()) return this.anchored(anchor, this.inLine(column));
    const empty = this.at;
    const commented = this.code() === hash;
    this.toNextLine(Infinity);
    if (this.column > column || (this.column === column && this.isDash())) return this.below(column, anchor);
    if (anchor !== undefined) throw notPlain;
    this.end = empty;
    if (commented || this.comment >= 0) this.takeComments();
    return { kind: 'scalar', start: empty, end: empty, value: null, text: '', style: 'plain' };
  }

  /** A collection on the lines below its key or dash; its anchor may have a line of its own. */
  private below(column: number, before: string | undefined): Node {
    let anchor = before;
    if (anchor === undefined && this.code() === ampersand) {
      anchor = this.anchor();
      this.toNextLine(Infinity);
      if (this.column <= column) throw notPlain;
    }
    return this.anchored(anchor, this.isDash() ? this.list(this.column) : this.map(this.column));
  }

  /** What stands behind the dash of a list at a column. */
  private item(column: number): Node {
    const from = this.at++;
    this.spaces();
    const anchor = this.anchor();
    if (this.isLineEnd()) {
      this.toNextLine(Infinity);
      if (this.column <= column) throw notPlain;
      return this.below(column, anchor);
    }
    const inner = column + this.at - from;
    if (this.isDash() && anchor === undefined) return this.list(inner);
    if (neverKeys.has(this.code())) return this.anchored(anchor, this.inLine(column));
    const scalar = this.scalar(false);
    this.spaces();
    if (this.code() === colon && anchor === undefined) return this.map(inner, scalar);
    this.toNextLine(column);
    return this.anchored(anchor, scalar);
  }

  /** A node that begins on the line of its key or dash, up to the next content. */
  private inLine(column: number): Node {
    const code = this.code();
    if (code === bar || code === greater) {
      const scalar = readBlockScalar(this.text, this.at, column);
      this.toContent(scalar.end, Infinity);
      return scalar;
    }
    const node = this.flowNode(false);
    this.toNextLine(column);
    return node;
  }

  private flowNode(flow: boolean): Node {
    const start = this.at;
    switch (this.code()) {
      case openList:
        return this.flowList(start);
      case openMap:
        return this.flowMap(start);
      case asterisk: {
        const name = this.name();
        return { kind: 'alias', start, end: this.at, name };
      }
      default:
        return this.scalar(flow);
    }
  }

  private flowList(start: number): SeqNode {
    const items: Node[] = [];
    this.flow(closeList, () => items.push(this.flowNode(true)));
    return { kind: 'seq', start, end: this.at, flow: true, items };
  }

  private flowMap(start: number): MapNode {
    const entries: Entry[] = [];
    const seen = new Set<string>();
    this.flow(closeMap, () => {
      const key = this.key(this.scalar(true));
      if (seen.has(key.text)) throw notPlain;
      seen.add(key.text);
      this.spaces();
      entries.push({ key, value: this.flowNode(true) });
    });
    return { kind: 'map', start, end: this.at, flow: true, entries };
  }

  private flow(close: number, readOne: () => void): void {
    this.deeper();
    this.at++;
    this.spaces();
    while (this.code() !== close) {
      readOne();
      this.spaces();
      if (this.code() === comma) {
        this.at++;
        this.spaces();
      } else if (this.code() !== close) throw notPlain;
    }
    this.at++;
    this.#depth--;
  }

  private scalar(flow: boolean): ScalarNode {
    const scalar = readScalar(this.text, this.at, flow);
    this.at = scalar.end;
    return scalar;
  }

  private anchor(): string | undefined {
    if (this.code() !== ampersand) return undefined;
    const name = this.name();
    if (!isBreak(this.code())) throw notPlain;
    this.spaces();
    return name;
  }

  private anchored(anchor: string | undefined, node: Node): Node {
    if (anchor === undefined) return node;
    if (node.kind === 'alias') throw notPlain;
    const named = { ...node, anchor };
    this.#anchors.push({ name: anchor, node: named });
    return named;
  }

  private deeper(): void {
    if (++this.#depth > deepest) throw notPlain;
  }
}

/** What can begin the item of a list, and no key. */
const neverKeys: ReadonlySet<number> = new Set([openList, openMap, asterisk, bar, greater]);
