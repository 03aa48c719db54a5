import { faultyArgument } from '../nginx/argumentForms.js';
import { factAt, type DirectiveFact } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';

export const nginxDirectiveValue: NginxRule = {
  id: 'nginx-directive-value',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Switches, numbers, sizes and times are written as nginx reads them.',
    why: 'nginx refuses the file otherwise. A switch is `on` or `off`; a size is `10m`, not `10MB`; a time is `30s`, not `30sec`.',
    bad: 'server {\n  listen 80;\n  client_max_body_size 10MB;\n}\n',
    good: 'server {\n  listen 80;\n  client_max_body_size 10m;\n}\n',
    tool: '"client_max_body_size" directive invalid value',
  },
  *check({ file, place, template }) {
    for (const placed of placedDirectives(file, place)) {
      const fault = template ? undefined : faultyArgument(placed.directive, placed.place);
      if (fault) {
        yield {
          at: fault.word,
          message: `\`${fault.word.value}\` is not for this place of \`${placed.directive.name.value}\`: nginx expects ${fault.expects} and refuses the file.`,
        };
        continue;
      }
      const [argument] = placed.directive.args;
      const name = placed.directive.name.value;
      const kind = factAt(name, placed.place)?.value;
      if (kind === undefined || argument === undefined || argument.value.includes('$')) continue;
      const wanted = wants(kind);
      if (wanted === undefined || wanted.pattern.test(argument.value)) continue;
      yield {
        at: argument,
        message: `\`${argument.value}\` is no value for \`${name}\`: nginx expects ${wanted.words} and refuses the file.`,
      };
    }
  },
};

function wants(
  kind: NonNullable<DirectiveFact['value']>,
): { readonly pattern: RegExp; readonly words: string } | undefined {
  switch (kind) {
    case 'flag':
      return { pattern: /^(on|off)$/i, words: '`on` or `off`' };
    case 'number':
      return { pattern: /^\d+$/, words: 'a number' };
    case 'size':
      return { pattern: /^\d+[kmg]?$/i, words: 'a size such as `10m`' };
    case 'time':
      return { pattern: /^(\d+(ms|[yMwdhms])? *)+$/, words: 'a time such as `30s`' };
    case 'text':
    case 'word':
    case 'buffers':
      return undefined;
  }
}
