import { entry, isTrue } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const privilegedContainer: ServiceRule = {
  id: 'privileged-container',
  scope: 'service',
  severity: 'info',
  targets: ['compose'],
  docs: {
    summary: 'A privileged container is no boundary.',
    why: '`privileged` gives all rights and all devices of the host. Most programs need one capability (`cap_add`) or one device (`devices`).',
    bad: 'services:\n  vpn:\n    image: nginx:1.27\n    privileged: true\n',
    good: 'services:\n  vpn:\n    image: nginx:1.27\n    cap_add: [NET_ADMIN]\n',
  },
  *check({ value }) {
    const privileged = entry(value, 'privileged');
    if (!privileged || !isTrue(privileged.value)) return;
    yield {
      at: privileged.keyAt,
      message:
        '`privileged` gives the container all rights on the host. Add what it needs with `cap_add` or `devices`.',
    };
  },
};
