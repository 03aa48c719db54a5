import { refuses } from '../target.js';
import { members, str, get, entry } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const credentialSpec: ServiceRule = {
  id: 'credential-spec',
  scope: 'service',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: 'A credential spec has one source.',
    why: '`config`, `file` and `registry` exclude each other.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    credential_spec:\n      file: web.json\n      registry: web\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    credential_spec:\n      file: web.json\n',
    tool: 'service web: invalid credential spec: cannot specify both "File" and "Registry"',
  },
  *check({ value }) {
    const spec = entry(value, 'credential_spec');
    const given = [...members(get(value, 'credential_spec'))].filter((it) => sources.includes(it.key) && str(it.value));
    if (!spec || given.length < 2) return;
    const keys = given.map(({ key }) => `\`${key}\``).join(' and ');
    const fixes = given.flatMap(({ key, keyAt }) => removeKey(keyAt, `Remove \`${key}\``, { preferred: false }));
    yield { at: spec.keyAt, message: `${keys} exclude each other: ${refuses.stack}.`, fixes };
  },
};

const sources: readonly string[] = ['config', 'file', 'registry'];
