import { items, isPlain, get } from '../model/value.js';
import { targets } from '../target.js';
import { replaceText } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const octalMode: ServiceRule = {
  id: 'octal-mode',
  scope: 'service',
  severity: 'warning',
  targets,
  docs: {
    summary: '`mode` lacks its leading 0.',
    why: 'Without the 0 the number is decimal: `mode: 440` gives the permissions 0670.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    configs:\n      - source: site\n        mode: 440\nconfigs:\n  site:\n    content: hello\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    configs:\n      - source: site\n        mode: 0440\nconfigs:\n  site:\n    content: hello\n',
  },
  *check({ value }) {
    for (const path of places) {
      for (const item of items(get(value, path[0]))) {
        const mode = get(item, ...path.slice(1));
        if (mode?.kind !== 'scalar' || typeof mode.value !== 'number' || !isPlain(mode)) continue;
        if (!/^[1-7][0-7]{2,3}$/.test(mode.text)) continue;
        yield {
          at: mode.at,
          message: `\`${mode.text}\` is a decimal number here and means the permissions 0${mode.value.toString(8)}.`,
          fixes: replaceText(mode.at, `0${mode.text}`, `Change to \`0${mode.text}\``),
        };
      }
    }
  },
};

const places = [
  ['configs', 'mode'],
  ['secrets', 'mode'],
  ['volumes', 'tmpfs', 'mode'],
] as const;
