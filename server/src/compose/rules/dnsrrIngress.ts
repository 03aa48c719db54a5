import { items, str, get, entry } from '../model/value.js';
import { replaceWord } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const dnsrrIngress: ServiceRule = {
  id: 'dnsrr-ingress',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: '`endpoint_mode: dnsrr` and a port of the ingress network exclude each other.',
    why: 'The ingress network sends to the virtual address that a `dnsrr` service does not have. The swarm refuses the service; ports with `mode: host` are allowed.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - "8080:80"\n    deploy:\n      endpoint_mode: dnsrr\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 80\n        published: 8080\n        mode: host\n    deploy:\n      endpoint_mode: dnsrr\n',
    tool: "EndpointSpec: port published with ingress mode can't be used with dnsrr mode",
  },
  *check({ value }) {
    const endpoint = entry(value, 'deploy', 'endpoint_mode');
    if (str(endpoint?.value)?.toLowerCase() !== 'dnsrr') return;
    for (const port of items(get(value, 'ports'))) {
      const mode = entry(port, 'mode');
      if (str(mode?.value)?.toLowerCase() === 'host') continue;
      yield {
        at: mode?.value.at ?? port.at,
        message:
          'A port of the ingress network cannot lead to a service with `endpoint_mode: dnsrr`: the swarm refuses the service at deploy.',
        fixes: mode ? replaceWord(mode.value.at, 'host') : [],
      };
    }
  },
};
