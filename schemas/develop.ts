import { distinctMany } from './common.js';
import { hook } from './lifecycle.js';
import { attr, boolean, choice, format, list, nothing, object, union } from './types.js';

const action = choice(
  {
    rebuild: 'Build the image anew and replace the container.',
    sync: 'Copy the changed files into the container.',
    restart: 'Restart the container.',
    'sync+restart': 'Copy the changed files, then restart the container.',
    'sync+exec': 'Copy the changed files, then run a command in the container.',
  },
  { compose: 'tool' },
);

const watch = object(
  {
    path: attr(format('path'), 'The file or folder to watch, relative to the project.'),
    action: attr(action, 'What to do when something below it changes.'),
    target: attr(format('path'), 'Where in the container the files go. Needed for every `sync` action.'),
    include: attr(distinctMany, 'Patterns of the files that count.', { compose: '2.34' }),
    ignore: attr(distinctMany, 'Patterns of the files that do not count.'),
    initial_sync: attr(boolean('never'), 'Copy everything once when the watch starts.', {
      compose: '2.39',
      default: 'false',
    }),
    exec: attr(hook, 'The command of `sync+exec`.', { compose: '2.32' }),
  },
  { required: ['path', 'action'] },
);

export const develop = union(nothing, object({ watch: attr(list(watch), 'What `docker compose watch` reacts to.') }));
