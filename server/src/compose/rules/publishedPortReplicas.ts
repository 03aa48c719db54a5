import { writtenReplicas } from '../model/replicas.js';
import { hostPortsOf } from '../model/publishedPort.js';
import { num } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const publishedPortReplicas: ServiceRule = {
  id: 'published-port-replicas',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'Several replicas publish the same port of the host.',
    why: 'Only one container can have a port of the host, so the second replica is not started. Publish a range with room for all, the container port alone, or put a proxy in front.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080:80"]\n    deploy:\n      replicas: 3\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["8080-8082:80"]\n    deploy:\n      replicas: 3\n',
    tool: 'Bind for 0.0.0.0:8080 failed: port is already allocated',
  },
  *check({ value }) {
    const replicas = num(writtenReplicas(value)) ?? 1;
    for (const { first, last, at } of hostPortsOf(value)) {
      const room = last - first + 1;
      if (room >= replicas) continue;
      const which = room === 1 ? `Port ${first} of the host is` : `Ports ${first} to ${last} of the host are`;
      yield { at, message: `${which} not enough for ${replicas} replicas: the Engine starts only ${room} of them.` };
    }
  },
};
