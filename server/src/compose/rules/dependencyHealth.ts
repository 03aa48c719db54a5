import { members, get, str } from '../model/value.js';
import type { ProjectRule } from './rule.js';

export const dependencyHealth: ProjectRule = {
  id: 'dependency-health',
  scope: 'project',
  severity: 'info',
  targets: ['compose'],
  docs: {
    summary: 'A service waits for the health of another one that has no health check here.',
    why: 'Unless its image brings a health check, `docker compose up` stops with an error: the condition can never be met.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: postgres:17\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    depends_on:\n      db: { condition: service_healthy }\n  db:\n    image: postgres:17\n    healthcheck:\n      test: [CMD, pg_isready]\n',
    tool: 'dependency failed to start: container project-db-1 has no healthcheck configured',
  },
  *check(service, index) {
    for (const { key, value } of members(get(service.value, 'depends_on'))) {
      const condition = get(value, 'condition');
      const other = index.services.get(key);
      if (!condition || str(condition) !== 'service_healthy' || !other?.complete || other.hasHealthcheck) continue;
      const message = `Service \`${key}\` has no \`healthcheck\`: unless its image brings one, \`${service.name}\` can never start.`;
      yield { at: condition.at, message, related: [{ service: key, message: 'It has no `healthcheck`.' }] };
    }
  },
};
