import type { Group } from '../upstream.js';
import type { NginxRule } from '../rule.js';

export const nginxDuplicateUpstream: NginxRule = {
  id: 'nginx-duplicate-upstream',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'Upstreams have different names.',
    why: 'nginx refuses two upstreams of one name, also when they stand in two files it reads.',
    bad: 'upstream api {\n  server a:80;\n}\nupstream api {\n  server b:80;\n}\n',
    good: 'upstream api {\n  server a:80;\n  server b:80;\n}\n',
    tool: 'duplicate upstream "api"',
  },
  *check({ model }, { siblings }) {
    const key = (group: Group) => `${group.layer} ${group.name.toLowerCase()}`;
    const elsewhere = new Set(siblings.flatMap((sibling) => sibling.model.groups.map(key)));
    const seen = new Map<string, Group>();
    for (const group of model.groups) {
      const first = seen.get(key(group));
      if (first) {
        yield {
          at: group.nameAt,
          message: `A second upstream \`${group.name}\`: nginx refuses the file.`,
          near: [{ at: first.nameAt, message: 'The first one is here.' }],
        };
      } else if (elsewhere.has(key(group))) {
        yield {
          at: group.nameAt,
          message: `Another file of this nginx defines the upstream \`${group.name}\` too: nginx refuses the configuration.`,
          severity: 'warning',
        };
      }
      if (!first) seen.set(key(group), group);
    }
  },
};
