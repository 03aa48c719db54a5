import { factAt, placeInside, type Place } from '../nginx/directives.js';
import { firstInBlock } from '../nginx/firstInBlock.js';
import { placedDirectives } from '../nginx/walk.js';
import type { Directive } from '../nginx/parse.js';
import type { NginxRule } from '../rule.js';

export const nginxRepeatedDirective: NginxRule = {
  id: 'nginx-repeated-directive',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A directive that may stand once in a block stands there once.',
    why: 'nginx refuses a second `proxy_pass`, `root` or `client_max_body_size` in the same block.',
    bad: 'location / {\n  proxy_pass http://api:8000;\n  proxy_pass http://web:8000;\n}\n',
    good: 'location / {\n  proxy_pass http://api:8000;\n}\nlocation /web/ {\n  proxy_pass http://web:8000;\n}\n',
    tool: '"proxy_pass" directive is duplicate',
  },
  *check({ file, place }) {
    const firstOf = firstInBlock();
    for (const placed of placedDirectives(file, place)) {
      const { directive } = placed;
      if (!standsOnce(directive.name.value, placed.place)) continue;
      const first = firstOf(directive, settingOf(directive));
      if (!first) continue;
      yield {
        at: directive.name,
        message: `A second \`${directive.name.value}\` in the same block: nginx refuses the file.`,
        near: [{ at: first.name, message: 'The first one is here.' }],
      };
    }
  },
};

/** What a directive sets: a `log_format` sets the format of its name. */
function settingOf({ name: { value }, args }: Directive): string {
  return value === 'log_format' ? `${value} ${args[0]?.value ?? ''}` : (sameSetting.get(value) ?? value);
}

/** `alias` and `root` are one setting to nginx. */
const sameSetting: ReadonlyMap<string, string> = new Map([['alias', 'root']]);

const once: ReadonlySet<string> = new Set([
  'proxy_pass',
  'grpc_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'memcached_pass',
  'root',
  'alias',
  'events',
  'http',
  'stream',
  'worker_processes',
  'worker_connections',
  'try_files',
  'keepalive',
  'keepalive_timeout',
  'auth_basic',
  'auth_basic_user_file',
  'charset',
  'disable_symlinks',
  'expires',
  'internal',
  'open_file_cache',
  'proxy_cache',
  'proxy_cache_key',
  'fastcgi_cache',
  'fastcgi_cache_key',
  'resolver',
  'use',
  'log_format',
]);

function standsOnce(name: string, place: Place): boolean {
  if (once.has(name)) return true;
  if (placeInside(name, place)) return false;
  return factAt(name, place)?.value !== undefined;
}
