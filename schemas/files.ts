import { distinctLabels, driverOptions, fileMode, namePattern } from './common.js';
import { externally } from './external.js';
import {
  attr,
  choice,
  format,
  list,
  map,
  object,
  refused,
  string,
  union,
  unused,
  type Attribute,
  type Reference,
} from './types.js';

/** Secrets and configs are files for containers: what a service says of them. */
function grants(kind: Reference & ('secret' | 'config'), folder: string) {
  const grant = object(
    {
      source: attr(format(kind), `The ${kind} among the top-level \`${kind}s\`.`),
      target: attr(
        format('path'),
        `The file inside the container; \`${folder}\` and the name of the ${kind} without it.`,
      ),
      uid: attr(string, 'Owner of the file, as a string of digits.', { default: '"0"' }),
      gid: attr(string, 'Group of the file, as a string of digits.', { default: '"0"' }),
      mode: attr(
        fileMode,
        'Permissions in octal, such as `0440`. Without the leading 0 the number is decimal and means something else.',
        { default: '0444' },
      ),
    },
    { open: { stack: true }, required: { stack: ['source'] } },
  );
  return list(union(format(kind), grant));
}

export const serviceSecrets = grants('secret', '/run/secrets/');
export const serviceConfigs = grants('config', '/');

function declared(kind: 'secret' | 'config', keys: Readonly<Record<string, Attribute>>) {
  const declaration = object(
    {
      name: attr(
        string,
        'The name the swarm knows it by; without one it gets the stack name in front. Change it to roll out new content.',
        { stack: '3.5' },
      ),
      file: attr(format('path'), 'The file that holds the content.'),
      external: attr(
        externally({ open: true }),
        `The ${kind} exists already in the swarm. docker compose has no such ${kind}s.`,
        { default: 'false' },
      ),
      labels: attr(distinctLabels, `Labels of the ${kind}.`),
      template_driver: attr(choice({ golang: "Go's text/template." }), 'The driver that fills in templates.', {
        compose: unused,
        stack: '3.8',
      }),
      ...keys,
    },
    { extensions: { stack: '3.7' } },
  );
  return map(`a ${kind}`, declaration, { keys: namePattern });
}

const useFile = 'Put the content into a file and name it with `file`.';

export const secrets = declared('secret', {
  environment: attr(
    { ...string, pattern: { by: ['compose'], test: /./, says: 'not be empty' } },
    'The environment variable of docker compose that holds the content.',
    {
      compose: '2.6',
      stack: refused(useFile),
    },
  ),
  driver: attr(string, 'The plugin that provides the content.', { compose: unused, stack: '3.8' }),
  driver_opts: attr(driverOptions(), "The plugin's options.", { compose: unused, stack: '3.8' }),
});

export const configs = declared('config', {
  content: attr(string, 'The content itself.', { compose: '2.23', stack: refused(useFile) }),
  environment: attr(string, 'The environment variable of docker compose that holds the content.', {
    compose: '2.23',
    stack: refused(useFile),
  }),
});
