import { replaceText } from '../fixes.js';
import { proxyLines } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyBind: HaproxyRule = {
  id: 'haproxy-bind',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: '`bind` has a port.',
    why: 'HAProxy refuses `bind *` and `bind * :80`: the address and the port are one word, `*:80`.',
    bad: 'frontend web\n  bind * :80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind *:80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    tool: "missing port specification in '*'",
  },
  *check({ file }) {
    for (const line of proxyLines(file)) {
      if (line.keyword.value !== 'bind') continue;
      const [word, next] = line.args;
      if (word === undefined) {
        yield { at: line.keyword, message: '`bind` needs an address and a port: HAProxy refuses the file.' };
        continue;
      }
      for (const part of word.value.split(',')) {
        const address = part.replace(/^(?:ipv[46]|tcp[46]?|udp[46]?|quic[46]|mptcp[46]?)@/, '');
        if (/^\/|\$|^(?:unix|abns[a-z]*|fd|sockpair|rhttp|udp|uxst|uxdg|ring)@/.test(address)) continue;
        const port = /:([^:]*)$/.exec(address)?.[1];
        const range = port === undefined ? null : /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(port);
        if (range && Number(range[1]) <= 65535 && Number(range[2] ?? 0) <= 65535) continue;
        const joined = next?.value.startsWith(':') && !address.includes(':') ? next : undefined;
        yield {
          at: word,
          message:
            port === undefined
              ? `\`${part}\` has no port: HAProxy refuses the file.`
              : /^\d+\D/.test(port)
                ? `\`${port}\` is no port: HAProxy 2.6 listens on ${parseInt(port, 10)}, others may refuse the file.`
                : `\`${port}\` is no port: HAProxy refuses the file.`,
          ...(port !== undefined && /^\d+\D/.test(port) && { severity: 'warning' }),
          fixes: joined ? replaceText({ start: word.end, end: joined.start }, '', 'Join the address and the port') : [],
        };
      }
    }
  },
};
