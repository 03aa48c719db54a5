import { targets, refuses } from '../target.js';
import { namePlace, removeReference, similarNames, unsetHint } from './references.js';
import type { ProjectRule } from './rule.js';

export const undefinedService: ProjectRule = {
  id: 'undefined-service',
  scope: 'project',
  severity: 'error',
  targets,
  docs: {
    summary: 'A service refers to another one that is not there.',
    why: '`depends_on`, `links`, `volumes_from` and `service:NAME` go by the name of the service in the file, not by `container_name` or image. A service that only a profile starts is not there without it. docker stack ignores the order of services and reports nothing.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [celery]\n  celery-worker:\n    image: example/worker:1\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    depends_on: [celery-worker]\n  celery-worker:\n    image: example/worker:1\n',
    tool: 'service "web" depends on undefined service "celery"',
  },
  *check(service, index, { target }) {
    if (!index.complete) return;
    for (const reference of service.references) {
      if (reference.kind !== 'service') continue;
      const { name, via, optional } = reference;
      const at = namePlace(reference);
      const found = index.services.get(name);
      if (target === 'stack') {
        if (found || via !== 'depends_on') continue;
        const { question, fixes } = similarNames(reference, index.services.keys());
        const message = `Service \`${name}\` is not defined; docker stack deploy does not look.${question}`;
        yield { at, message, severity: 'warning', fixes: [...fixes, ...removeReference(reference)] };
      } else if (!found) {
        const { question, fixes } = similarNames(reference, index.services.keys());
        const when = service.active ? '' : ` as soon as profile \`${service.profiles[0] ?? ''}\` is selected`;
        yield {
          at,
          message: `${unsetHint(reference)}Service \`${name}\` is not defined: ${refuses.compose}${when}.${question}`,
          ...(service.active && !reference.unset ? {} : { severity: 'warning' }),
          fixes: [...fixes, ...removeReference(reference)],
        };
      } else if (service.active && !found.active && !optional) {
        const profile = found.profiles[0] ?? '';
        yield {
          at,
          message: `Service \`${name}\` is only there with profile \`${profile}\`: ${refuses.compose} without it.`,
        };
      }
    }
  },
};
