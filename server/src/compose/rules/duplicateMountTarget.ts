import { parseMount } from '../model/mount.js';
import { get, items, str, type Place, type Value } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { within } from './grammar.js';
import { removeItemAt } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const duplicateMountTarget: ServiceRule = {
  id: 'duplicate-mount-target',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'Two mounts of a service have the same path in the container.',
    why: 'Between `tmpfs` and `volumes` docker compose refuses it. Of two volumes it silently keeps the last one; docker stack hands both on and the task is rejected.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    tmpfs: [/cache]\n    volumes: ["/srv/cache:/cache"]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes: ["/srv/cache:/cache"]\n',
    tool: 'services.web.volumes[0]: target /cache already mounted as services.web.tmpfs[0]',
  },
  *check({ value, active }, { target }) {
    const taken = new Map<string, 'tmpfs' | 'volumes'>();
    for (const { path, key, at, item } of mounts(value)) {
      const before = taken.get(path);
      taken.set(path, key);
      if (before === undefined || (target === 'stack' && (before === 'tmpfs' || key === 'tmpfs'))) continue;
      const twoVolumes = before === 'volumes' && key === 'volumes';
      const consequence = !twoVolumes
        ? refuses.compose
        : target === 'compose'
          ? 'docker compose keeps only the last of them'
          : 'the Engine rejects every task';
      const message = `\`${path}\` is already mounted by another item of \`${before}\`: ${consequence}.`;
      const fixes = removeItemAt(item, 'Remove this mount', { preferred: false });
      yield { at, message, fixes, ...(twoVolumes || !active ? { severity: 'warning' } : {}) };
    }
  },
};

function* mounts(service: Value): Iterable<{ path: string; key: 'tmpfs' | 'volumes'; at: Place; item: Place }> {
  const tmpfs = get(service, 'tmpfs');
  const seen = new Set<string>(); // docker compose drops items that are the same up to their first `=`
  for (const item of tmpfs?.kind === 'seq' ? tmpfs.items : [tmpfs]) {
    const path = str(item)?.split(':')[0];
    const name = (str(item) ?? '').split('=')[0] ?? '';
    if (seen.size === seen.add(name).size) continue;
    if (path && item?.kind === 'scalar' && !item.unset) yield { path, key: 'tmpfs', at: item.at, item: item.at };
  }
  for (const item of items(get(service, 'volumes'))) {
    if (item.kind === 'scalar') {
      const mount = str(item) === undefined || item.unset ? undefined : parseMount(str(item) ?? '', 'compose').value;
      if (mount) yield { path: clean(mount.target), key: 'volumes', at: within(item, mount.targetSpan), item: item.at };
    } else {
      const target = get(item, 'target');
      const path = str(target);
      if (path && target?.kind === 'scalar' && !target.unset)
        yield { path: clean(path), key: 'volumes', at: target.at, item: item.at };
    }
  }
}

function clean(path: string): string {
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
