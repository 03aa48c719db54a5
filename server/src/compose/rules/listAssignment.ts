import { replaceText } from './fixes.js';
import { parseAssignment } from '../model/environment.js';
import { items, get, type Place, type Value } from '../model/value.js';
import { targets, refuses } from '../target.js';
import { softer, within } from './grammar.js';
import type { Finding, ServiceRule } from './rule.js';

export const listAssignment: ServiceRule = {
  id: 'list-assignment',
  scope: 'service',
  severity: 'error',
  targets,
  docs: {
    summary: 'An item of a list of variables or labels is no `NAME=value`.',
    why: 'In a list an item is the text `NAME=value`; `NAME: value` is for the mapping form, without dashes. A blank before `=` would be part of the name.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      - MODE =fast\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    environment:\n      - MODE=fast\n',
    tool: 'environment variable MODE  is declared with a trailing space',
  },
  *check({ value }, { target }) {
    for (const path of lists) {
      for (const item of items(get(value, ...path))) {
        if (item.kind === 'map' && target === 'compose') yield* mapping(item);
        if (target === 'compose' && variables.has(path.at(-1))) yield* blankName(item);
      }
    }
  },
};

const lists: readonly (readonly string[])[] = [
  ['environment'],
  ['labels'],
  ['build', 'args'],
  ['build', 'labels'],
  ['deploy', 'labels'],
  ['annotations'],
  ['sysctls'],
];

/** Lists of variables: of the others docker compose takes a name with a blank. */
const variables: ReadonlySet<string | undefined> = new Set(['environment', 'args']);

function* mapping(item: Value & { readonly kind: 'map' }): Iterable<Finding> {
  const [member, ...more] = item.members.values();
  if (!member) return;
  const { key, keyAt, value } = member;
  const between: Place = { block: keyAt.block, start: keyAt.end, end: value.at.start };
  const simple =
    more.length === 0 &&
    value.kind === 'scalar' &&
    value.at.block === keyAt.block &&
    /^: +$/.test(keyAt.block.text.slice(keyAt.end, value.at.start)) &&
    value.text === keyAt.block.text.slice(value.at.start, value.at.end);
  yield {
    at: keyAt,
    message: `\`${key}: …\` is a mapping, not the text \`${key}=…\`: ${refuses.compose}.`,
    fixes: simple ? replaceText(between, '=', 'Change `:` to `=`') : [],
  };
}

function* blankName(item: Value): Iterable<Finding> {
  if (item.kind !== 'scalar' || typeof item.value !== 'string') return;
  const { problem } = parseAssignment(item.value, 'compose');
  if (!problem) return;
  const at = within(item, problem);
  yield {
    at,
    message: `${problem.message} ${refuses.compose}.`,
    ...softer(item),
    fixes: at === item.at ? [] : replaceText(at, '', 'Remove the blank'),
  };
}
