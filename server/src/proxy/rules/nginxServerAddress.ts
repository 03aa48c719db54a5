import { replaceText } from '../fixes.js';
import type { Address } from '../upstream.js';
import type { NginxRule } from '../rule.js';

export const nginxServerAddress: NginxRule = {
  id: 'nginx-server-address',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A server of an upstream is a host with a port, and nothing else.',
    why: 'nginx refuses a scheme or a path there, and a port that is no port. In `stream` the port is required.',
    bad: 'upstream api {\n  server http://api:8000;\n}\n',
    good: 'upstream api {\n  server api:8000;\n}\n',
    tool: 'invalid host in upstream "http://api:8000"',
  },
  *check({ model }) {
    for (const group of model.groups) {
      for (const { address } of group.servers) {
        const fault = faultOf(address, group.layer === 'stream');
        if (fault === undefined) continue;
        const bare = /^[a-z]+:\/\/([^/]+)\/?$/i.exec(address.text)?.[1];
        yield {
          at: address.at,
          message: `${fault}: nginx refuses the file.`,
          fixes: bare !== undefined ? replaceText(address.at, bare) : [],
        };
      }
    }
  },
};

function faultOf(address: Address, portNeeded: boolean): string | undefined {
  if (address.sort === 'variable' || address.sort === 'unix' || address.port?.text.includes('$')) return undefined;
  if (/^[a-z]+:\/\//i.test(address.text)) return `\`${address.text}\` has a scheme, and a server is a host and a port`;
  if (address.host.includes('/') || address.port?.text.includes('/')) {
    return `\`${address.text}\` has a path, and a server is a host and a port`;
  }
  if (address.host === '') return `\`${address.text}\` has no host`;
  if (address.sort === 'ip' && address.host.includes(':') && !address.host.startsWith('[')) {
    return `\`${address.text}\` is an IPv6 address without its brackets`;
  }
  if (address.port && address.port.number === undefined) return `\`${address.port.text}\` is no port`;
  if (portNeeded && !address.port) return `\`${address.text}\` has no port, which a stream needs`;
  return undefined;
}
