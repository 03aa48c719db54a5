import { startOfLine } from '../../text/lines.js';
import { parseTestVerb } from '../model/healthTest.js';
import { items, get } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { replaceText } from './fixes.js';
import { misread } from './grammar.js';
import type { ServiceRule } from './rule.js';

export const healthcheckTest: ServiceRule = {
  id: 'healthcheck-test',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'A health check does not begin with `CMD`, `CMD-SHELL` or `NONE`.',
    why: 'The first item of the list says how the rest is run. docker stack takes any list, and the check then never succeeds.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [curl, -f, http://localhost]\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD, curl, -f, http://localhost]\n',
    tool: 'healthcheck.test must start either by "CMD", "CMD-SHELL" or "NONE"',
  },
  *check({ value, active }, { target }) {
    const first = items(get(value, 'healthcheck', 'test'))[0];
    const surely = target === 'compose' && active;
    for (const finding of misread(first, parseTestVerb, surely ? `${refuses.compose}.` : 'The check cannot work.')) {
      const at = first?.at ?? finding.at;
      const before = { ...at, end: at.start };
      yield {
        ...finding,
        at,
        ...(surely ? {} : { severity: 'warning' }),
        fixes: finding.fixes?.length
          ? finding.fixes
          : replaceText(before, inList(at.block.text, at.start), 'Put `CMD` in front'),
      };
    }
  },
};

/** `CMD` as an item before the one at an offset, on its own line where that has one. */
function inList(text: string, offset: number): string {
  const before = text.slice(startOfLine(text, offset), offset);
  return /^ *- +$/.test(before) ? `CMD\n${before}` : 'CMD, ';
}
