import { get, entry } from '../model/value.js';
import { addBeside } from './fixes.js';
import type { ServiceRule } from './rule.js';

export const startInterval: ServiceRule = {
  id: 'start-interval',
  scope: 'service',
  severity: 'warning',
  targets: ['compose'],
  docs: {
    summary: 'A health check has a `start_interval` and no `start_period`.',
    why: 'The interval counts only during the start period. The file is accepted; `docker compose up` stops.',
    bad: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD, curl, localhost]\n      start_interval: 1s\n',
    good: 'services:\n  web:\n    image: nginx:1.27\n    healthcheck:\n      test: [CMD, curl, localhost]\n      start_interval: 1s\n      start_period: 30s\n',
    tool: 'healthcheck.start_interval requires healthcheck.start_period to be set',
  },
  *check({ value }) {
    const interval = entry(value, 'healthcheck', 'start_interval');
    if (!interval || get(value, 'healthcheck', 'start_period')) return;
    yield {
      at: interval.keyAt,
      message: '`start_interval` needs a `start_period`: `docker compose up` stops without it.',
      fixes: addBeside(interval.keyAt, { start_period: '30s' }, 'Add `start_period: 30s`', { preferred: false }),
    };
  },
};
