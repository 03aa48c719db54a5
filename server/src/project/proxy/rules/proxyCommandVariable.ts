import { replaceText } from '../../../compose/rules/fixes.js';
import type { ScalarValue } from '../../../compose/model/value.js';
import { targets } from '../../../compose/target.js';
import { isBuiltInVariable } from '../../../proxy/nginx/variables.js';
import { wordIn } from '../command.js';
import type { LinkRule } from './rule.js';

export const proxyCommandVariable: LinkRule = {
  id: 'proxy-command-variable',
  scope: 'link',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A `$` that is meant for the container is written twice.',
    why: 'Compose replaces variables in `command` and `entrypoint` before anything runs: `$host` becomes empty, and the names of variables given to `envsubst` become their values, so that it replaces nothing.',
    bad: `services:
  web:
    image: nginx:1.27
    command: /bin/sh -c "envsubst '$\{API_PORT:-}' < /tmp/site.conf > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"
`,
    good: `services:
  web:
    image: nginx:1.27
    command: /bin/sh -c "envsubst '$$\{API_PORT}' < /tmp/site.conf > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"
`,
  },
  *check({ kind, command }) {
    if (kind !== 'nginx') return;
    for (const scalar of command.scalars) {
      for (const { name, written, occurrence, listed } of variables(scalar)) {
        if (!listed && !isBuiltInVariable(name, 'http')) continue;
        const at = wordIn(scalar, occurrence, written);
        const whole = at.block.text.slice(at.start, at.end) === written;
        const loss = listed ? '`envsubst` gets its value and not its name' : 'nginx never sees it';
        yield {
          at,
          message: `Compose replaces \`${written}\` by itself, so ${loss}: write \`$${written}\`.`,
          fixes: whole ? replaceText({ ...at, end: at.start }, '$', `Change to \`$${written}\``) : [],
        };
      }
    }
  },
};

interface Use {
  readonly name: string;
  readonly written: string;
  /** How many times the same text stands before it. */
  readonly occurrence: number;
  /** Whether it stands in the list of variables of `envsubst`. */
  readonly listed: boolean;
}

/** Variables that Compose replaces, in the author's text. */
function* variables({ text }: ScalarValue): Iterable<Use> {
  const lists = Array.from(text.matchAll(/envsubst\s+(["'])([^"']*)\1/g), ({ 0: all, index }) => ({
    start: index,
    end: index + all.length,
  }));
  for (const match of text.matchAll(/\$\$|\$(?:\{(\w+)(?::?-)?\}|(\w+))/g)) {
    const [written, braced, plain] = match;
    if (written === '$$') continue;
    yield {
      name: braced ?? plain ?? '',
      written,
      occurrence: text.slice(0, match.index).split(written).length - 1,
      listed: lists.some(({ start, end }) => start <= match.index && match.index < end),
    };
  }
}
