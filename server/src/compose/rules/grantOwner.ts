import { items, members, str, get } from '../model/value.js';
import { removeKey } from './fixes.js';
import type { ProjectRule } from './rule.js';

export const grantOwner: ProjectRule = {
  id: 'grant-owner',
  scope: 'project',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'docker compose ignores the owner and mode of a file that is mounted.',
    why: 'A secret or config of a `file` is a bind mount with the owner and mode that the file has. `uid`, `gid` and `mode` count for those of `environment` and `content`, and in a stack.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - source: key\n        mode: 0400\nsecrets:\n  key: { file: ./key.pem }\n#- /key.pem\nx\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - source: key\nsecrets:\n  key: { file: ./key.pem }\n#- /key.pem\nx\n',
    tool: "secrets 'uid', 'gid' and 'mode' are not supported, they will be ignored",
  },
  *check({ value }, index) {
    for (const kind of ['secret', 'config'] as const) {
      for (const grant of items(get(value, `${kind}s`))) {
        if (!index.declared[kind].get(str(get(grant, 'source')) ?? '')?.isFile) continue;
        for (const { key, keyAt } of members(grant)) {
          if (key !== 'uid' && key !== 'gid' && key !== 'mode') continue;
          yield {
            at: keyAt,
            message: `docker compose ignores \`${key}\` of a ${kind} that is a file: it keeps its owner and mode.`,
            fixes: removeKey(keyAt, `Remove \`${key}\``, { preferred: false }),
          };
        }
      }
    }
  },
};
