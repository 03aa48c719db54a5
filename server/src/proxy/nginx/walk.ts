import { factAt, placeInside, type Place } from './directives.js';
import type { Directive, NginxFile } from './parse.js';

export interface Placed {
  readonly directive: Directive;
  readonly place: Place;
}

/** Every directive with the kind of block it stands in. What stands in `map`, `types` and the like is no directive and is left out. */
export function* placedDirectives(file: NginxFile, place: Place): Generator<Placed> {
  const stack: { readonly place: Place; readonly rest: Iterator<Directive> }[] = [
    { place, rest: file.directives[Symbol.iterator]() },
  ];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.rest.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    const directive = next.value;
    yield { directive, place: top.place };
    const inside = placeInside(directive.name.value, top.place);
    if (directive.block && inside) stack.push({ place: inside, rest: directive.block.directives[Symbol.iterator]() });
  }
}

/** What kind of block a file's text belongs in, told from the directives at its top: a whole configuration unless none of them may stand there. */
export function guessPlace(file: NginxFile): Place {
  const names = file.directives.map((directive) => directive.name.value);
  if (names.some((name) => name === 'http' || name === 'events' || name === 'stream' || name === 'mail')) return 'm';
  if (file.directives.some(isStreamServer)) return 'H';
  const votes: readonly Place[] = ['h', 's', 'l', 'u', 'm'];
  const fits = (place: Place) => names.filter((name) => factAt(name, place)).length;
  return votes.reduce((best, place) => (fits(place) > fits(best) ? place : best));
}

/** A `server` that passes connections on itself, without a `location`, belongs to `stream`. */
function isStreamServer(directive: Directive): boolean {
  const inside = directive.block?.directives ?? [];
  return (
    directive.name.value === 'server' &&
    inside.some((child) => child.name.value === 'proxy_pass') &&
    !inside.some((child) => child.name.value === 'location')
  );
}

/** The directives inside a block that lie on the way to an offset, outermost first. */
export function directivesAt(file: NginxFile, offset: number): readonly Directive[] {
  const path: Directive[] = [];
  let level = file.directives;
  for (;;) {
    const found = level.find((directive) => directive.start <= offset && offset <= directive.end);
    if (found === undefined) return path;
    path.push(found);
    level = found.block?.directives ?? [];
  }
}

/** Every directive in the order of the text. */
export function* allDirectives(roots: readonly Directive[]): Generator<Directive> {
  const stack = [roots[Symbol.iterator]()];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const next = top.next();
    if (next.done) {
      stack.pop();
      continue;
    }
    yield next.value;
    if (next.value.block) stack.push(next.value.block.directives[Symbol.iterator]());
  }
}
