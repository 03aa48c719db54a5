import { replaceText } from '../fixes.js';
import { isWritten, namedDestinations } from '../destinations.js';
import { findName } from '../neighbourhood.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyTemplateSlots: HaproxyRule = {
  id: 'haproxy-template-slots',
  severity: 'warning',
  proxy: 'haproxy',
  docs: {
    summary: 'A `server-template` has a slot for each replica.',
    why: 'Each slot takes one address. Replicas beyond the last slot get no requests; in a stack, the service name has a single virtual address, and `tasks.NAME` has them all.',
    bad: '# api has 5 replicas\nresolvers docker\n  nameserver dns 127.0.0.11:53\n\nbackend api\n  server-template api 3 api:8000 resolvers docker\n',
    good: '# api has 5 replicas\nresolvers docker\n  nameserver dns 127.0.0.11:53\n\nbackend api\n  server-template api 10 api:8000 resolvers docker\n',
  },
  *check(config, context) {
    const { neighbourhood } = context;
    if (neighbourhood === undefined) return;
    for (const { address, server } of namedDestinations(config, context)) {
      const peer = findName(neighbourhood, address.host)?.peer;
      if (peer === undefined || server?.template !== true) continue;
      const related = [{ service: peer.service, message: `It has ${peer.replicas} replicas.` }];
      if (!peer.dnsrr && server.slots > 1) {
        yield {
          at: address.hostAt,
          message: `In a stack \`${address.host}\` is one virtual address, and only one of ${server.slots} slots is used: \`tasks.${peer.service}\` names every replica.`,
          related,
          fixes: isWritten(config, address.hostAt, address.host)
            ? replaceText(address.hostAt, `tasks.${peer.service}`, `Change to \`tasks.${peer.service}\``)
            : [],
        };
      } else if (peer.dnsrr && server.slots < peer.replicas) {
        yield {
          at: server.at,
          message: `\`${peer.service}\` has ${peer.replicas} replicas and the template ${server.slots} slots: ${peer.replicas - server.slots} of them get no requests.`,
          related,
        };
      }
    }
  },
};
