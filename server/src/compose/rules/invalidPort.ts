import { isIpAddress, parsePort, parsePortRange } from '../model/port.js';
import { readScalar } from '../syntax/yamlScalar.js';
import { get, isPlain, items, str, known, num, type ScalarValue, type Value } from '../model/value.js';
import { targets, refuses, type Target } from '../target.js';
import { nearest } from '../schema/distance.js';
import { replaceText, replaceWord } from './fixes.js';
import { misread, softer, within } from './grammar.js';
import type { Finding, ServiceRule } from './rule.js';

export const invalidPort: ServiceRule = {
  id: 'invalid-port',
  scope: 'service',
  readFirst: true,
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
    yield* bareIpv6(item);
    return;
  }
  if (isPlain(item) && readScalar(item.text).kind === 'float') {
    yield { at: item.at, message: `\`${item.text}\` is no whole number to YAML: ${refuses[target]}.` };
    return;
  }
  const { problem } = parsePort(String(item.value), target);
  if (problem) yield { at: item.at, message: `${problem.message} ${refuses[target]}.` };
}

/** Only the newest docker reads an IPv6 address without brackets. */
function* bareIpv6(item: ScalarValue): Iterable<Finding> {
  const address = /^([0-9a-fA-F:.]*:[0-9a-fA-F:.]*):\d[\d-]*:\d[^:]*$/.exec(item.text)?.[1];
  if (address === undefined || !isIpAddress(address)) return;
  const at = within(item, { start: 0, end: address.length });
  const fixes = replaceText(at, `[${address}]`, 'Put it in brackets');
  yield {
    at,
    message: `Many releases of docker refuse \`${address}\` without brackets.`,
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
    const last = Number(/\d+$/.exec(text)?.[0] ?? 0);
    if (problem) {
      const message = `${problem.message} docker compose cannot start the service.`;
      yield { at: within(published, problem), message, severity: 'warning' };
    } else if (last > 65535) yield tooHigh(published, last);
  } else {
    const high = num(published);
    if (published && high !== undefined && high > 65535) yield tooHigh(published, high);
  }
  yield* unknownWord(item, 'protocol', ['tcp', 'udp', 'sctp']);
  if (target === 'stack') {
    yield* unknownWord(item, 'mode', ['ingress', 'host']);
    if (!port)
      yield { at: item.at, message: 'Without a `target` no port of the container is published.', severity: 'warning' };
  }
  const ip = get(item, 'host_ip');
  const address = str(ip);
  if (target === 'compose' && ip && address && !isIpAddress(address)) {
    yield { at: ip.at, message: `\`${address}\` is no IP address: ${refuses.compose}.`, ...softer(ip) };
  }
}

function tooHigh(published: Value, port: number): Finding {
  return {
    at: published.at,
    message: `Port ${port} is above 65535: nothing can be published there.`,
    severity: 'warning',
  };
}

function* unknownWord(item: Value, key: string, words: readonly string[]): Iterable<Finding> {
  const word = known(get(item, key));
  if (typeof word?.value !== 'string' || word.value === '' || words.includes(word.value.toLowerCase())) return;
  const meant = nearest(word.value.toLowerCase(), words)[0];
  yield {
    at: word.at,
    message: `\`${word.value}\` is no ${key} of a port: write ${words.map((it) => `\`${it}\``).join(' or ')}. The Engine refuses it or takes \`${words[0] ?? ''}\`.`,
    severity: 'warning',
    fixes: meant && !word.interpolated ? replaceWord(word.at, meant) : [],
  };
}
