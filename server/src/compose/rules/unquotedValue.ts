import { members, isPlain, get } from '../model/value.js';
import { readScalar, renderScalar } from '../syntax/yamlScalar.js';
import { targets } from '../target.js';
import { replaceText } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const unquotedValue: ServiceRule = {
  id: 'unquoted-value',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: 'YAML changes this value, as it stands without quotes.',
    why: 'Numbers, dates and truth values are read and written anew: `1.10` becomes `1.1` and `0755` becomes `493`. Quotes keep the text.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      RELEASE: 1.10\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      RELEASE: "1.10"\n',
  },
  *check({ value }, { target }) {
    for (const path of textMaps) {
      for (const { key, value: text } of members(get(value, ...path))) {
        if (text.kind !== 'scalar' || text.value === null || text.interpolated || !isPlain(text)) continue;
        const { kind } = readScalar(text.text);
        const becomes = renderScalar(text.text);
        if (kind === 'string' || becomes === text.text) continue;
        if (kind === 'timestamp' && target === 'compose') continue; // Refused, which `wrong-type` says.
        yield {
          at: text.at,
          message: `Without quotes \`${key}\` becomes \`${becomes}\`.`,
          fixes: replaceText(text.at, `"${text.text}"`, 'Put it in quotes'),
        };
      }
    }
  },
};

/** Maps of texts by name. */
const textMaps = [
  ['environment'],
  ['labels'],
  ['deploy', 'labels'],
  ['build', 'args'],
  ['build', 'labels'],
  ['annotations'],
  ['sysctls'],
] as const;
