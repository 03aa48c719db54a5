import { olderThan } from '../../../../schemas/types.js';
import { isExternal } from '../model/resource.js';
import { formatOf } from '../schema/attributes.js';
import { addBelow } from './fixes.js';
import { get } from '../model/value.js';
import type { ResourceRule } from './rule.js';

export const immutableName: ResourceRule = {
  id: 'immutable-name',
  scope: 'resource',
  severity: 'hint',
  targets: ['stack'],
  docs: {
    summary: 'A config or secret cannot be changed once it is deployed.',
    why: 'A swarm refuses other content under the same name. With a `name` that carries a version, new content is a new object, and the services that use it are updated.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    configs: [site]\nconfigs:\n  site:\n    file: site.conf\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    configs: [site]\nconfigs:\n  site:\n    file: site.conf\n    name: site_${SITE_VERSION:-1}\n',
    tool: 'failed to update config demo_site: only updates to Labels are allowed',
  },
  *check(resource, _index, { format }) {
    const { kind, name, nameAt, value } = resource;
    if ((kind !== 'config' && kind !== 'secret') || isExternal(resource)) return;
    if (get(value, 'name') || !get(value, 'file')) return;
    const variable = `${name
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .replace(/^(?=\d)/, '_')}_VERSION`;
    yield {
      at: nameAt,
      message: `Once \`${name}\` is deployed its content cannot change: the swarm refuses it. A \`name\` with a version lets new content in.`,
      fixes: olderThan(formatOf(format), '3.5')
        ? []
        : addBelow(nameAt, { name: `${name}_\${${variable}:-1}` }, 'Add a `name` with a version'),
    };
  },
};
