import { isProxySection, type Section } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyDuplicateSection: HaproxyRule = {
  id: 'haproxy-duplicate-section',
  severity: 'error',
  proxy: 'haproxy',
  docs: {
    summary: 'Frontends, backends, listeners, resolvers … have names of their own.',
    why: 'HAProxy refuses two backends, or two frontends, of one name; a `listen` is both. A frontend and a backend may share a name until 3.3.',
    bad: 'backend api\n  server a a:8000\n\nbackend api\n  server b b:8000\n',
    good: 'backend api\n  server a a:8000\n  server b b:8000\n',
    tool: "backend 'api' has the same name as backend 'api'",
  },
  *check({ file }) {
    const seen = new Map<string, Section>();
    for (const section of file.sections) {
      if (section.kind === 'defaults' || !(isProxySection(section) || named.has(section.kind))) continue;
      if (section.name === undefined) {
        yield { at: section.header.keyword, message: `\`${section.kind}\` needs a name: HAProxy refuses the file.` };
        continue;
      }
      const { value } = section.name;
      const roles = section.kind === 'listen' ? ['frontend', 'backend'] : [section.kind];
      const first = roles.map((role) => seen.get(`${role} ${value}`)).find((other) => other !== undefined);
      if (first && section.kind !== 'userlist') {
        yield {
          at: section.name,
          message: `Another \`${first.kind}\` is named \`${value}\`: HAProxy refuses the file.`,
          near: [{ at: first.header, message: 'The first one is here.' }],
        };
      }
      for (const role of roles) if (!seen.has(`${role} ${value}`)) seen.set(`${role} ${value}`, section);
    }
  },
};

/** Other sections that need a name of their own. */
const named: ReadonlySet<string> = new Set([
  'cache',
  'http-errors',
  'mailers',
  'peers',
  'resolvers',
  'ring',
  'userlist',
]);
