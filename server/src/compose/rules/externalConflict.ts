import { isExternal } from '../model/resource.js';
import { get, members, str, entry } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { removeKey } from './fixes.js';
import { softer } from './grammar.js';
import type { ResourceRule } from './rule.js';

export const externalConflict: ResourceRule = {
  id: 'external-conflict',
  scope: 'resource',
  severity: 'error',
  targets,
  docs: {
    summary: 'Something external is also described.',
    why: 'A volume that is `external` exists already: its driver and labels are given. And its name is said once, by `name` or by the older `external.name`.',
    bad: 'services:\n  db:\n    image: postgres:17\nvolumes:\n  data:\n    external: true\n    driver: local\n',
    good: 'services:\n  db:\n    image: postgres:17\nvolumes:\n  data:\n    external: true\n',
    tool: 'volumes.data: conflicting parameters "external" and "driver" specified',
  },
  *check(resource, _index, { target }) {
    if (!isExternal(resource)) return;
    const { kind, value } = resource;
    const external = get(value, 'external');
    for (const { key, keyAt } of kind === 'volume' ? members(value) : []) {
      if (!['driver', 'driver_opts', 'labels'].includes(key)) continue;
      const message = `A volume that is \`external\` takes no \`${key}\`: ${refuses[target]}.`;
      yield { at: keyAt, message, ...softer(external), fixes: removeKey(keyAt, `Remove \`${key}\``) };
    }
    const old = get(external, 'name');
    const name = entry(value, 'name');
    if (!old || !name || (target === 'compose' && str(old) === str(name.value))) return;
    yield {
      at: name.keyAt,
      message: `\`name\` and \`external.name\` exclude each other: ${refuses[target]}.`,
      ...softer(old, name.value),
      fixes: removeKey(name.keyAt, 'Remove `name`', { preferred: false }),
    };
  },
};
