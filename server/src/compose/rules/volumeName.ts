import { checkEngineName } from '../model/names.js';
import { isExternal } from '../model/resource.js';
import { targets } from '../target.js';
import { replaceWord } from './fixes.js';
import { get, known } from '../model/value.js';
import type { ResourceRule } from './rule.js';

export const volumeName: ResourceRule = {
  id: 'volume-name',
  scope: 'resource',
  severity: 'warning',
  targets,
  docs: {
    summary: 'A volume cannot have this name.',
    why: 'Names of local volumes have at least two letters, digits, `_`, `.` or `-` and begin with a letter or a digit. Both tools take the file; the Engine refuses to make the volume.',
    bad: 'services:\n  web:\n    image: nginx:1.27\nvolumes:\n  data: { name: our data }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\nvolumes:\n  data: { name: our-data }\n',
    tool: '"our data" includes invalid characters for a local volume name',
  },
  *check(resource) {
    const { kind, value } = resource;
    if (kind !== 'volume' || isExternal(resource)) return;
    const driver = known(get(value, 'driver'));
    const name = known(get(value, 'name'));
    if (typeof name?.value !== 'string' || (driver && driver.value !== 'local')) return;
    if (name.value === '' || checkEngineName(name.value) === undefined) return;
    // docker stack fills in `{{ }}` on the node.
    if (name.value.includes('{{')) return;
    const meant = name.value.replace(/[^a-zA-Z0-9_.-]+/g, '-').replace(/^[^a-zA-Z0-9]+/, '');
    const isWritten = !name.interpolated && meant.length > 1;
    yield {
      at: name.at,
      message: `\`${name.value}\` cannot be the name of a volume: the Engine refuses to make it.`,
      fixes: isWritten ? replaceWord(name.at, meant) : [],
    };
  },
};
