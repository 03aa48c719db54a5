import { namePattern, paths } from './common.js';
import { configs, secrets } from './files.js';
import { formats } from './formats.js';
import { models } from './models.js';
import { networks } from './networks.js';
import { service } from './service.js';
import {
  attr,
  choice,
  format,
  ignored,
  integer,
  list,
  map,
  nothing,
  object,
  refused,
  split,
  string,
  union,
} from './types.js';
import { volumes } from './volumes.js';

const included = object(
  {
    path: attr(union(nothing, paths), 'The file, or several that are merged.', { compose: '2.19' }),
    env_file: attr(union(nothing, paths), 'Files with variables for it.', { compose: '2.19' }),
    project_directory: attr(
      union(nothing, format('path'), integer({ cast: 'never' })),
      'The folder its relative paths start from.',
      { compose: '2.19' },
    ),
  },
  { open: { compose: true } },
);

const formatVersion = choice(
  Object.fromEntries(
    formats.map(({ version, cli, brought }) => [version, `Docker ${cli} and later. It brought ${brought}.`]),
  ),
);

/** The whole file: the one table that validation, completion, hovers and the published JSON Schemas come from. */
export const file = object(
  {
    version: attr(
      split(string, formatVersion),
      'The version of the file format. Only a stack reads it; docker compose warns that it is obsolete.',
      {
        compose: ignored('silently', 'Remove it; docker compose warns that it is obsolete.', '2.0'),
        default: '"3.13"',
      },
    ),
    name: attr(string, 'The name of the project, in front of the names of its containers, networks and volumes.', {
      compose: '2.3',
      stack: refused('Name the stack on the command line of docker stack deploy.'),
    }),
    include: attr(
      union(nothing, list(union(nothing, format('path'), included))),
      'Other Compose files whose services, networks and volumes belong to the project.',
      {
        compose: '2.19',
        stack: refused('Pass several files to docker stack deploy with `-c`.'),
      },
    ),
    services: attr(map('a service', service, { keys: namePattern }), 'The containers to run.'),
    networks: attr(networks, 'Networks that services join.'),
    volumes: attr(volumes, 'Volumes that services mount.'),
    secrets: attr(secrets, 'Secrets that services get as files.', { stack: '3.1' }),
    configs: attr(configs, 'Configuration files that services get.', { stack: '3.3' }),
    models: attr(models, 'AI models that services use.', { compose: '2.38', stack: refused() }),
  },
  { extensions: { stack: '3.4' }, common: ['services', 'networks', 'volumes', 'secrets', 'configs'] },
);
