import { parseExtraHost, parseHostAddress } from '../model/extraHost.js';
import { get, items, members, str } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const extraHosts: ServiceRule = {
  id: 'extra-hosts',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'An extra host has no address, or one that is none.',
    why: 'An item is `HOST=ADDRESS` with an IP address or `host-gateway`. docker compose refuses a host without an address, docker stack drops it; a name in the place of the address is refused by the Engine.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    extra_hosts: [backend]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    extra_hosts: ["backend=10.0.0.5"]\n',
    tool: 'invalid additional host, missing IP: backend',
  },
  *check({ value }, { target }) {
    const hosts = get(value, 'extra_hosts');
    for (const item of items(hosts)) {
      const consequence = target === 'compose' ? `${refuses.compose}.` : 'docker stack deploy drops it without a word.';
      for (const finding of misread(item, (text) => parseExtraHost(text, target), consequence)) {
        yield { ...finding, ...(target === 'stack' ? { severity: 'warning' } : {}) };
      }
      if (item.kind !== 'scalar' || item.unset) continue;
      const wrong = parseExtraHost(str(item) ?? '', target).value?.addresses.find((it) => !it.valid);
      if (wrong) yield { at: item.at, message: engineRefuses(wrong.address), severity: 'warning' };
    }
    for (const { value: written } of members(hosts)) {
      for (const address of written.kind === 'seq' ? written.items : [written]) {
        const text = str(address);
        if (address.kind !== 'scalar' || address.unset || text === undefined || parseHostAddress(text).valid) continue;
        yield { at: address.at, message: engineRefuses(text), severity: 'warning' };
      }
    }
  },
};

function engineRefuses(address: string): string {
  return `\`${address}\` is no IP address: the Engine refuses to start the container.`;
}
