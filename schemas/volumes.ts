import { distinctLabels, driverOptions, labels, namePattern, sizeText } from './common.js';
import { volumeOptions } from './drivers.js';
import { externally } from './external.js';
import {
  any,
  attr,
  bool,
  boolean,
  choice,
  format,
  integer,
  list,
  map,
  nothing,
  number,
  object,
  refused,
  split,
  stackFrom,
  string,
  union,
} from './types.js';

const mount = object(
  {
    type: attr(
      choice(
        {
          volume: 'A volume that Docker keeps.',
          bind: 'A file or folder of the host.',
          tmpfs: 'Memory that is gone when the container stops.',
          image: 'The files of an image, read-only. Needs Engine 28.',
          npipe: 'A Windows named pipe.',
          cluster: 'A cluster volume of a CSI plugin.',
        },
        { compose: 'tool', stack: 'tool' },
        { emptyInStack: true },
      ),
      'What is mounted.',
    ),
    source: attr(format('volume'), 'The name of a volume, a path of the host, or an image, depending on the type.'),
    target: attr(format('path'), 'The absolute path inside the container.'),
    read_only: attr(bool, 'Whether the container can only read it.', { default: 'false' }),
    consistency: attr(string, 'A hint for Docker Desktop that current versions ignore.'),
    bind: attr(
      object(
        {
          propagation: attr(
            choice({
              rprivate: 'Mounts inside stay where they are made.',
              private: 'The same, for this mount only.',
              rshared: 'Mounts are seen on both sides.',
              shared: 'The same, for this mount only.',
              rslave: 'Mounts of the host are seen in the container.',
              slave: 'The same, for this mount only.',
            }),
            'Whether mounts made below it are seen on the other side.',
            { default: 'rprivate' },
          ),
          create_host_path: attr(boolean('compose'), 'Whether a missing host path is created, as a folder.', {
            default: 'true',
            stack: refused(),
          }),
          selinux: attr(
            choice({ z: 'Shared among containers.', Z: 'Private to this container.' }, { compose: 'tool' }),
            'The SELinux label to set.',
            {
              compose: '2.3',
              stack: refused(),
            },
          ),
          recursive: attr(
            choice(
              {
                enabled: 'Mounts inside are part of it.',
                disabled: 'Mounts inside are left out.',
                writable: 'Mounts inside stay writable under a read-only mount.',
                readonly: 'Mounts inside must become read-only too.',
              },
              { compose: 'tool' },
            ),
            'What happens to mounts inside the source.',
            { compose: '2.30', stack: refused() },
          ),
        },
        { open: { stack: true } },
      ),
      'Options of a bind mount.',
    ),
    volume: attr(
      object(
        {
          nocopy: attr(bool, "Leaves a new volume empty instead of copying the image's files into it.", {
            default: 'false',
          }),
          subpath: attr(
            split(format('path'), union(format('path'), nothing)),
            'The folder inside the volume to mount.',
            { compose: '2.25' },
          ),
          labels: attr(distinctLabels, 'Labels for a volume that the mount creates.', {
            compose: '2.35',
            stack: refused(),
          }),
        },
        { open: { stack: true } },
      ),
      'Options of a volume mount.',
    ),
    tmpfs: attr(
      object(
        {
          size: attr(
            split(union(format('bytes'), integer({ cast: 'never', min: 0 })), integer({ cast: 'never', min: 0 })),
            'Its largest size, in bytes; docker compose also takes `64m`.',
          ),
          mode: attr(number({ cast: 'never', min: 0 }), 'Permissions in octal, such as `01777`.', {
            compose: '2.14',
            stack: refused(),
          }),
        },
        { open: { stack: true } },
      ),
      'Options of a tmpfs mount.',
      { stack: '3.6' },
    ),
    image: attr(
      object({ subpath: attr(format('path'), 'The folder inside the image to mount.', { compose: '2.35' }) }),
      'Options of an image mount.',
      {
        compose: '2.35',
        stack: refused(),
      },
    ),
  },
  { required: { compose: ['type', 'target'], stack: ['type'] } },
);

export const mounts = list(union(format('volume'), stackFrom('3.2', mount)), ['stack'], '3.2');

const topology = list(
  object({ segments: attr(labels, 'Names and values of the topology.') }, { open: { stack: true } }),
);

const clusterSpec = object(
  {
    group: attr(string, 'The group the volume belongs to; a mount may ask for `group:name`.'),
    access_mode: attr(
      object(
        {
          scope: attr(
            choice({ single: 'One node at a time.', multi: 'Several nodes at once.' }),
            'How many nodes may use it.',
            { default: 'single' },
          ),
          sharing: attr(
            choice({
              none: 'One task.',
              readonly: 'Many may read.',
              onewriter: 'Many may read, one may write.',
              all: 'Many may write.',
            }),
            'How tasks share it.',
            { default: 'none' },
          ),
          mount_volume: attr(
            object(
              {
                fs_type: attr(string, 'The file system to make.'),
                mount_flags: attr(list(string), 'Options of the mount.'),
              },
              { open: { stack: true } },
            ),
            'Use it as a file system.',
          ),
          block_volume: attr(object({}, { open: { stack: true } }), 'Use it as a raw device.'),
        },
        { open: { stack: true } },
      ),
      'Who may use the volume, and how.',
    ),
    accessibility_requirements: attr(
      object(
        {
          requisite: attr(topology, 'Where it must be reachable.'),
          preferred: attr(topology, 'Where it should be reachable.'),
        },
        { open: { stack: true } },
      ),
      'From which parts of the cluster it can be reached.',
    ),
    capacity_range: attr(
      object(
        {
          required_bytes: attr(sizeText, 'The least size.'),
          limit_bytes: attr(sizeText, 'The largest size.'),
        },
        { open: { stack: true } },
      ),
      'How large it must and may be.',
    ),
    availability: attr(
      choice({ active: 'Ready for use.', pause: 'No new tasks.', drain: 'Tasks are moved away.' }),
      'Whether tasks may use it.',
      { default: 'active' },
    ),
  },
  { open: { stack: true } },
);

export const volumes = map(
  'a volume',
  union(
    nothing,
    object(
      {
        name: attr(string, 'The name the Engine knows it by; without one it gets the project or stack name in front.', {
          stack: '3.4',
        }),
        external: attr(externally({ open: false }), 'The volume exists already and is not created.', {
          default: 'false',
        }),
        driver: attr(
          choice({ local: 'A folder of the host, or what `driver_opts` mount.' }),
          'The driver that keeps the data.',
          { default: 'local' },
        ),
        driver_opts: attr(
          driverOptions(volumeOptions),
          "The driver's options. They are fixed when the volume is created.",
        ),
        labels: attr(distinctLabels, 'Labels of the volume.'),
        'x-cluster-spec': attr(split(any, clusterSpec), 'A swarm cluster volume of a CSI plugin.', { stack: '3.10' }),
      },
      { extensions: { stack: '3.7' } },
    ),
  ),
  { keys: namePattern },
);
