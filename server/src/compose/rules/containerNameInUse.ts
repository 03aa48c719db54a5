import { str, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import { softer } from './grammar.js';
import { refuses } from '../target.js';
import type { ProjectRule } from './rule.js';

export const containerNameInUse: ProjectRule = {
  id: 'container-name-in-use',
  scope: 'project',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'Two services have the same container name.',
    why: "A container's name is unique in the Engine.",
    bad: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n  api:\n    image: example/api:1\n    container_name: web\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    container_name: web\n  api:\n    image: example/api:1\n    container_name: api\n',
    tool: 'container name "web" is already in use by service',
  },
  *check(service, index) {
    const written = entry(service.value, 'container_name');
    const value = written?.value;
    const name = str(value);
    if (!service.active || !written || !value || !name) return;
    const other = index.tables.byContainerName.get(name)?.[0];
    if (!other || other.name === service.name) return; // the earlier service owns it
    yield {
      at: value.at,
      message: `Container name \`${name}\` is already that of service \`${other.name}\`: ${refuses.compose}.`,
      related: [{ service: other.name, message: 'It has the name first.' }],
      ...softer(value),
      fixes: removeKey(written.keyAt, 'Remove `container_name`', { preferred: false }),
    };
  },
};
