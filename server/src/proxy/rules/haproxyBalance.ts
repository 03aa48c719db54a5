import { replaceText } from '../fixes.js';
import { didYouMean } from '../../text/words.js';
import { closest } from '../closest.js';
import { proxyLines } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyBalance: HaproxyRule = {
  id: 'haproxy-balance',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: '`balance` names an algorithm of HAProxy.',
    why: 'HAProxy refuses others; nginx writes `least_conn`, HAProxy `leastconn`.',
    bad: 'backend api\n  balance least_conn\n  server api1 api:8000\n',
    good: 'backend api\n  balance leastconn\n  server api1 api:8000\n',
    tool: "balance only supports 'roundrobin', 'static-rr', 'leastconn', …",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      const [word] = line.args;
      if (line.keyword.value !== 'balance' || word === undefined || word.value.includes('$')) continue;
      const name = word.value.replace(/\(.*$/, '');
      if (algorithms.has(name)) continue;
      const meant = closest(name, algorithms);
      yield {
        at: word,
        message: `HAProxy knows no algorithm \`${word.value}\` and refuses the file.${didYouMean(meant)}`,
        fixes: meant ? replaceText(word, meant) : [],
      };
    }
  },
};

const algorithms: ReadonlySet<string> = new Set([
  'roundrobin',
  'static-rr',
  'leastconn',
  'first',
  'source',
  'hash',
  'uri',
  'url_param',
  'hdr',
  'random',
  'rdp-cookie',
  'log-hash',
  'sticky',
  'none',
]);
