import { parseMount } from '../model/mount.js';
import { items, str, get } from '../model/value.js';
import { targets } from '../target.js';
import type { ServiceRule } from './rule.js';

export const dockerSocket: ServiceRule = {
  id: 'docker-socket',
  scope: 'service',
  severity: 'info',
  targets,
  docs: {
    summary: "The Engine's socket is mounted.",
    why: 'Whoever talks to the socket is root on the host, also when it is mounted `:ro`. Put a proxy in front that only lets through what is needed.',
    bad: 'services:\n  proxy:\n    image: traefik:v3.1\n    volumes:\n      - /var/run/docker.sock:/var/run/docker.sock:ro\n',
    good: 'services:\n  proxy:\n    image: traefik:v3.1\n',
  },
  *check({ value }) {
    for (const mount of items(get(value, 'volumes'))) {
      const source =
        mount.kind === 'map' ? str(get(mount, 'source')) : parseMount(str(mount) ?? '', 'compose').value?.source;
      if (source === undefined || !/\/docker\.sock$/.test(source)) continue;
      yield {
        at: (get(mount, 'source') ?? mount).at,
        message: 'Through the socket of the Engine this service has root rights on the host.',
      };
    }
  },
};
