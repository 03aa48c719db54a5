import type { Problem } from './problem.js';

/** What a swarm fills in, in `hostname`, `environment` and mounts; below `Labels` any name. */
const fields: Readonly<Record<string, readonly string[]>> = {
  Service: ['ID', 'Name', 'Labels'],
  Node: ['ID', 'Hostname', 'Platform', 'Platform.Architecture', 'Platform.OS'],
  Task: ['ID', 'Name', 'Slot'],
};

/** All fields a template can use, as in `.Task.Slot`. */
export const templateFields: readonly string[] = Object.entries(fields).flatMap(([group, names]) =>
  names.filter((name) => name !== 'Platform').map((name) => `.${group}.${name}`),
);

/** What a swarm refuses in a text with `{{ }}` when it starts a task: unknown fields, and braces that never close. */
export function checkGoTemplate(text: string): readonly Problem[] {
  const problems: Problem[] = [];
  // These move what a leading dot stands for.
  const moved = /\{\{-?\s*(?:with|range)\b/.test(text);
  for (let open = text.indexOf('{{'); open !== -1;) {
    const close = text.indexOf('}}', open);
    if (close === -1) {
      problems.push({ message: '`{{` is never closed.', start: open, end: text.length });
      break;
    }
    if (!moved) problems.push(...unknownFields(text, open + 2, close));
    open = text.indexOf('{{', close + 2);
  }
  return problems;
}

function* unknownFields(text: string, start: number, end: number): Iterable<Problem> {
  const action = text.slice(start, end);
  if (/^-?\s*\/\*/.test(action)) return;
  // Texts in quotes are skipped by being matched first; a variable's fields are not known.
  for (const { 0: match, index } of action.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|(?<![\w)\]])\$?(?:\.\w+)+/g)) {
    if (!match.startsWith('.') || isField(match.slice(1))) continue;
    const message = `\`${match}\` is nothing a swarm can fill in: ${templateFields.map((it) => `\`${it}\``).join(', ')} are.`;
    yield { message, start: start + index, end: start + index + match.length };
  }
}

function isField(path: string): boolean {
  const [group = '', ...rest] = path.split('.');
  const names = Object.hasOwn(fields, group) ? (fields[group] ?? []) : [];
  if (rest.length === 0) return names.length > 0;
  return names.includes(rest.join('.')) || (rest[0] === 'Labels' && names.includes('Labels'));
}
