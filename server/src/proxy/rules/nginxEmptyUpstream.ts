import type { NginxRule } from '../rule.js';

export const nginxEmptyUpstream: NginxRule = {
  id: 'nginx-empty-upstream',
  severity: 'error',
  proxy: 'nginx',
  docs: {
    summary: 'An upstream has a server, and not only spare ones.',
    why: 'nginx refuses an upstream without servers, and one whose servers are all `backup`.',
    bad: 'upstream api {\n  least_conn;\n}\n',
    good: 'upstream api {\n  least_conn;\n  server api:8000;\n}\n',
    tool: 'no servers are inside upstream',
  },
  *check({ model }) {
    for (const group of model.groups) {
      if (group.open) continue;
      const spare = (name: string) =>
        group.servers.every((server) => server.params.some((param) => param.name === name));
      if (group.servers.length === 0) {
        yield { at: group.nameAt, message: `The upstream \`${group.name}\` has no server: nginx refuses the file.` };
      } else if (spare('backup')) {
        yield {
          at: group.nameAt,
          message: `Every server of the upstream \`${group.name}\` is \`backup\`: nginx refuses the file.`,
        };
      } else if (spare('down')) {
        yield {
          at: group.nameAt,
          message: `Every server of the upstream \`${group.name}\` is \`down\`: all requests are answered with 502.`,
          severity: 'warning',
        };
      }
    }
  },
};
