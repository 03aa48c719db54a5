import { isIpAddress, parsePort, parsePortRange } from '../model/port.js';
import { get, items, str, type ScalarValue, type Value } from '../model/value.js';
import { targets, type Target } from '../target.js';
import { replaceText } from './fixes.js';
import { misread, refuses, softer, within } from './grammar.js';
import { num } from './look.js';
import type { Finding, ServiceRule } from './rule.js';

export const invalidPort: ServiceRule = {
  id: 'invalid-port',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A port cannot be read.',
    why: 'The short form is `[[IP:]PUBLISHED:]TARGET[/PROTOCOL]`, with ports up to 65535 and ranges of equal length.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "8080:80/http"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "8080:80/tcp"\n',
    tool: 'Invalid proto: http',
  },
  *check({ value }, { target }) {
    for (const item of items(get(value, 'ports'))) {
      if (item.kind === 'map') yield* longForm(item, target);
      else yield* shortForm(item, target);
    }
  },
};

function* shortForm(item: Value, target: Target): Iterable<Finding> {
  if (item.kind !== 'scalar') return;
  if (typeof item.value !== 'number') {
    yield* misread(item, (text) => parsePort(text, target), `${refuses[target]}.`);
    yield* bareIpv6(item, target);
    return;
  }
  const { problem } = parsePort(String(item.value), target);
  if (problem) yield { at: item.at, message: `${problem.message} ${refuses[target]}.` };
}

/** Only docker compose of 2026 and docker stack read an IPv6 address without brackets. */
function* bareIpv6(item: ScalarValue, target: Target): Iterable<Finding> {
  const address = /^([0-9a-fA-F:.]*:[0-9a-fA-F:.]*):\d[\d-]*:\d[^:]*$/.exec(item.text)?.[1];
  if (target === 'stack' || address === undefined || !isIpAddress(address)) return;
  const at = within(item, { start: 0, end: address.length });
  const fixes = replaceText(at, `[${address}]`, 'Put it in brackets');
  yield {
    at,
    message: `Many releases of docker compose refuse \`${address}\` without brackets.`,
    severity: 'warning',
    fixes,
  };
}

function* longForm(item: Value, target: Target): Iterable<Finding> {
  const port = get(item, 'target');
  if (target === 'compose' && !port) {
    yield { at: item.at, message: `A port needs its \`target\`, the port in the container: ${refuses.compose}.` };
  }
  const number = num(port);
  if (port && number !== undefined && number < 0) {
    yield { at: port.at, message: `Port ${number} is negative: ${refuses[target]}.` };
  } else if (port && number !== undefined && (number > 65535 || number === 0)) {
    yield { at: port.at, message: `Port ${number} is no port: the Engine refuses the service.`, severity: 'warning' };
  }
  const published = get(item, 'published');
  const text = str(published);
  if (published?.kind === 'scalar' && text && !published.unset) {
    const { problem } = parsePortRange(text);
    if (problem) {
      const message = `${problem.message} docker compose cannot start the service.`;
      yield { at: within(published, problem), message, severity: 'warning' };
    }
  }
  const ip = get(item, 'host_ip');
  const address = str(ip);
  if (target === 'compose' && ip && address && !isIpAddress(address)) {
    yield { at: ip.at, message: `\`${address}\` is no IP address: ${refuses.compose}.`, ...softer(ip) };
  }
}
