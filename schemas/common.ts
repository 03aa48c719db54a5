import { limitNames } from './linux.js';
import {
  attr,
  boolean,
  choice,
  format,
  integer,
  list,
  map,
  nothing,
  number,
  object,
  split,
  string,
  union,
  type Format,
  type KnownName,
  type NumberType,
  type StringType,
  type Type,
} from './types.js';

/** Keys of services, volumes, secrets and configs. */
export const namePattern = /^[a-zA-Z0-9._-]+$/;

/** Names of which the tools ask no more than that they are some. */
export const anyName = /./;

/** A value that becomes text, as in `environment`: only docker compose takes true and false. */
export const text = split(
  union(string, number({ cast: 'never' }), boolean('never'), nothing),
  union(string, number({ cast: 'never' }), nothing),
);

/** `KEY: value` or a list of `KEY=value`. docker compose drops repeated items by itself. */
export function pairs(names: string, item: Format, known?: readonly KnownName[]): Type {
  return union(map(names, text, { keys: anyName, ...(known && { known }) }), list(format(item), ['stack']));
}

/** The same where docker compose compares the items as well. */
export function distinctPairs(names: string, item: Format): Type {
  return union(map(names, text, { keys: anyName }), list(format(item), ['compose', 'stack']));
}

export const labels = pairs('a label', 'label');
export const distinctLabels = distinctPairs('a label', 'label');
export function extraHosts(item: StringType): Type {
  return union(
    split(
      map('a host name', union(string, list(string)), { keys: anyName }),
      map('a host name', union(string, number({ cast: 'never' }), nothing), { keys: anyName }),
    ),
    list(item, ['compose', 'stack']),
  );
}

/** Options that a driver understands: neither tool takes true and false, nor an empty value. */
export function driverOptions(known?: readonly KnownName[]): Type {
  return map('an option', union(string, number({ cast: 'never' })), known && { known });
}

export const bytes = union(format('bytes'), integer({ cast: 'never' }));
/** A size where nothing but the table would tell of a wrong one. */
export const sizeText: StringType = {
  ...format('bytes'),
  pattern: {
    by: ['compose', 'stack'],
    test: /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)? ?(?:[bB]|[kKmMgGtTpP](?:[iI]?[bB])?)?$/,
    says: 'be a size such as `64m`',
  },
};
export const bytesOrNumber = union(format('bytes'), number({ cast: 'never' }));
export const duration = format('duration');
export const paths = union(format('path'), list(format('path')));
/** docker compose compares the items. */
export const distinctMany = union(string, list(string, ['compose', 'stack']));
export const commandLine = union(format('command'), list(string));

export const fileMode = split(integer(), number({ from: 'integer', min: 0 }));

/** The limits of a service's containers and those of a build, where docker compose reads no number out of a string. */
export function ulimits(limit: NumberType): Type {
  const range = object(
    {
      soft: attr(limit, 'The limit a process starts with and may raise up to the hard one.'),
      hard: attr(limit, 'The ceiling that only root can raise.'),
    },
    { required: ['soft', 'hard'] },
  );
  return map('a limit', union(limit, range), { known: limitNames });
}

export const gpuCapabilities = choice({
  gpu: 'Any GPU.',
  nvidia: 'Any GPU of the NVIDIA driver.',
  compute: 'CUDA and OpenCL.',
  utility: 'nvidia-smi and the management library.',
  video: 'The video codec libraries.',
  graphics: 'OpenGL and Vulkan.',
  display: 'X11 display.',
  compat32: '32-bit applications.',
  amd: 'Any GPU of the AMD driver.',
  tpu: 'A tensor processing unit.',
});

/** Requests for devices; `deploy.resources.reservations.devices` and `gpus` differ in what must be there. */
export const deviceRequest = {
  capabilities: attr(
    list(gpuCapabilities, ['compose', 'stack']),
    'What the device must be able to do. The words are lower case; `GPU` never matches.',
  ),
  driver: attr(
    choice({ nvidia: 'GPUs of NVIDIA.', cdi: 'Devices by their CDI names, in `device_ids`.' }),
    'The driver to ask. Without one the Engine picks by capabilities.',
  ),
  count: attr(
    union(
      integer({ cast: 'never' }),
      choice(
        { all: 'Every device of the host.' },
        {},
        { pattern: { by: ['compose'], test: /^([aA][lL][lL]|[+-]?\d+)$/, says: 'be `all` or a whole number' } },
      ),
    ),
    'How many devices, or `all`. A number always means the first devices, and it excludes `device_ids`.',
    { default: 'all' },
  ),
  device_ids: attr(
    list(string, ['compose', 'stack']),
    'Which devices: an index in quotes, a GPU or MIG UUID, or a CDI name. Excludes `count`.',
  ),
  options: attr(distinctPairs('an option', 'label'), 'Options for the driver.'),
} as const;
