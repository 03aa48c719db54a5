import { isWritten, namedDestinations } from '../destinations.js';
import { insertText, replaceText } from '../fixes.js';
import { findName } from '../neighbourhood.js';
import { portOf, type Address } from '../upstream.js';
import type { CommonRule, Fix } from '../rule.js';

export const proxyWrongPort: CommonRule = {
  id: 'proxy-wrong-port',
  severity: 'warning',
  proxy: 'any',
  docs: {
    summary: 'A port is one that the container listens on.',
    why: 'Between containers the container port counts. The published port is for the host; on the network nothing answers there, and requests end with 502.',
    bad: '# api has ports: ["8080:8000"]\nserver {\n  location / {\n    proxy_pass http://api:8080;\n  }\n}\n',
    good: '# api has ports: ["8080:8000"]\nserver {\n  location / {\n    proxy_pass http://api:8000;\n  }\n}\n',
    tool: 'connect() failed (111: Connection refused)',
  },
  *check(config, context) {
    const { neighbourhood } = context;
    if (neighbourhood === undefined) return;
    for (const { address } of namedDestinations(config, context)) {
      const peer = findName(neighbourhood, address.host)?.peer;
      const port = portOf(address);
      if (peer === undefined || port === undefined || peer.ports.length === 0) continue;
      if (peer.ports.some((known) => known.port === port)) continue;
      const certain = peer.ports.filter((known) => known.certain);
      const listed = (certain.length > 0 ? certain : peer.ports).map((known) => known.port);
      const published = peer.publishedPorts.find((mapping) => mapping.published === port);
      const right = published?.target ?? (listed.length === 1 ? listed[0] : undefined);
      const related = [{ service: peer.service, message: 'Its ports are written here.' }];
      const at = address.port?.at ?? address.hostAt;
      const fixes =
        right === undefined || !isWritten(config, at, address.port?.text ?? address.host)
          ? []
          : changePort(address, right);
      if (published) {
        yield {
          at: address.port?.at ?? address.at,
          message: `${port} is the port that \`${peer.service}\` publishes on the host; between containers it is ${published.target}.`,
          related,
          fixes,
        };
      } else {
        yield {
          at: address.port?.at ?? address.at,
          message: `\`${peer.service}\` ${certain.length > 0 ? 'declares' : 'usually listens on'} ${ports(listed)}, not ${port}${address.port ? '' : ', which is used where none is written'}.`,
          ...(certain.length === 0 && { severity: 'hint' }),
          related,
          fixes,
        };
      }
    }
  },
};

function ports(list: readonly number[]): string {
  return list.length === 1 ? `port ${list[0] ?? ''}` : `the ports ${list.join(', ')}`;
}

function changePort({ port: written, hostAt }: Address, port: number): readonly Fix[] {
  const title = `Change the port to ${port}`;
  return written ? replaceText(written.at, String(port), title) : insertText(hostAt.end, `:${port}`, title);
}
