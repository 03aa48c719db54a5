import type { HaproxyRule } from '../rule.js';

export const haproxyNoBind: HaproxyRule = {
  id: 'haproxy-no-bind',
  severity: 'warning',
  proxy: 'haproxy',
  docs: {
    summary: 'A frontend listens on something.',
    why: 'A frontend without `bind` receives nothing; HAProxy only warns, and exits where no frontend has one.',
    bad: 'frontend web\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    good: 'frontend web\n  bind :80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    tool: "frontend 'web' has no 'bind' directive",
  },
  *check({ file }) {
    for (const section of file.sections) {
      if (section.kind !== 'frontend' || section.name === undefined) continue;
      if (section.lines.some((line) => line.keyword.value === 'bind') || section.header.args.length > 1) continue;
      yield {
        at: section.name,
        message: `The frontend \`${section.name.value}\` has no \`bind\`: it receives nothing.`,
      };
    }
  },
};
