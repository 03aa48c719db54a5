import type { ScalarValue, Value } from '../model/value.js';
import { scalarsOf as typesOf, typeAt } from '../schema/attributes.js';
import { replaceText } from './fixes.js';
import type { Finding, ServiceRule } from './rule.js';

export const booleanWord: ServiceRule = {
  id: 'boolean-word',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: '`yes`, `no`, `on` and `off` are texts in YAML 1.2.',
    why: 'docker compose still reads them where it wants true or false, and warns. docker stack refuses them.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    tty: yes\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    tty: true\n',
    tool: '"yes" for boolean is not supported by YAML 1.2, please use `true`',
  },
  check({ name, value }) {
    const found: Finding[] = [];
    visit(value, ['services', name], found);
    return found;
  },
};

/** Walks with one path that grows and shrinks: nearly every walk ends with nothing found. */
function visit(value: Value, path: (string | number)[], found: Finding[]): void {
  if (value.kind === 'scalar') {
    if (typeof value.value === 'string' && value.value.length <= 3 && !value.unset)
      judge(value, value.value, path, found);
    return;
  }
  const enter = (key: string | number, inner: Value): void => {
    path.push(key);
    visit(inner, path, found);
    path.pop();
  };
  if (value.kind === 'seq') value.items.forEach((item, i) => enter(i, item));
  else for (const member of value.members.values()) enter(member.key, member.value);
}

function judge(at: ScalarValue, word: string, path: readonly (string | number)[], found: Finding[]): void {
  const meant = booleanOf(word);
  if (meant === undefined || !isBoolean(path)) return;
  found.push({
    at: at.at,
    message: `\`${word}\` is a text in YAML 1.2: docker compose reads it as ${String(meant)} and warns.`,
    fixes: at.interpolated ? [] : replaceText(at.at, String(meant), `Change to \`${String(meant)}\``),
  });
}

/** What a word of YAML 1.1 means; undefined for any other. */
export function booleanOf(word: string): boolean | undefined {
  if (/^(?:y|yes|on)$/i.test(word)) return true;
  return /^(?:n|no|off)$/i.test(word) ? false : undefined;
}

function isBoolean(path: readonly (string | number)[]): boolean {
  const type = typeAt(path, 'compose');
  const types = type ? typesOf(type, 'compose') : [];
  return (
    types !== 'any' && types.some(({ kind }) => kind === 'boolean') && types.every(({ kind }) => kind !== 'string')
  );
}
