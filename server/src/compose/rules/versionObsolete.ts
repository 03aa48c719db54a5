import { removeKey } from './fixes.js';
import type { FileRule } from './rule.js';

export const versionObsolete: FileRule = {
  id: 'version-obsolete',
  scope: 'file',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: '`version` is obsolete.',
    why: 'docker compose reads every file by the newest rules and warns on each run that `version` is ignored. Only docker stack reads it.',
    bad: 'version: "3.8"\nservices:\n  web:\n    image: nginx:1.27\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n',
    tool: 'the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion',
  },
  *check(file) {
    for (const document of file.documents) {
      const version = document.members.get('version');
      if (!version) continue;
      yield {
        at: version.keyAt,
        message: '`version` is obsolete: docker compose ignores it and warns on every run.',
        tag: 'deprecated',
        fixes: removeKey(version.keyAt, 'Remove `version`'),
      };
    }
  },
};
