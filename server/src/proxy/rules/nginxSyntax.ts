import { startOfLine } from '../../text/lines.js';
import { insertText } from '../fixes.js';
import type { NginxRule } from '../rule.js';

export const nginxSyntax: NginxRule = {
  id: 'nginx-syntax',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Braces, semicolons and quotes match.',
    why: 'nginx refuses a configuration with a syntax error: the container exits at once, and a reload keeps the old configuration.',
    bad: 'server {\n  listen 80\n}\n',
    good: 'server {\n  listen 80;\n}\n',
    tool: 'unexpected "}"',
  },
  *check({ file }) {
    for (const { at, message, missing } of file.errors) {
      yield {
        at,
        message,
        fixes: missing ? insertText(endBefore(file.text, at.start, at.end), missing, 'Add `;`') : [],
      };
    }
  },
};

/** Where the statement before a `}` ends, or the word itself at the end of the file. */
function endBefore(text: string, start: number, end: number): number {
  if (text[start] !== '}') return end;
  let at = start;
  for (;;) {
    const before = text.slice(startOfLine(text, at), at);
    const comment = /(?:^|\s)#/.exec(before);
    const code = (comment ? before.slice(0, comment.index) : before).trimEnd();
    if (code !== '') return at - before.length + code.length;
    at -= before.length + 1;
    if (at < 0) return start;
  }
}
