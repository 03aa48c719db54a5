import { addBelow } from '../../../compose/rules/fixes.js';
import { get, str } from '../../../compose/model/value.js';
import type { Project } from '../../../compose/model/project.js';
import type { Service } from '../../../compose/model/service.js';
import { findName } from '../../../proxy/neighbourhood.js';
import { neededHosts } from './needs.js';
import { neighbourhood } from '../link.js';
import type { LinkRule } from './rule.js';

export const proxyStartOrder: LinkRule = {
  id: 'proxy-start-order',
  scope: 'link',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A proxy starts after the services whose names it looks up at its start.',
    why: 'A service’s name resolves from the moment its container runs. nginx that starts earlier ends with "host not found in upstream", and HAProxy does too; with a restart policy it is tried again.',
    bad: `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
  web:
    image: nginx:1.27
    volumes:
      - ./site.conf:/etc/nginx/conf.d/default.conf:ro
#- /site.conf
server {
  listen 80;
  location / {
    proxy_pass http://api:8000;
  }
}
`,
    good: `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
  web:
    image: nginx:1.27
    depends_on:
      - api
    volumes:
      - ./site.conf:/etc/nginx/conf.d/default.conf:ro
#- /site.conf
server {
  listen 80;
  location / {
    proxy_pass http://api:8000;
  }
}
`,
    tool: 'host not found in upstream "api"',
  },
  *check(proxy, world) {
    const { service, kind } = proxy;
    const needs = neededHosts(proxy);
    if (needs.length === 0) return;
    const before = startsBefore(world.project, service);
    const around = neighbourhood(world, proxy);
    const late = new Set<string>();
    for (const { host, atStart } of needs) {
      const needed = world.project.services.get(findName(around, host)?.peer?.service ?? '');
      if (!atStart || needed === undefined || needed === service || before.has(needed)) continue;
      if (!startsBefore(world.project, needed).has(service)) late.add(needed.name);
    }
    if (late.size === 0) return;
    const names = [...late];
    const restart = str(get(service.value, 'restart'));
    const again = restart !== undefined && restart !== 'no';
    const program = kind === 'nginx' ? 'nginx' : 'HAProxy';
    const what = `${list(names)} at its start, and \`depends_on\` does not name ${names.length === 1 ? 'it' : 'them'}`;
    yield {
      at: service.nameAt,
      message: `\`${service.name}\` looks up ${what}: ${program} ends when it is the first to start${again ? ', until it is restarted' : ''}.`,
      ...(again && { severity: 'info' }),
      fixes: addBelow(
        service.nameAt,
        { depends_on: dependencies(service, names) },
        `Add ${list(names)} to \`depends_on\``,
      ),
    };
  },
};

function dependencies(service: Service, names: readonly string[]) {
  return get(service.value, 'depends_on')?.kind === 'map'
    ? Object.fromEntries(names.map((name) => [name, { condition: 'service_started' }]))
    : names;
}

/** Services that docker compose starts before one: those it refers to in any way, and theirs. */
function startsBefore({ services }: Project, service: Service): ReadonlySet<Service> {
  const found = new Set<Service>();
  const visit = (from: Service): void => {
    for (const { kind, name } of from.references) {
      const other = kind === 'service' ? services.get(name) : undefined;
      if (other === undefined || found.has(other)) continue;
      found.add(other);
      visit(other);
    }
  };
  visit(service);
  return found;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
