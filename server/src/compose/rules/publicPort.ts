import { parsePort } from '../model/port.js';
import { items, str, written, get, type Value } from '../model/value.js';
import { replaceWord, type Fixes } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const publicPort: ServiceRule = {
  id: 'public-port',
  scope: 'service',
  severity: 'info',
  targets: ['compose'],
  off: true,
  docs: {
    summary: 'The port is open on all addresses of the host.',
    why: "Docker opens published ports past the host's own firewall rules. With `127.0.0.1:` in front, only the host itself can connect.",
    bad: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "5432:5432"\n',
    good: 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "127.0.0.1:5432:5432"\n',
  },
  *check({ value }) {
    for (const port of items(get(value, 'ports'))) {
      if (!isPublic(port)) continue;
      yield {
        at: port.at,
        message: 'This port is open on all addresses of the host. Put `127.0.0.1:` in front to keep it there.',
        fixes: onLoopback(port),
      };
    }
  },
};

function onLoopback(port: Value): Fixes {
  if (port.kind !== 'scalar' || port.interpolated) return [];
  const text = String(port.value);
  const ip = parsePort(text, 'compose').value?.ip;
  if (ip !== undefined || written(port.at).replace(/^["']|["']$/g, '') !== text) return [];
  return replaceWord(port.at, `127.0.0.1:${text}`, undefined, { preferred: false });
}

function isPublic(port: Value): boolean {
  if (port.kind === 'map') return !get(port, 'host_ip') && get(port, 'published') !== undefined;
  const parsed = parsePort(str(port) ?? '', 'compose').value;
  return parsed?.published !== undefined && (parsed.ip === undefined || parsed.ip === '0.0.0.0' || parsed.ip === '::');
}
