import { within } from './grammar.js';
import { checkGoTemplate } from '../model/goTemplate.js';
import { items, members, get, known, type Value } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const swarmTemplate: ServiceRule = {
  id: 'swarm-template',
  scope: 'service',
  severity: 'warning',
  targets: ['stack'],
  docs: {
    summary: 'A placeholder that a swarm cannot fill in.',
    why: 'In `hostname`, `environment` and mounts a swarm fills in `{{.Node.Hostname}}` and its like for each task. With an unknown field no task starts.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    hostname: "{{.Node.Name}}"\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    hostname: "{{.Node.Hostname}}"\n',
    tool: 'expanding hostname failed: template: expansion:1:7: executing "expansion" at <.Node.Name>: can\'t evaluate field Name',
  },
  *check({ value }) {
    for (const text of templatesOf(value)) {
      const scalar = known(text);
      if (typeof scalar?.value !== 'string' || !scalar.value.includes('{{')) continue;
      for (const problem of checkGoTemplate(scalar.value)) {
        yield {
          at: within(scalar, problem),
          message: `${problem.message} The tasks do not start.`,
        };
      }
    }
  },
};

function* templatesOf(service: Value): Iterable<Value | undefined> {
  yield get(service, 'hostname');
  const environment = get(service, 'environment');
  yield* items(environment);
  for (const { value } of members(environment)) yield value;
  for (const mount of items(get(service, 'volumes'))) {
    if (mount.kind === 'scalar') yield mount;
    yield get(mount, 'source');
    yield get(mount, 'target');
  }
}
