import { refuses } from '../target.js';
import { items, str, get, type Value } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const grantTarget: ServiceRule = {
  id: 'grant-target',
  scope: 'service',
  severity: 'error',
  targets: ['stack'],
  docs: {
    summary: 'Two secrets or two configs of a service become the same file.',
    why: 'Each needs a target of its own; docker stack deploy refuses the file.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - source: old\n        target: key\n      - source: new\n        target: key\nsecrets:\n  old:\n    external: true\n  new:\n    external: true\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - source: old\n        target: old_key\n      - source: new\n        target: key\nsecrets:\n  old:\n    external: true\n  new:\n    external: true\n',
    tool: 'service web: duplicate secret target for new not allowed',
  },
  *check({ value }) {
    for (const key of ['secrets', 'configs']) {
      const seen = new Set<string>();
      for (const grant of items(get(value, key))) {
        const target = targetOf(grant);
        if (target === undefined) continue;
        if (seen.has(target.text)) {
          yield {
            at: target.at,
            message: `Another one of these ${key} becomes the file \`${target.text}\` already: ${refuses.stack}.`,
          };
        }
        seen.add(target.text);
      }
    }
  },
};

function targetOf(grant: Value): { readonly text: string; readonly at: Value['at'] } | undefined {
  const value = grant.kind === 'map' ? (get(grant, 'target') ?? get(grant, 'source')) : grant;
  const text = value?.kind === 'scalar' && !value.unset ? str(value) : undefined;
  return value && text !== undefined ? { text, at: value.at } : undefined;
}
