import { isExternal, type Resource } from '../model/resource.js';
import { get, members, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import { refuses } from '../target.js';
import type { ResourceRule } from './rule.js';

export const secretSource: ResourceRule = {
  id: 'secret-source',
  scope: 'resource',
  severity: 'error',
  targets: ['compose', 'stack'],
  docs: {
    summary: 'A secret or config has no source, or several.',
    why: 'Its content comes from one place: `file` or `environment`, for a config also `content`. Or it is `external` and exists already.',
    bad: 'services:\n  web:\n    image: nginx:1.27\nsecrets:\n  password: { file: ./password.txt, environment: PASSWORD }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\nsecrets:\n  password: { file: ./password.txt }\n',
    tool: 'secrets.password: file|environment attributes are mutually exclusive',
  },
  *check(resource, _index, { target }) {
    const { kind, name, nameAt, value } = resource;
    const sources = sourcesOf(kind);
    if (!sources || value.kind !== 'map' || isExternal(resource)) return;
    const external = get(value, 'external');
    // docker compose asks nothing of a config that says whether it is external, not even of one that says no.
    if (external?.kind === 'scalar' && (external.unset || (kind === 'config' && target === 'compose'))) return;
    const [first, second] = [...members(value)].filter(({ key }) => sources.includes(key));
    if (target === 'stack') {
      const driver = entry(value, 'driver');
      if (first?.key === 'file' && driver) {
        const message = `\`driver\` and \`file\` exclude each other: ${refuses.stack}.`;
        yield { at: driver.keyAt, message, fixes: removeKey(driver.keyAt, 'Remove `driver`', { lossy: true }) };
      } else if (!first && !driver) {
        const message = `${label(kind)} \`${name}\` has no \`file\` and is not \`external\`: ${refuses.stack}.`;
        yield { at: nameAt, message };
      }
    } else if (!first) {
      const message = `${label(kind)} \`${name}\` needs one of ${sources.map((it) => `\`${it}\``).join(', ')}: ${refuses.compose}.`;
      yield { at: nameAt, message };
    } else if (second) {
      const message = `\`${first.key}\` and \`${second.key}\` exclude each other: ${refuses.compose}.`;
      yield { at: second.keyAt, message, fixes: removeKey(second.keyAt, `Remove \`${second.key}\``) };
    }
  },
};

function sourcesOf(kind: Resource['kind']): readonly string[] | undefined {
  if (kind === 'secret') return ['file', 'environment'];
  return kind === 'config' ? ['file', 'environment', 'content'] : undefined;
}

function label(kind: Resource['kind']): string {
  return kind === 'secret' ? 'Secret' : 'Config';
}
