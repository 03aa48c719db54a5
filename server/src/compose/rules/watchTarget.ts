import { get, items, str } from '../model/value.js';
import { softer } from './grammar.js';
import { refuses } from '../target.js';
import type { ServiceRule } from './rule.js';

export const watchTarget: ServiceRule = {
  id: 'watch-target',
  scope: 'service',
  severity: 'error',
  targets: ['compose'],
  docs: {
    summary: 'A watched path has no target, or is empty.',
    why: 'Every action but `rebuild` and `restart` copies files into the container and has to know where to.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    develop:\n      watch:\n        - { action: sync, path: ./site }\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    develop:\n      watch:\n        - { action: sync, path: ./site, target: /site }\n',
    tool: 'services.web.develop.watch: target is required for non-rebuild actions',
  },
  *check({ value, active }) {
    for (const item of items(get(value, 'develop', 'watch'))) {
      if (item.kind !== 'map') continue;
      const [action, path, target] = ['action', 'path', 'target'].map((key) => get(item, key));
      const name = str(action);
      if (path && str(path) === '')
        yield { at: path.at, message: `\`path\` cannot be empty: ${refuses.compose}.`, ...softer(path) };
      if (!active || !action || !name || name === 'rebuild' || name === 'restart' || (target && str(target) !== ''))
        continue;
      yield {
        at: action.at,
        message: `Action \`${name}\` needs a \`target\`, a path in the container: ${refuses.compose}.`,
        ...softer(action, target),
      };
    }
  },
};
