import { commandLine, distinctPairs } from './common.js';
import { attr, boolean, format, list, nothing, object, union, type ObjectType } from './types.js';

const step: ObjectType['keys'] = {
  command: attr(union(nothing, commandLine), 'The command to run.'),
  user: attr(format('user'), 'The user to run it as; the one of the container without it.'),
  privileged: attr(boolean('compose'), 'Whether it runs with all rights.', { default: 'false' }),
  working_dir: attr(format('path'), 'The folder to run it in; the one of the container without it.'),
  environment: attr(distinctPairs('a variable', 'environment'), 'Environment variables for it.'),
};

/** A command inside the running container. */
export const hook = object(step, { required: ['command'] });
export const hooks = list(hook);

/** A container of its own that runs before the service's. */
export const preStart = list(
  object({
    ...step,
    image: attr(format('image'), "The image to run; the service's own without it."),
    per_replica: attr(boolean('compose'), 'Whether it runs once for each replica.', { default: 'false' }),
  }),
);
