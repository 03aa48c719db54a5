import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { proxyLines } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyTimeouts: HaproxyRule = {
  id: 'haproxy-timeouts',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Timeouts have names and values that HAProxy reads.',
    why: 'HAProxy refuses an unknown timeout and a time it cannot read: it knows `us`, `ms`, `s`, `m`, `h` and `d`.',
    bad: 'defaults\n  timeout conection 5s\n',
    good: 'defaults\n  timeout connect 5s\n',
    tool: "unknown timeout 'conection'",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      const [name, value] = line.args;
      if (line.keyword.value !== 'timeout' || name === undefined) continue;
      if (!known.has(name.value)) {
        const meant = closest(name.value, known);
        yield {
          at: name,
          message: `HAProxy knows no timeout \`${name.value}\` and refuses the file.${didYouMean(meant)}`,
        };
      } else if (value === undefined) {
        yield { at: name, message: `\`timeout ${name.value}\` needs a time: HAProxy refuses the file.` };
      } else if (!/^\d+(?:$|us|[smhd])/.test(value.value) && !value.value.includes('$')) {
        yield { at: value, message: `\`${value.value}\` is no time such as \`30s\`: HAProxy refuses the file.` };
      }
    }
  },
};

const known: ReadonlySet<string> = new Set([
  'check',
  'client',
  'client-fin',
  'client-hs',
  'clitimeout',
  'connect',
  'contimeout',
  'http-keep-alive',
  'http-request',
  'queue',
  'server',
  'server-fin',
  'srvtimeout',
  'tarpit',
  'tunnel',
]);
