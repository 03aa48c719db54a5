import { insertText } from '../fixes.js';
import type { HaproxyRule } from '../rule.js';

export const haproxySyntax: HaproxyRule = {
  id: 'haproxy-syntax',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Quotes are closed, and the last line ends.',
    why: 'HAProxy refuses a string that is not closed on its line, and a file whose last line has no line break, because it may have been truncated.',
    bad: 'frontend web\n  bind :80\n  default_backend "api\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind :80\n  default_backend "api"\n\nbackend api\n  server api1 api:8000\n',
    tool: 'Missing LF on last line, file might have been truncated',
  },
  *check({ file }) {
    for (const { at, message, missing } of file.errors) {
      yield {
        at,
        message,
        fixes: missing ? insertText(file.text.length, missing, 'End the line') : [],
      };
    }
  },
};
