import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { definedIn } from '../nginx/definitions.js';
import { definesAll, nginxFiles } from '../nginx/includes.js';
import type { Directive } from '../nginx/parse.js';
import { builtInVariables, isBuiltInVariable, variablesIn } from '../nginx/variables.js';
import { placedDirectives } from '../nginx/walk.js';
import { partOf, type Word } from '../word.js';
import type { NginxRule } from '../rule.js';

export const nginxUnknownVariable: NginxRule = {
  id: 'nginx-unknown-variable',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Every variable is one that nginx or the configuration defines.',
    why: 'nginx refuses a value with an unknown variable. Where other files may define it, this is only a warning.',
    bad: 'location / {\n  proxy_pass http://api:8000;\n  proxy_set_header Host $hostt;\n}\n',
    good: 'location / {\n  proxy_pass http://api:8000;\n  proxy_set_header Host $host;\n}\n',
    tool: 'unknown "hostt" variable',
  },
  *check(config, context) {
    const { file, place, template } = config;
    const files = nginxFiles(file, context.siblings);
    if (template || files.some((one) => one.directives.some((directive) => directive.name.value === 'load_module')))
      return;
    const defined = new Set(files.flatMap((one) => Array.from(definedIn(one), (name) => name.toLowerCase())));
    const sure = definesAll(config, context);
    const whole = (layer: 'http' | 'stream'): readonly string[] =>
      [...builtInVariables[layer], ...defined].filter((known) => !known.endsWith('_'));
    const candidates = { http: whole('http'), stream: whole('stream') };
    for (const placed of placedDirectives(file, place)) {
      const first = evaluated.get(placed.directive.name.value);
      if (first === undefined) continue;
      const layer = placed.place === 'S' || placed.place === 'H' ? 'stream' : 'http';
      for (const word of valuesOf(placed.directive, first)) {
        for (const use of variablesIn(word.value)) {
          const name = use.name.toLowerCase(); // nginx reads names without regard to case
          if (defined.has(name) || isBuiltInVariable(name, layer)) continue;
          const meant = closest(name, candidates[layer]);
          if (!sure && (meant === undefined || /^[A-Z][A-Z0-9_]*$/.test(use.name))) continue; // another file or envsubst gives it
          const at = partOf(word, use.start, use.end);
          const text = word.value.slice(use.start, use.end).replace(use.name, meant ?? use.name);
          yield {
            at,
            message: `Nothing defines \`$${use.name}\`${sure ? ': nginx refuses the file' : ' here, and nginx does not know it'}.${didYouMean(meant && `$${meant}`)}`,
            ...(!sure && { severity: 'warning' }),
            fixes: meant ? replaceText(at, text, `Change to \`$${meant}\``) : [],
          };
        }
      }
    }
  },
};

/** Directives whose arguments, from the given one on, are values with variables; in the others `$` may belong to a regular expression. */
const evaluated: ReadonlyMap<string, number> = new Map([
  ['proxy_pass', 0],
  ['grpc_pass', 0],
  ['fastcgi_pass', 0],
  ['uwsgi_pass', 0],
  ['scgi_pass', 0],
  ['proxy_set_header', 1],
  ['grpc_set_header', 1],
  ['fastcgi_param', 1],
  ['uwsgi_param', 1],
  ['scgi_param', 1],
  ['add_header', 1],
  ['return', 0],
  ['root', 0],
  ['alias', 0],
  ['try_files', 0],
  ['set', 1],
  ['rewrite', 1],
  ['log_format', 1],
  ['access_log', 0],
  ['limit_req_zone', 0],
  ['limit_conn_zone', 0],
  ['proxy_cache_key', 0],
  ['proxy_redirect', 1],
  ['proxy_ssl_name', 0],
  ['if', 0],
  ['map', 0],
  ['split_clients', 0],
]);

/** A `map` has values in its block as well. */
function* valuesOf({ name, args, block }: Directive, first: number): Generator<Word> {
  if (name.value === 'if') {
    // What comes behind the operator may be a regular expression.
    yield* args.slice(0, /^\(?!?-\w$/.test(args[0]?.value ?? '') ? 2 : 1);
    return;
  }
  yield* args.slice(first);
  if (name.value === 'map') for (const entry of block?.directives ?? []) yield* entry.args;
}
