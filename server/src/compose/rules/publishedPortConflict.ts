import { written } from '../model/value.js';
import { hostPortKey, type ProjectIndex } from '../model/projectIndex.js';
import { hostPortsOf, type HostPort } from '../model/publishedPort.js';
import type { ServiceFacts } from '../model/service.js';
import { targets, type Target } from '../target.js';
import type { ProjectRule } from './rule.js';

export const publishedPortConflict: ProjectRule = {
  id: 'published-port-conflict',
  scope: 'project',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A port of the host is published twice.',
    why: 'Only one container can have it: the Engine refuses to start the second one, and a swarm to create the second service.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["127.0.0.1:8080:80"]\n  api:\n    image: example/api:1\n    ports: ["127.0.0.1:8080:8000"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    ports: ["127.0.0.1:8080:80"]\n  api:\n    image: example/api:1\n    ports: ["127.0.0.1:8081:8000"]\n',
    tool: 'Bind for 127.0.0.1:8080 failed: port is already allocated',
  },
  *check(service, index, { target }) {
    if (!service.active) return;
    const refused =
      target === 'compose' ? 'the Engine refuses to start the container' : 'the swarm refuses the service';
    const own: HostPort[] = [];
    const seen = new Set<string>();
    for (const { at, ...port } of hostPortsOf(service.value)) {
      if (!isFixed(port, target) || seen.size === seen.add(written(at)).size) continue;
      const other = own.some((it) => collide(it, port)) ? service.facts : owner(port, service.name, index, target);
      own.push(port);
      if (!other) continue;
      const whose = other.name === service.name ? 'another item here' : `service \`${other.name}\``;
      yield {
        at,
        message: `Port ${port.first}/${port.protocol} of the host is already published by ${whose}: ${refused}.`,
        ...(other.name === service.name
          ? {}
          : { related: [{ service: other.name, message: 'It publishes the port first.' }] }),
      };
    }
  },
};

/** The first of the services before this one that publishes the port. */
function owner(port: HostPort, self: string, { tables }: ProjectIndex, target: Target): ServiceFacts | undefined {
  for (const facts of tables.byHostPort.get(hostPortKey(port)) ?? []) {
    if (facts.name === self) return undefined;
    if (facts.hostPorts.some((it) => isFixed(it, target) && collide(it, port))) return facts;
  }
  return undefined;
}

function collide(a: HostPort, b: HostPort): boolean {
  return (
    a.first === b.first && a.protocol === b.protocol && (a.ip === b.ip || a.ip === undefined || b.ip === undefined)
  );
}

/** Of a range any free port will do; in host mode the tasks of a swarm may be on different nodes. */
function isFixed({ first, last, mode }: HostPort, target: Target): boolean {
  return first === last && (target === 'compose' || mode !== 'host');
}
