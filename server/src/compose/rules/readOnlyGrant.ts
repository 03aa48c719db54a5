import { get, isTrue } from '../model/value.js';
import { namePlace } from './references.js';
import type { ProjectRule } from './rule.js';

export const readOnlyGrant: ProjectRule = {
  id: 'read-only-grant',
  scope: 'project',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A read-only container gets a secret or config that is no file.',
    why: 'docker compose copies what comes from `content` or `environment` into the container, which it cannot where `read_only` is set. A `file` is mounted and works.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    read_only: true\n    configs: [page]\nconfigs:\n  page: { content: hello }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    configs: [page]\nconfigs:\n  page: { content: hello }\n',
    tool: 'cannot create config "page" in read-only service web: `file` is the sole supported option',
  },
  *check({ value, references }, index) {
    if (!isTrue(get(value, 'read_only'))) return;
    for (const reference of references) {
      const { kind, name, via } = reference;
      if ((kind !== 'secret' && kind !== 'config') || via.startsWith('build.')) continue;
      const declared = index.declared[kind].get(name);
      if (!declared || declared.external || declared.isFile) continue;
      yield {
        at: namePlace(reference),
        message: `\`${name}\` is no file, and \`read_only\` keeps docker compose from copying it into the container: \`docker compose up\` stops.`,
      };
    }
  },
};
