import { anyName, bytes, extraHosts, fileMode, labels, pairs, text, ulimits } from './common.js';
import {
  attr,
  boolean,
  choice,
  format,
  integer,
  list,
  map,
  object,
  refused,
  string,
  union,
  type Attribute,
  type Facts,
  type Release,
  type Type,
} from './types.js';

/** `docker stack deploy` never builds: file formats before 3.11 refuse what they do not know, later ones take any key. */
function composeKey(type: Type, doc: string, compose: Release, more: Facts = {}): Attribute {
  return attr(type, doc, { ...more, compose, stack: refused() });
}

const flag = boolean('compose');
const attestation = union(string, boolean('never'));

const secret = object(
  {
    source: attr(format('secret'), 'The secret among the top-level `secrets`.'),
    target: attr(string, 'The id it has in the Dockerfile; the name of the secret without it.'),
    uid: attr(string, 'Owner of the file, as a string of digits.'),
    gid: attr(string, 'Group of the file, as a string of digits.'),
    mode: attr(fileMode, 'Permissions in octal, such as `0440`.'),
  },
  { required: { stack: ['source'] } },
);

export const build = union(
  format('path'),
  object(
    {
      context: attr(format('path'), 'The folder or Git address that is sent to the builder.', { default: '.' }),
      dockerfile: attr(format('path'), 'The Dockerfile, relative to the context.', { default: 'Dockerfile' }),
      dockerfile_inline: composeKey(string, 'The text of the Dockerfile itself. Excludes `dockerfile`.', '2.17'),
      args: attr(
        pairs('an argument', 'environment'),
        'Values for the `ARG`s of the Dockerfile. They stay visible in the image history.',
      ),
      target: attr(string, 'The stage of the Dockerfile to build.', { stack: '3.4' }),
      additional_contexts: composeKey(
        union(
          map('a context', format('path')),
          list({ ...format('label'), pattern: { by: ['compose'], test: /=/, says: 'be `NAME=CONTEXT`' } }, ['stack']),
        ),
        'More named contexts for `COPY --from` and `FROM`: folders, images, addresses or `service:name`.',
        '2.17',
      ),
      cache_from: attr(list(string, ['stack']), 'Where the builder may take cached layers from.', { stack: '3.2' }),
      cache_to: composeKey(list(string), 'Where the builder writes its cache.', '2.4'),
      no_cache: composeKey(flag, 'Build every step anew.', '2.4', { default: 'false' }),
      no_cache_filter: composeKey(union(string, list(string, ['compose'])), 'Stages to build anew.', '5.0'),
      pull: composeKey(flag, 'Look for newer base images each time.', '2.4', { default: 'false' }),
      labels: attr(labels, 'Labels of the image.', { stack: '3.3' }),
      tags: composeKey(list(format('image')), 'More names for the image, besides `image`.', '2.5'),
      platforms: composeKey(
        list(format('platform')),
        "Platforms to build for. The service's own `platform` must be among them.",
        '2.10',
      ),
      network: attr(
        choice({ host: "The host's own network.", none: 'No network.', default: "The builder's default." }),
        'The network of the `RUN` steps.',
        { stack: '3.4' },
      ),
      extra_hosts: attr(
        extraHosts({ ...format('host'), pattern: { by: ['compose'], test: /[=:]/, says: 'be `HOST=ADDRESS`' } }),
        'Host names for the `RUN` steps.',
        { stack: '3.9' },
      ),
      isolation: composeKey(string, 'Isolation technology of the build containers, on Windows.', '2.0'),
      privileged: composeKey(flag, 'Gives the `RUN` steps all rights.', '2.15', { default: 'false' }),
      entitlements: composeKey(
        list(
          choice({
            'network.host': "The host's network for `RUN --network=host`.",
            'security.insecure': 'All rights for `RUN --security=insecure`.',
          }),
        ),
        'Extra rights of the build.',
        '2.27',
      ),
      secrets: composeKey(
        list(union(format('secret'), secret)),
        'Secrets that `RUN --mount=type=secret` can read; they leave no trace in the image.',
        '2.5',
      ),
      ssh: composeKey(
        union(
          map('an id', text, { keys: anyName }),
          list(
            {
              ...format('label'),
              pattern: { by: ['compose'], test: /^default$|=/, says: 'be `default` or `ID=PATH`' },
            },
            ['compose'],
          ),
        ),
        'SSH agents or keys for the build: `default` or `id=path`.',
        '2.4',
      ),
      shm_size: attr(bytes, 'Size of `/dev/shm` during the build.', { stack: '3.5' }),
      ulimits: composeKey(ulimits(integer({ cast: 'never' })), 'Resource limits of the `RUN` steps.', '2.23'),
      provenance: composeKey(attestation, 'Whether and how a provenance attestation is added.', '2.39'),
      sbom: composeKey(attestation, 'Whether and how a bill of materials is added.', '2.39'),
    },
    { open: { stack: '3.11' }, extensions: { stack: '3.11' } },
  ),
);
