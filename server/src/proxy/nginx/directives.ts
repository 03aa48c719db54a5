import table from './directives.json';

/**
 * Where a directive may stand: one letter for each kind of block.
 * `m` the file itself, `e` events, `h` http, `s` server, `l` location, `i` if in server, `j` if in location, `x` limit_except, `u` upstream;
 * `H` stream, `S` its server, `U` its upstream; `A` mail, `B` its server.
 */
export type Place = 'm' | 'e' | 'h' | 's' | 'l' | 'i' | 'j' | 'x' | 'u' | 'H' | 'S' | 'U' | 'A' | 'B';

/** What nginx knows about one directive in some places. The commercial edition and other people's modules are not here: see `foreign.ts`. */
export interface DirectiveFact {
  readonly places: string;
  readonly least: number;
  readonly most: number;
  /** How many arguments are right, where that is not everything between `least` and `most`. */
  readonly counts?: ReadonlySet<number>;
  readonly block: boolean;
  /** How nginx reads the value; a directive with such a value may stand once in a block. */
  readonly value?: 'flag' | 'number' | 'size' | 'time' | 'text' | 'word' | 'buffers';
  readonly module: string;
  /** The first release that has it, where later than 1.9. */
  readonly since?: string;
  /** The first release that no longer has it. */
  readonly until?: string;
}

const values: Readonly<Record<string, DirectiveFact['value']>> = {
  f: 'flag',
  n: 'number',
  z: 'size',
  t: 'time',
  s: 'text',
  e: 'word',
  b: 'buffers',
};

/** Every place, which the table writes as `*`. */
export const everywhere = 'mehslijxuHSUAB';

export const directives: ReadonlyMap<string, readonly DirectiveFact[]> = new Map(
  Object.entries(table).map(([name, lines]) => [name, lines.map(readFact)]),
);

/** What nginx knows of a directive in a place; undefined where it may not stand there. */
export function factAt(name: string, place: Place): DirectiveFact | undefined {
  return directives.get(name)?.find(({ places }) => places.includes(place));
}

/** The kind of block a directive opens inside a place; undefined for one whose content is no directives, as `map` or `types`. */
export function placeInside(name: string, place: Place): Place | undefined {
  switch (name) {
    case 'events':
      return 'e';
    case 'http':
      return 'h';
    case 'stream':
      return 'H';
    case 'mail':
      return 'A';
    case 'server':
      return place === 'H' ? 'S' : place === 'A' ? 'B' : 's';
    case 'upstream':
      return place === 'H' ? 'U' : 'u';
    case 'location':
      return 'l';
    case 'limit_except':
      return 'x';
    case 'if':
      return place === 's' ? 'i' : 'j';
    default:
      return undefined;
  }
}

/** Our words for a place, as in "inside `server`". */
export function placeName(place: Place): string {
  return placeNames[place];
}

const placeNames: Readonly<Record<Place, string>> = {
  m: 'the top of the file',
  e: '`events`',
  h: '`http`',
  s: '`server`',
  l: '`location`',
  i: '`if`',
  j: '`if`',
  x: '`limit_except`',
  u: '`upstream`',
  H: '`stream`',
  S: '`server` of `stream`',
  U: '`upstream` of `stream`',
  A: '`mail`',
  B: '`server` of `mail`',
};

/** `places arguments[value][{] module [since][..until]`, where arguments are the digits that are right or `N+`. */
function readFact(line: string): DirectiveFact {
  const [places = '', shape = '', module = '', releases = ''] = line.split(' ');
  const [, digits = '', open, letter, block] = /^(\d*)(\+?)([fnztseb]?)(\{?)$/.exec(shape) ?? [];
  const counts = Array.from(digits, Number);
  const [since = '', until = ''] = releases.split('..');
  const value = letter ? values[letter] : undefined;
  return {
    places: places === '*' ? everywhere : places,
    least: counts[0] ?? 0,
    most: open ? Infinity : (counts.at(-1) ?? 0),
    ...(!open && { counts: new Set(counts) }),
    block: block === '{',
    module,
    ...(value && { value }),
    ...(since && { since }),
    ...(until && { until }),
  };
}
