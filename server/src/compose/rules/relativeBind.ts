import { parseMount } from '../model/mount.js';
import { items, str, get, type Value } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const relativeBind: ServiceRule = {
  id: 'relative-bind',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A relative path of the host is mounted.',
    why: 'docker stack deploy turns it into a path of the machine you deploy from. Every node needs the same folder there: it is neither copied nor created, and a task on a node without it is rejected again and again. Files are better shipped as `configs`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ./site:/usr/share/nginx/html\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - /srv/site:/usr/share/nginx/html\n',
    tool: 'invalid mount config for type "bind": bind source path does not exist',
  },
  *check({ value }) {
    for (const mount of items(get(value, 'volumes'))) {
      const source = bindSource(mount);
      if (!source || !/^\.|^~/.test(source.path)) continue;
      yield {
        at: source.value.at,
        message: `\`${source.path}\` becomes a path of the machine that deploys, and must exist on every node: nothing copies or creates it there.`,
      };
    }
  },
};

function bindSource(mount: Value): { readonly path: string; readonly value: Value } | undefined {
  if (mount.kind === 'map') {
    const value = str(get(mount, 'type')) === 'bind' ? get(mount, 'source') : undefined;
    const path = str(value);
    return value && path !== undefined ? { path: /^[./~]/.test(path) ? path : `./${path}`, value } : undefined;
  }
  const parsed = parseMount(str(mount) ?? '', 'stack').value;
  return parsed?.type === 'bind' && parsed.source !== undefined ? { path: parsed.source, value: mount } : undefined;
}
