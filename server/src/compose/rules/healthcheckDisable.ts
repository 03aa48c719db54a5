import { refuses } from '../target.js';
import { removeKey } from './fixes.js';
import { entry, isTrue } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const healthcheckDisable: ServiceRule = {
  id: 'healthcheck-disable',
  scope: 'service',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: '`disable` and `test` of a health check exclude each other.',
    why: 'docker stack deploy refuses the file; docker compose takes it and runs no check.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      disable: true\n      test: curl -f http://localhost\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      disable: true\n',
    tool: "service web: test and disable can't be set at the same time",
  },
  *check({ value }) {
    const disable = entry(value, 'healthcheck', 'disable');
    const test = entry(value, 'healthcheck', 'test');
    if (!disable || !test || !isTrue(disable.value) || isEmpty(test.value)) return;
    yield {
      at: disable.keyAt,
      message: `\`disable\` and \`test\` exclude each other: ${refuses.stack}.`,
      fixes: [
        ...removeKey(test.keyAt, 'Remove `test`'),
        ...removeKey(disable.keyAt, 'Remove `disable`', { preferred: false }),
      ],
    };
  },
};

function isEmpty(value: { readonly kind: string; readonly items?: readonly unknown[] }): boolean {
  return value.kind === 'seq' && value.items?.length === 0;
}
