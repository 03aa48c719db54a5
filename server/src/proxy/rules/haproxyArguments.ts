import { faultOf } from '../haproxy/shapeParts.js';
import { shapeOf } from '../haproxy/shapes.js';
import { isProxySection, type Section } from '../haproxy/parse.js';
import type { Finding, HaproxyRule } from '../rule.js';

export const haproxyArguments: HaproxyRule = {
  id: 'haproxy-arguments',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'After a keyword stand the words that it takes.',
    why: 'HAProxy refuses a line with a word too many or too few, with an option it does not know, or with text where a number or a time belongs.',
    bad: 'backend api\n  cookie SRV insert indirekt nocache\n  server api1 api:8000 cookie a\n',
    good: 'backend api\n  cookie SRV insert indirect nocache\n  server api1 api:8000 cookie a\n',
    tool: "'cookie' supports 'rewrite', 'insert', 'prefix', 'indirect', …",
  },
  *check({ file }) {
    for (const section of file.sections) {
      yield* checkHeader(section);
      const kind = isProxySection(section) ? 'proxy' : section.kind;
      for (const { keyword, args, prefix } of section.lines) {
        const [first] = args;
        // `no option …` may have anything behind it.
        if (prefix !== undefined) continue;
        const longer = first && shapeOf(kind, `${keyword.value} ${first.value}`);
        const shape = longer ?? shapeOf(kind, keyword.value);
        const fault = shape && faultOf(shape, longer ? args.slice(1) : args);
        if (!fault) continue;
        const name = longer && first ? `${keyword.value} ${first.value}` : keyword.value;
        const [fine = '', hint] = fault.message.split('. ');
        yield {
          at: fault.at ?? (longer ? first : undefined) ?? keyword,
          message: `\`${name}\`: ${fine}${fault.lenient ? '' : ', and HAProxy refuses the file'}.${hint ? ` ${hint}` : ''}`,
          ...(fault.lenient && { severity: 'warning' }),
        };
      }
    }
  },
};

/** The name of a section, and what follows it: `from DEFAULTS` for proxies, and nothing else. */
function* checkHeader({ kind, header, name }: Section): Generator<Finding> {
  const wrong = name && named.has(kind) ? /[^\w.:-]/.exec(name.value)?.[0] : undefined;
  if (name && wrong !== undefined && !name.value.includes('$')) {
    yield {
      at: name,
      message: `A name of \`${kind}\` may not have \`${wrong}\` in it: HAProxy refuses the file.`,
    };
  }
  const extra = header.args[kind === 'global' ? 0 : 1];
  if (!extra || !closed.has(kind) || (kind !== 'global' && extra.value === 'from')) return;
  yield {
    at: extra,
    message: `\`${extra.value}\` is one word too many behind \`${kind}\`: HAProxy refuses the file.`,
  };
}

const named: ReadonlySet<string> = new Set([
  'frontend',
  'backend',
  'listen',
  'peers',
  'mailers',
  'resolvers',
  'ring',
  'http-errors',
  'userlist',
]);

const closed: ReadonlySet<string> = new Set(['global', 'frontend', 'backend', 'listen', 'peers', 'userlist', 'cache']);
