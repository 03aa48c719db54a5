import { get, entry } from '../../../compose/model/value.js';
import { targets } from '../../../compose/target.js';
import { findName } from '../../../proxy/neighbourhood.js';
import { neededHosts } from './needs.js';
import { neighbourhood } from '../link.js';
import type { LinkRule } from './rule.js';

export const proxyNoSharedNetwork: LinkRule = {
  id: 'proxy-no-shared-network',
  scope: 'link',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A proxy shares a network with the services it sends requests to.',
    why: 'Names resolve on shared networks only. A service that lists `networks` is not on the default one.',
    bad: `services:
  api:
    image: example/api:1.0
    expose: ["8000"]
  web:
    image: nginx:1.27
    depends_on: [api]
    networks: [front]
    volumes:
      - ./site.conf:/etc/nginx/conf.d/default.conf:ro
networks:
  front:
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
    networks: [front]
  web:
    image: nginx:1.27
    depends_on: [api]
    networks: [front]
    volumes:
      - ./site.conf:/etc/nginx/conf.d/default.conf:ro
networks:
  front:
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
    const { service } = proxy;
    const needs = neededHosts(proxy);
    if (needs.length === 0) return;
    const around = neighbourhood(world, proxy);
    const apart = new Map<string, string>();
    for (const { host } of needs) {
      if (findName(around, host)) continue;
      const hidden = around.hidden.find(({ name }) => name.toLowerCase() === host);
      if (hidden && !hidden.why.includes('takes no notice')) apart.set(hidden.service, hidden.why);
    }
    const key = entry(service.value, 'networks') ?? entry(service.value, 'network_mode');
    const at = key && get(service.value, key.key) ? key.keyAt : service.nameAt;
    for (const [name, why] of apart) {
      yield { at, message: `\`${service.name}\` sends requests to \`${name}\` and cannot reach it: ${why}.` };
    }
  },
};
