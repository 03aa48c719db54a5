import { isIp } from '../address.js';
import { isProxySection, type Section } from '../haproxy/parse.js';
import { paramsFrom, readParams } from '../haproxy/model.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyCheckPort: HaproxyRule = {
  id: 'haproxy-check-port',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'A server that is checked has a port.',
    why: 'Without a port in the address, `check` does not know where to connect. HAProxy refuses an IP address like that, and starts with a name.',
    bad: 'backend api\n  server api1 10.0.0.5 check\n',
    good: 'backend api\n  server api1 10.0.0.5:8000 check\n',
    tool: "server 'api1' has neither service port nor check port.",
  },
  *check({ file }) {
    for (const section of file.sections) {
      if (!isProxySection(section) || hasOwnPort(section)) continue;
      for (const line of section.lines) {
        const from = paramsFrom[line.keyword.value];
        const address = from ? line.args[from - 1] : undefined;
        if (address === undefined) continue;
        const host = address.value.replace(/^\w+@/, '');
        if (
          host.includes(':') ||
          host.includes('$') ||
          host.startsWith('/') ||
          /^(unix|abns|sockpair|fd)/.test(address.value)
        )
          continue;
        const names = new Set(readParams(line.args.slice(from)).map((param) => param.name));
        if (!names.has('check') || names.has('port') || names.has('addr') || names.has('track')) continue;
        const sure = isIp(host.replace(/^\[|\]$/g, '')); // for a name HAProxy starts, and the check fails
        yield sure
          ? { at: address, message: `\`${address.value}\` is checked and has no port: HAProxy refuses the file.` }
          : {
              at: address,
              message: `\`${address.value}\` is checked and has no port to connect to.`,
              severity: 'warning',
            };
      }
    }
  },
};

/** `default-server port …` and the lines of a check may give the port. */
function hasOwnPort(section: Section): boolean {
  return section.lines.some(
    (line) =>
      (line.keyword.value === 'default-server' && line.args.some((arg) => arg.value === 'port')) ||
      ((line.keyword.value === 'tcp-check' || line.keyword.value === 'http-check') &&
        line.args.some((arg) => arg.value === 'port')),
  );
}
