import { replacedItems } from '../model/merge.js';
import { parseMount } from '../model/mount.js';
import { get, items, str } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const invalidMount: ServiceRule = {
  id: 'invalid-mount',
  scope: 'service',
  readFirst: true,
  severity: 'error',
  targets,
  docs: {
    summary: 'A volume of a service cannot be read.',
    why: 'The short form is `[SOURCE:]TARGET[:OPTIONS]`, nothing empty between the colons; the long form needs a `target`, and a bind mount a `source`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - ":/data"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    volumes:\n      - "/data"\n',
    tool: 'invalid spec: :/data: empty section between colons',
  },
  *check({ value }, { target }) {
    const mounts = items(get(value, 'volumes'));
    const replaced = target === 'compose' ? replacedItems('volumes', mounts) : undefined;
    for (const item of mounts) {
      if (replaced?.has(item)) continue;
      if (item.kind !== 'map') {
        yield* misread(item, (text) => parseMount(text, target), `${refuses[target]}.`);
        continue;
      }
      const isBind = str(get(item, 'type')) === 'bind';
      const source = get(item, 'source');
      if (
        isBind &&
        (!source || (target === 'stack' && str(source) === '' && !(source.kind === 'scalar' && source.unset)))
      ) {
        yield { at: item.at, message: `A bind mount needs its \`source\`, a path of the host: ${refuses[target]}.` };
      }
      if (target === 'compose' && !get(item, 'target')) {
        yield { at: item.at, message: `A mount needs its \`target\`, a path in the container: ${refuses.compose}.` };
      }
    }
  },
};
