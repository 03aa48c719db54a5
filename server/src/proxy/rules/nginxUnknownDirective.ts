import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { commercialDirectives, isModuleDirective } from '../nginx/foreign.js';
import { nginxFiles } from '../nginx/includes.js';
import { directives } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';

export const nginxUnknownDirective: NginxRule = {
  id: 'nginx-unknown-directive',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Every directive is one that nginx knows.',
    why: 'nginx refuses a configuration with an unknown directive. A directive of a well-known module is right only where the image carries the module, and where any module is loaded, this is only a warning.',
    bad: 'location / {\n  proxypass http://api:8000;\n}\n',
    good: 'location / {\n  proxy_pass http://api:8000;\n}\n',
    tool: 'unknown directive "proxypass"',
  },
  *check({ file, place }, { official, siblings }) {
    const modules = nginxFiles(file, siblings).some((one) =>
      one.directives.some((directive) => directive.name.value === 'load_module'),
    );
    for (const { directive } of placedDirectives(file, place)) {
      const { value } = directive.name;
      if (directives.has(value) || value === '' || commercialDirectives.has(value)) continue;
      if (isModuleDirective(value)) {
        if (modules) continue;
        yield {
          at: directive.name,
          message: `\`${value}\` comes from a module that nginx does not carry itself: the official image refuses the file.`,
          severity: official === true ? 'error' : 'info',
        };
        continue;
      }
      if (value.includes('$') || value.includes('{{')) continue; // what another program will have put here
      const meant = invented.get(value) ?? closest(value, directives.keys());
      yield {
        at: directive.name,
        message: `nginx knows no directive \`${value}\` and refuses the file.${didYouMean(meant)}`,
        ...(modules && { severity: 'warning' }),
        fixes: meant ? replaceText(directive.name, meant) : [],
      };
    }
  },
};

/** Names people make up or bring from elsewhere. */
const invented: ReadonlyMap<string, string> = new Map([
  ['least_connections', 'least_conn'],
  ['leastconn', 'least_conn'],
  ['sticky_session', 'ip_hash'],
  ['proxy_timeout_read', 'proxy_read_timeout'],
]);
