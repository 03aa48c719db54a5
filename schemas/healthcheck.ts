import { duration } from './common.js';
import { attr, bool, choice, list, number, object, string, union } from './types.js';

export const healthcheck = object({
  test: attr(
    union(
      string,
      list(
        choice({
          CMD: 'Run the words that follow without a shell.',
          'CMD-SHELL': 'Run the one string that follows in the shell.',
          NONE: 'No check, not even the one of the image.',
        }),
      ),
    ),
    'The command whose exit code tells whether the container is healthy. A list starts with `CMD`, `CMD-SHELL` or `NONE`; a string runs in the shell.',
  ),
  interval: attr(duration, 'Time between two checks.', { default: '30s' }),
  timeout: attr(duration, 'A check that takes longer counts as failed.', { default: '30s' }),
  retries: attr(number({ from: 'integer', min: 0 }), 'Failures in a row that make the container unhealthy.', {
    default: '3',
  }),
  start_period: attr(duration, 'Time for starting up in which failures do not count.', { default: '0s', stack: '3.4' }),
  start_interval: attr(
    duration,
    'Time between two checks during the start period. Needs `start_period` and Engine 25.',
    {
      default: '5s',
      compose: '2.20',
      stack: '3.12',
    },
  ),
  disable: attr(bool, "Turns off the image's own check.", { default: 'false' }),
});
