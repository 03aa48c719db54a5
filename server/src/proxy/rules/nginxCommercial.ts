import { commercialDirectives } from '../nginx/foreign.js';
import { directives } from '../nginx/directives.js';
import { placedDirectives } from '../nginx/walk.js';
import type { NginxRule } from '../rule.js';

export const nginxCommercial: NginxRule = {
  id: 'nginx-commercial',
  severity: 'warning',
  proxy: 'nginx',
  docs: {
    summary: 'Nothing needs the commercial edition of nginx.',
    why: 'Tutorials often show `health_check`, `queue` or `slow_start`. The images on Docker Hub carry the open-source edition, which refuses them.',
    bad: 'upstream api {\n  server api:8000 slow_start=30s;\n}\n',
    good: 'upstream api {\n  server api:8000 max_fails=3 fail_timeout=30s;\n}\n',
    tool: 'invalid parameter "slow_start=30s"',
  },
  *check({ file, model, place }, { official }) {
    const severity = official === true ? 'error' : 'warning';
    for (const { directive } of placedDirectives(file, place)) {
      const { value } = directive.name;
      if (!commercialDirectives.has(value) || directives.has(value)) continue;
      yield {
        at: directive.name,
        message: `\`${value}\` needs NGINX Plus: the open-source image refuses the file.`,
        severity,
      };
    }
    for (const param of model.groups.flatMap((group) => group.servers.flatMap((server) => server.params))) {
      if (param.name !== 'slow_start') continue;
      yield {
        at: param.at,
        message: `\`${param.name}\` needs NGINX Plus: the open-source image refuses the file.`,
        severity,
      };
    }
  },
};
