import { joinPieces, type Piece } from '../pieces.js';
import type { Pieces } from '../address.js';
import type { Word } from '../word.js';
import type { Directive, NginxFile } from './parse.js';
import { allDirectives } from './walk.js';
import { variablesIn } from './variables.js';

/** Variables of a template that the container's environment gives. */
export type Environment = ReadonlyMap<string, string>;

/** What a word can mean once its variables are replaced by the values that `set`, `map` and the environment give them. */
export interface Expanded {
  readonly pieces: Pieces;
  /** Whether nginx itself sees a variable in it. */
  readonly variable: boolean;
}

export type Expand = (directive: Directive, word: Word) => readonly Expanded[];

/** Prepares to replace the variables of one file. A variable without one plain value stays as it is written. */
export function variableValues(file: NginxFile, environment: Environment): Expand {
  const sets = new Map<string, Map<Directive | undefined, Directive>>();
  const maps = new Map<string, Word[]>();
  for (const directive of allDirectives(file.directives)) {
    const [first, second] = directive.args;
    if (directive.name.value === 'set' && first) {
      const name = variableName(first);
      sets.set(name, (sets.get(name) ?? new Map<Directive | undefined, Directive>()).set(directive.parent, directive));
    }
    if (directive.name.value === 'map' && second) {
      for (const entry of directive.block?.directives ?? []) {
        const value = entry.args.at(-1);
        if (value && !reservedInMap.has(entry.name.value)) add(maps, variableName(second), value);
      }
    }
  }

  const assigned = (name: string, from: Directive): Directive | undefined => {
    const byBlock = sets.get(name);
    for (let scope: Directive | undefined = from; scope && byBlock; scope = scope.parent) {
      const found = byBlock.get(scope.parent);
      if (found) return found;
    }
    return byBlock?.size === 1 ? [...byBlock.values()][0] : undefined;
  };

  return (directive, word) => {
    let alternatives: Expansion[] = [{ pieces: [], variable: false }];
    let done = 0;
    for (const use of variablesIn(word.value)) {
      const text = environment.get(use.name);
      const set = text === undefined ? assigned(use.name.toLowerCase(), directive)?.args[1] : undefined;
      const values = set ? [set] : (maps.get(use.name.toLowerCase()) ?? []);
      const plain = values.filter((value) => !value.value.includes('$')).slice(0, mostAlternatives);
      const before: Piece = { text: word.value.slice(done, use.start), word, from: done };
      const asWritten: Piece = { text: word.value.slice(use.start, use.end), word, from: use.start };
      const choices: readonly Piece[] =
        text !== undefined
          ? [{ text, word, from: use.start, until: use.end }]
          : plain.length > 0
            ? plain.map((value) => ({ text: value.value, word: value, from: 0 }))
            : [asWritten];
      alternatives = alternatives
        .flatMap((one) =>
          choices.map((choice) => ({
            pieces: [...one.pieces, before, choice],
            variable: one.variable || text === undefined,
          })),
        )
        .slice(0, mostAlternatives);
      done = use.end;
    }
    const rest: Piece = { text: word.value.slice(done), word, from: done };
    return alternatives.map((one) => ({ pieces: joinPieces(word, [...one.pieces, rest]), variable: one.variable }));
  };
}

/** A `map` with thousands of entries is no list of backends. */
const mostAlternatives = 64;

const reservedInMap: ReadonlySet<string> = new Set(['hostnames', 'volatile', 'include']);

interface Expansion {
  readonly pieces: readonly Piece[];
  readonly variable: boolean;
}

/** nginx reads the names of variables without regard to case. */
function variableName(word: Word): string {
  return word.value.replace(/^\$/, '').toLowerCase();
}

function add<T>(index: Map<string, T[]>, name: string, value: T): void {
  const list = index.get(name);
  if (list) list.push(value);
  else index.set(name, [value]);
}
