import type { Directive, NginxFile } from './parse.js';
import { allDirectives } from './walk.js';

/** The names of the variables that a file defines, without the `$`. */
export function* definedIn(file: NginxFile): Generator<string> {
  for (const directive of allDirectives(file.directives)) {
    yield* definedBy(directive);
    for (const word of directive.args) {
      for (const capture of word.value.matchAll(/\(\?(?:P?<(\w+)>|'(\w+)')/g)) yield capture[1] ?? capture[2] ?? '';
    }
  }
}

function* definedBy(directive: Directive): Generator<string> {
  const position = definitions.get(directive.name.value);
  const arg = position === undefined ? undefined : directive.args.at(position);
  if (arg) yield arg.value.replace(/^\$/, '');
  if (directive.name.value.startsWith('set_')) yield (directive.args[0]?.value ?? '').replace(/^\$/, '');
}

/** Which argument names the variable that a directive defines. */
const definitions: ReadonlyMap<string, number> = new Map([
  ['set', 0],
  ['map', 1],
  ['geo', -1],
  ['split_clients', 1],
  ['auth_request_set', 0],
  ['perl_set', 0],
  ['js_set', 0],
  ['js_var', 0],
  ['secure_link_secret', 0],
]);
