import { isProxySection } from '../haproxy/parse.js';
import { isFrom } from '../version.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyRemovedKeyword: HaproxyRule = {
  id: 'haproxy-removed-keyword',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Nothing was removed from the release of HAProxy that runs.',
    why: 'Old tutorials show `reqadd`, `clitimeout` or `option forceclose`. HAProxy 2.1 and later refuse them.',
    bad: 'frontend web\n  bind :80\n  reqadd X-Forwarded-Proto:\\ http\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind :80\n  http-request set-header X-Forwarded-Proto http\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    tool: "The 'reqadd' directive is not supported anymore since HAProxy 2.1.",
  },
  *check({ file }, { version }) {
    for (const section of file.sections) {
      for (const line of section.lines) {
        const option = line.keyword.value === 'option' && isProxySection(section);
        const word = option ? line.args[0] : line.keyword;
        if (word === undefined) continue;
        const removed = (
          option ? options : section.kind === 'global' ? inGlobal : isProxySection(section) ? inProxy : undefined
        )?.get(word.value);
        if (removed === undefined || !isFrom(version, removed.since)) continue;
        yield {
          at: word,
          message: `\`${word.value}\` was removed in HAProxy ${removed.since}, which refuses the file.${removed.instead ? ` Write \`${removed.instead}\` instead.` : ''}`,
        };
      }
    }
  },
};

interface Removed {
  readonly since: string;
  readonly instead?: string;
}

const request: Removed = { since: '2.1', instead: 'http-request …' };
const response: Removed = { since: '2.1', instead: 'http-response …' };

/** Words that releases in use refuse, of lines and of `option`. */
export function isRemoved(word: string): boolean {
  return inProxy.has(word) || inGlobal.has(word) || options.has(word);
}

const inProxy: ReadonlyMap<string, Removed> = new Map<string, Removed>([
  ...['reqadd', 'reqallow', 'reqdel', 'reqdeny', 'reqiallow', 'reqidel', 'reqideny', 'reqipass', 'reqirep'].map(
    (name) => [name, request] as const,
  ),
  ...['reqitarpit', 'reqpass', 'reqrep', 'reqtarpit', 'block'].map((name) => [name, request] as const),
  ...['rspadd', 'rspdel', 'rspdeny', 'rspidel', 'rspideny', 'rspirep', 'rsprep'].map(
    (name) => [name, response] as const,
  ),
  ['clitimeout', { since: '2.1', instead: 'timeout client' }],
  ['contimeout', { since: '2.1', instead: 'timeout connect' }],
  ['srvtimeout', { since: '2.1', instead: 'timeout server' }],
  ['redispatch', { since: '2.1', instead: 'option redispatch' }],
  ['appsession', { since: '1.6', instead: 'stick on' }],
]);

const inGlobal: ReadonlyMap<string, Removed> = new Map<string, Removed>([
  ['nbproc', { since: '2.5', instead: 'nbthread' }],
]);

const options: ReadonlyMap<string, Removed> = new Map<string, Removed>([
  ['forceclose', { since: '2.1', instead: 'option httpclose' }],
  ['http-tunnel', { since: '2.1' }],
]);
