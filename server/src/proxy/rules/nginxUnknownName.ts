import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import type { NginxFile } from '../nginx/parse.js';
import { definesAll, nginxFiles } from '../nginx/includes.js';
import { placedDirectives, allDirectives } from '../nginx/walk.js';
import type { Word } from '../word.js';
import type { NginxRule } from '../rule.js';

export const nginxUnknownName: NginxRule = {
  id: 'nginx-unknown-name',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A log format or cache zone that is used is declared.',
    why: 'nginx refuses `access_log` with a format, and `proxy_cache` with a zone, that nothing declares.',
    bad: 'events {}\nhttp {\n  log_format main "$remote_addr $status";\n  access_log /dev/null mian;\n}\n',
    good: 'events {}\nhttp {\n  log_format main "$remote_addr $status";\n  access_log /dev/null main;\n}\n',
    tool: 'unknown log format "mian"',
  },
  *check(config, context) {
    if (!definesAll(config, context)) return;
    const { file, place } = config;
    const files = nginxFiles(file, context.siblings);
    const formats = new Set(['combined', ...files.flatMap((one) => [...declared(one, 'log_format', formatName)])]);
    const zones = new Set(files.flatMap((one) => [...declared(one, /_cache_path$/, zoneName)]));
    for (const placed of placedDirectives(file, place)) {
      const { name, args } = placed.directive;
      const [first, second] = args;
      let used: Word | undefined;
      let known: ReadonlySet<string> = formats;
      let what = 'log format';
      if (name.value === 'access_log' && first?.value !== 'off' && second && !/[=$]/.test(second.value)) used = second;
      else if (/^(?:proxy|fastcgi|uwsgi|scgi)_cache$/.test(name.value) && first && !/^off$|\$/.test(first.value)) {
        [used, known, what] = [first, zones, 'cache zone'];
      }
      if (!used || known.has(used.value)) continue;
      const meant = closest(used.value, known);
      yield {
        at: used,
        message: `Nothing declares the ${what} \`${used.value}\`: nginx refuses the file.${didYouMean(meant)}`,
        fixes: meant ? replaceText(used, meant) : [],
      };
    }
  },
};

function* declared(
  file: NginxFile,
  name: string | RegExp,
  read: (args: readonly Word[]) => string | undefined,
): Iterable<string> {
  for (const directive of allDirectives(file.directives)) {
    const { value } = directive.name;
    if (typeof name === 'string' ? value !== name : !name.test(value)) continue;
    const found = read(directive.args);
    if (found !== undefined) yield found;
  }
}

function formatName([name]: readonly Word[]): string | undefined {
  return name?.value;
}

function zoneName(args: readonly Word[]): string | undefined {
  return args.map(({ value }) => /^keys_zone=([^:]*)/.exec(value)?.[1]).find((it) => it !== undefined);
}
