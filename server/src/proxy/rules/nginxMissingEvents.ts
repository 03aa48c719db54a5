import { insertText } from '../fixes.js';
import type { NginxRule } from '../rule.js';

export const nginxMissingEvents: NginxRule = {
  id: 'nginx-missing-events',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'A whole configuration has an `events` block.',
    why: 'nginx refuses a main configuration without one, even an empty one.',
    bad: 'http {\n  server {\n    listen 80;\n  }\n}\n',
    good: 'events {}\nhttp {\n  server {\n    listen 80;\n  }\n}\n',
    tool: 'no "events" section in configuration',
  },
  *check({ file, place, placeKnown }) {
    const [first] = file.directives;
    if (place !== 'm' || first === undefined) return;
    const names = new Set(file.directives.map((directive) => directive.name.value));
    if (names.has('events') || (names.has('include') && !names.has('http'))) return;
    if (!placeKnown && !names.has('http') && !names.has('stream')) return;
    yield {
      at: first.name,
      message: 'The configuration has no `events` block: nginx refuses it.',
      ...(names.has('include') && { severity: 'warning' }),
      fixes: insertText(first.start, 'events {}\n', 'Add `events {}`'),
    };
  },
};
