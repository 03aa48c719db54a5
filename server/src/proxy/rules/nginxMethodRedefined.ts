import { balancingMethods } from '../nginx/model.js';
import { allDirectives } from '../nginx/walk.js';
import { isFrom } from '../version.js';
import type { NginxRule } from '../rule.js';

export const nginxMethodRedefined: NginxRule = {
  id: 'nginx-method-redefined',
  severity: 'warning',
  proxy: 'nginx',
  docs: {
    summary: 'An upstream has one balancing method, and `keepalive` follows it.',
    why: 'Of two methods nginx takes the last and only warns. Before 1.29.7 a method behind `keepalive` switches the kept connections off.',
    bad: 'upstream api {\n  ip_hash;\n  least_conn;\n  server api:8000;\n}\n',
    good: 'upstream api {\n  least_conn;\n  server api:8000;\n}\n',
    tool: 'load balancing method redefined',
  },
  *check({ file }, { version }) {
    for (const upstream of allDirectives(file.directives)) {
      if (upstream.name.value !== 'upstream') continue;
      const inside = upstream.block?.directives ?? [];
      const methods = inside.filter((child) => balancingMethods.has(child.name.value));
      const [first, ...more] = methods;
      for (const method of more) {
        yield {
          at: method.name,
          message: `\`${method.name.value}\` replaces \`${first?.name.value ?? ''}\`: an upstream has one balancing method.`,
        };
      }
      const keepalive = inside.find((child) => child.name.value === 'keepalive');
      if (first && keepalive && keepalive.start < first.start && !(version && isFrom(version, '1.29.7'))) {
        yield {
          at: keepalive.name,
          message: `\`keepalive\` must come after \`${first.name.value}\`: before nginx 1.29.7 the method takes its place and no connection is kept.`,
        };
      }
    }
  },
};
