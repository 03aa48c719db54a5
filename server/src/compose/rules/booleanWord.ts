import type { Value } from '../model/value.js';
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
  check: ({ name, value }) => walk(value, ['services', name]),
};

function* walk(value: Value, path: readonly (string | number)[]): Iterable<Finding> {
  if (value.kind === 'map') for (const it of value.members.values()) yield* walk(it.value, [...path, it.key]);
  if (value.kind === 'seq') for (const [i, item] of value.items.entries()) yield* walk(item, [...path, i]);
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.unset) return;
  const meant = booleanOf(value.value);
  if (meant === undefined || !isBoolean(path)) return;
  yield {
    at: value.at,
    message: `\`${value.value}\` is a text in YAML 1.2: docker compose reads it as ${String(meant)} and warns.`,
    fixes: value.interpolated ? [] : replaceText(value.at, String(meant), `Change to \`${String(meant)}\``),
  };
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
