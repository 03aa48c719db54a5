import type { Section } from '../haproxy/parse.js';
import type { HaproxyRule } from '../rule.js';

export const haproxyMissingTimeouts: HaproxyRule = {
  id: 'haproxy-missing-timeouts',
  severity: 'info',
  proxy: 'haproxy',
  docs: {
    summary: 'Clients, connections and servers have a timeout.',
    why: 'Without one HAProxy keeps dead connections for ever, and warns at each start.',
    bad: 'frontend web\n  bind :80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    good: 'defaults\n  timeout connect 5s\n  timeout client 1m\n  timeout server 1m\n\nfrontend web\n  bind :80\n  default_backend api\n\nbackend api\n  server api1 api:8000\n',
    tool: "missing timeouts for frontend 'web'",
  },
  *check({ file }) {
    let defaults: ReadonlySet<string> = new Set();
    for (const section of file.sections) {
      const own = timeoutsOf(section);
      if (section.kind === 'defaults') defaults = own;
      const needed = needs[section.kind];
      if (needed === undefined || section.name === undefined) continue;
      if (section.kind === 'backend' && !section.lines.some((line) => line.keyword.value.startsWith('server')))
        continue;
      const missing = needed.filter((name) => !own.has(name) && !defaults.has(name));
      if (missing.length === 0) continue;
      const list = missing.map((name) => `\`timeout ${name}\``).join(', ');
      yield {
        at: section.name,
        message: `\`${section.name.value}\` lacks ${list}: dead connections stay open for ever.`,
      };
    }
  },
};

const needs: Readonly<Record<string, readonly string[] | undefined>> = {
  frontend: ['client'],
  backend: ['connect', 'server'],
  listen: ['connect', 'client', 'server'],
};

function timeoutsOf(section: Section): ReadonlySet<string> {
  return new Set(
    section.lines.flatMap((line) => (line.keyword.value === 'timeout' && line.args[0] ? [line.args[0].value] : [])),
  );
}
