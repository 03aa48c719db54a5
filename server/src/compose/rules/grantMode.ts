import { replacedItems } from '../model/merge.js';
import { get, items, type Value } from '../model/value.js';
import { softer } from './grammar.js';
import type { ServiceRule } from './rule.js';
import { refuses } from '../target.js';

export const grantMode: ServiceRule = {
  id: 'grant-mode',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'The mode of a secret or config is no octal number.',
    why: 'A mode is written as in `chmod`: `0440`.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - { source: key, mode: readable }\nsecrets:\n  key: { environment: KEY }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - { source: key, mode: 0440 }\nsecrets:\n  key: { environment: KEY }\n',
    tool: 'strconv.ParseInt: parsing "readable": invalid syntax',
  },
  *check({ value }) {
    for (const item of [...granted(value, 'secrets'), ...granted(value, 'configs')]) {
      const mode = get(item, 'mode');
      if (mode?.kind !== 'scalar' || (typeof mode.value !== 'string' && typeof mode.value !== 'number')) continue;
      if (typeof mode.value === 'string' ? /^[-+]?[0-7]+$/.test(mode.value) : !/[.e]|^0.*[89]/i.test(mode.text))
        continue;
      yield {
        at: mode.at,
        message: `A mode is an octal number such as \`0440\`: ${refuses.compose}.`,
        ...softer(mode),
      };
    }
  },
};

function granted(service: Value, key: 'secrets' | 'configs'): readonly Value[] {
  const all = items(get(service, key));
  const replaced = replacedItems(key, all);
  return all.filter((it) => !replaced.has(it));
}
