import { get, items, str } from '../model/value.js';
import type { ServiceRule } from './rule.js';

export const watchAction: ServiceRule = {
  id: 'watch-action',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A watched path asks for what the service cannot do.',
    why: '`rebuild` needs a `build`, and `sync+exec` an `exec` with the command to run: `docker compose watch` stops without.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    develop:\n      watch:\n        - { action: rebuild, path: ./site }\n',
    good: 'services:\n  web:\n    build: .\n    develop:\n      watch:\n        - { action: rebuild, path: ./site }\n',
    tool: 'can\'t watch service "web" with action rebuild without a build context',
  },
  *check({ value, complete }) {
    for (const item of items(get(value, 'develop', 'watch'))) {
      const action = get(item, 'action');
      const name = str(action);
      if (!action || !complete) continue;
      if (name === 'rebuild' && !get(value, 'build')) {
        yield { at: action.at, message: 'Action `rebuild` needs a `build`: `docker compose watch` stops without it.' };
      } else if (name === 'sync+exec' && !get(item, 'exec', 'command')) {
        yield {
          at: action.at,
          message: 'Action `sync+exec` needs an `exec.command`: `docker compose watch` stops without it.',
        };
      }
    }
  },
};
