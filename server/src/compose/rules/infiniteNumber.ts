import { refuses } from '../target.js';
import { replaceText } from './fixes.js';
import { scalarsOf } from './scalars.js';
import type { TextRule } from './rule.js';

export const infiniteNumber: TextRule = {
  id: 'infinite-number',
  scope: 'text',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: 'A number without an end, or none at all.',
    why: 'To YAML `.inf` and `.nan` are numbers. docker stack writes the file as JSON to check it, which has no such numbers, and stops. In quotes they are texts.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      LIMIT: .inf\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      LIMIT: ".inf"\n',
    tool: 'json: unsupported value: +Inf',
  },
  *check(block) {
    if (!/\.(?:inf|nan)/i.test(block.text)) return;
    for (const { node, isKey } of scalarsOf(block.root)) {
      if (isKey || typeof node.value !== 'number' || Number.isFinite(node.value)) continue;
      if (!/^[-+]?\.(?:inf|nan)$/i.test(node.text)) continue;
      const at = { block, start: node.start, end: node.end };
      yield {
        at,
        message: `\`${node.text}\` is a number that JSON does not have: ${refuses.stack}.`,
        fixes: replaceText(at, `"${node.text}"`, 'Put it in quotes'),
      };
    }
  },
};
