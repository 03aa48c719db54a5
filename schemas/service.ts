import { build } from './build.js';
import {
  bytesOrNumber,
  commandLine,
  deviceRequest,
  duration,
  extraHosts,
  labels,
  namePattern,
  pairs,
  ulimits,
} from './common.js';
import { loggingOptions } from './drivers.js';
import { deploy } from './deploy.js';
import { develop } from './develop.js';
import { serviceConfigs, serviceSecrets } from './files.js';
import { healthcheck } from './healthcheck.js';
import {
  capabilitiesToAdd,
  capabilitiesToDrop,
  ipcModes,
  kernelParameters,
  networkModes,
  pidModes,
  resolverOptions,
  runtimes,
  securityOptions,
} from './linux.js';
import { hooks, preStart } from './lifecycle.js';
import { serviceModels } from './models.js';
import { serviceNetworks } from './networks.js';
import { expose, ports } from './ports.js';
import { resources } from './resources.js';
import {
  attr,
  bool,
  boolean,
  choice,
  composeOnly,
  count,
  format,
  ignored,
  integer,
  list,
  map,
  nothing,
  number,
  object,
  oneOf,
  refused,
  split,
  string,
  union,
  type Type,
} from './types.js';
import { mounts } from './volumes.js';

const command = union(composeOnly(nothing), commandLine);
const stringOrDistinct = (item: Type) => union(string, list(item, ['stack']));
const device = object(
  {
    source: attr(format('path'), 'The device of the host.', { compose: '2.29' }),
    target: attr(format('path'), 'The device inside the container.', { compose: '2.29' }),
    permissions: attr(string, 'What the container may do: `r` read, `w` write, `m` make nodes.', {
      compose: '2.29',
      default: 'rwm',
    }),
  },
  { required: ['source', 'target'] },
);
const envFile = object(
  {
    path: attr(format('path'), 'The file, relative to the project folder.', { compose: '2.24' }),
    required: attr(boolean('compose'), 'Whether a missing file is an error.', { compose: '2.24', default: 'true' }),
    format: attr(
      choice({ raw: 'Take values as they stand: no quotes, no variables.' }, { compose: 'no' }),
      'How the file is read.',
      {
        compose: '2.30',
      },
    ),
  },
  { required: ['path'], extensions: { compose: false } },
);
const dependency = object(
  {
    condition: attr(
      choice(
        {
          service_started: 'Its containers are started.',
          service_healthy: 'Its health check passes.',
          service_completed_successfully: 'It ended with exit code 0.',
        },
        { compose: 'tool' },
      ),
      'What to wait for.',
    ),
    required: attr(boolean('never'), 'Whether it is an error when the other service is not there.', {
      compose: '2.20',
      default: 'true',
    }),
    restart: attr(boolean('compose'), 'Restart this service whenever Compose updates the other one.', {
      compose: '2.17',
      default: 'false',
    }),
  },
  { required: ['condition'] },
);
const credentialSpec = object({
  config: attr(format('config'), 'The config that holds the credential spec.', { stack: '3.8' }),
  file: attr(format('path'), "A file in Docker's `CredentialSpecs` folder."),
  registry: attr(string, "A value in the host's registry."),
});
const logging = object({
  driver: attr(
    choice({
      'json-file': 'JSON files on the host.',
      local: 'Compact files on the host.',
      journald: "The host's journal.",
      syslog: 'A syslog server.',
      fluentd: 'A Fluentd server.',
      gelf: 'A Graylog server.',
      awslogs: 'Amazon CloudWatch.',
      splunk: 'Splunk.',
      etwlogs: 'Windows event tracing.',
      gcplogs: 'Google Cloud Logging.',
      none: 'Nowhere.',
    }),
    'Where the output of the containers goes.',
    { default: 'json-file' },
  ),
  options: attr(
    map('an option', union(string, number({ cast: 'never' }), nothing), { known: loggingOptions }),
    "The driver's options, such as `max-size`. True and false must be in quotes.",
  ),
});
const provider = object(
  {
    type: attr(string, 'The program that provides the service: `docker-TYPE` or a plugin.'),
    options: attr(
      map(
        'an option',
        union(
          string,
          number({ cast: 'never' }),
          boolean('never'),
          list(union(string, number({ cast: 'never' }), boolean('never'))),
        ),
      ),
      'Options for the program.',
    ),
  },
  { required: ['type'] },
);
const gpu = object(deviceRequest, { open: { compose: true } });

const inConstraints = 'Use `deploy.placement.constraints`.';
const onHost = 'Swarm does not hand it to containers.';

export const service = object(
  {
    ...resources,
    annotations: attr(pairs('an annotation', 'label'), 'Annotations for the container runtime.', {
      compose: '2.18',
      stack: refused('Use `labels`.'),
    }),
    attach: attr(boolean('compose'), 'Whether `docker compose up` shows its logs.', {
      compose: '2.20',
      default: 'true',
      stack: refused(),
    }),
    build: attr(build, 'How to build the image from source.', {
      stack: ignored('unsupported', 'Build and push the image first, and name it with `image`.'),
    }),
    cap_add: attr(list(oneOf(capabilitiesToAdd), ['stack']), 'Linux capabilities to add, such as `NET_ADMIN`.'),
    cap_drop: attr(list(oneOf(capabilitiesToDrop), ['stack']), 'Linux capabilities to take away, such as `ALL`.'),
    cgroup: attr(
      choice({ host: "The host's.", private: 'One of its own.' }, { compose: 'tool' }),
      'The cgroup namespace.',
      {
        compose: '2.16',
        stack: refused(),
      },
    ),
    cgroup_parent: attr(string, 'The cgroup above that of the container.', { stack: ignored('unsupported') }),
    cgroupns_mode: attr(string, 'The cgroup namespace.', {
      compose: refused('Use `cgroup`.'),
      stack: ignored('unsupported', undefined, '3.9'),
    }),
    command: attr(
      command,
      'The command to run instead of the one of the image. A string is cut into words; it does not run in a shell.',
    ),
    configs: attr(serviceConfigs, 'Configs it gets as files.', { stack: '3.3' }),
    container_name: attr(
      {
        ...string,
        pattern: {
          by: ['compose'],
          test: /[a-zA-Z0-9][a-zA-Z0-9_.-]+/,
          says: 'have two letters, digits, dots or dashes in a row',
        },
      },
      'A fixed name for the container, which rules out a second replica.',
      { stack: ignored('deprecated', 'Swarm names tasks itself; reach the service by its name.') },
    ),
    credential_spec: attr(credentialSpec, 'The credential spec of a managed service account, on Windows.', {
      stack: '3.3',
    }),
    depends_on: attr(
      union(
        list(format('service'), ['compose', 'stack']),
        composeOnly(map('a service', dependency, { keys: namePattern })),
      ),
      'Services that start before this one.',
      { stack: ignored('silently', 'Swarm starts services in any order; let the program wait and retry.') },
    ),
    deploy: attr(deploy, 'Replicas, resources, placement and updates. docker compose only uses part of it.'),
    develop: attr(develop, 'What `docker compose watch` does while you develop.', {
      compose: '2.22',
      stack: refused(),
    }),
    device_cgroup_rules: attr(list(string, ['compose']), 'Rules for the device cgroup, such as `c 1:3 mr`.', {
      stack: refused(onHost),
    }),
    devices: attr(
      split(list(union(format('device'), device)), list(format('device'), ['stack'])),
      'Devices of the host, as `HOST:CONTAINER:PERMISSIONS`, or CDI names.',
      { stack: ignored('unsupported', 'For GPUs reserve `generic_resources`.') },
    ),
    dns: attr(stringOrDistinct(format('address')), 'DNS servers.'),
    dns_opt: attr(list(choice(resolverOptions), ['stack']), 'Options for the resolver.', { stack: refused() }),
    dns_search: attr(stringOrDistinct(string), 'Domains to search.'),
    domainname: attr(string, 'The domain name of the container.', { stack: ignored('unsupported') }),
    entrypoint: attr(
      command,
      'The program to run instead of the entry point of the image. It also drops the command of the image.',
    ),
    env_file: attr(
      union(format('path'), split(list(union(format('path'), envFile)), list(format('path'), ['stack']))),
      'Files with environment variables.',
    ),
    environment: attr(
      pairs('a variable', 'environment'),
      'Environment variables. One without a value is taken from where the tool runs.',
    ),
    expose: attr(expose, 'Ports that other containers use. It publishes nothing.', {
      stack: ignored('deprecated', 'Services of one network reach all ports of each other.'),
    }),
    extends: attr(
      union(
        format('service'),
        object(
          {
            service: attr(format('service'), 'The service to take over.'),
            file: attr(union(nothing, format('path')), 'The file that holds it; this one without it.'),
          },
          { required: ['service'], open: { compose: true } },
        ),
      ),
      'Another service whose settings this one takes over and adds to.',
      { stack: refused('Use YAML anchors and merge keys, or render the file with `docker compose config` first.') },
    ),
    external_links: attr(list(string, ['compose', 'stack']), 'Containers of other projects, by the old links.', {
      stack: ignored('unsupported', 'Share a network instead.'),
    }),
    extra_hosts: attr(extraHosts(format('host')), 'Host names and addresses to write into `/etc/hosts`.'),
    gpus: attr(union(choice({ all: 'Every GPU of the host.' }, { compose: 'tool' }), list(gpu)), 'The GPUs it gets.', {
      compose: '2.30',
      stack: refused(
        'Advertise the GPUs as node-generic-resources and reserve them with `deploy.resources.reservations.generic_resources`.',
      ),
    }),
    group_add: attr(
      list(union(string, integer({ cast: 'never' })), ['compose']),
      'More groups of the user inside the container.',
      { stack: refused() },
    ),
    healthcheck: attr(healthcheck, 'How to find out whether the container works.'),
    hostname: attr(string, 'The host name of the container.'),
    image: attr(format('image'), 'The image to run.'),
    init: attr(split(bool, boolean('never')), 'Runs a small init process that forwards signals and reaps children.', {
      stack: '3.7',
    }),
    ipc: attr(choice(ipcModes), 'The IPC namespace; also `service:NAME`.', {
      stack: ignored('unsupported'),
    }),
    isolation: attr(
      choice({ default: "The Engine's default.", process: 'Shares the kernel.', hyperv: 'A virtual machine.' }),
      'The isolation technology, on Windows.',
      {
        stack: '3.5',
      },
    ),
    label_file: attr(union(format('path'), list(format('path'))), 'Files with labels.', {
      compose: '2.32',
      stack: refused('Write them into `labels`.'),
    }),
    labels: attr(labels, 'Labels of the containers.'),
    links: attr(list(format('service'), ['stack']), 'Services to reach under another name, by the old links.', {
      stack: ignored('unsupported', 'Services of one network reach each other by name; add `aliases` for other names.'),
    }),
    logging: attr(logging, 'What happens to the output of the containers.'),
    mac_address: attr(format('mac'), 'The MAC address of the container.', { stack: ignored('unsupported') }),
    models: attr(serviceModels, 'AI models it uses.', { compose: '2.38', stack: refused() }),
    network_mode: attr(choice(networkModes), 'The network it lives in instead of `networks`; also `service:NAME`.', {
      stack: ignored('unsupported', 'For the network of the host use an external network named `host`.'),
    }),
    networks: attr(serviceNetworks, 'The networks it joins.'),
    pid: attr(
      split(choice(pidModes), union(nothing, choice(pidModes))),
      'The PID namespace; its own without it. Also `service:NAME`.',
      {
        stack: ignored('unsupported'),
      },
    ),
    platform: attr(format('platform'), 'The platform, such as `linux/amd64`.', { stack: refused(inConstraints) }),
    ports: attr(ports, 'Ports to publish.'),
    post_start: attr(hooks, 'Commands to run in the container once it has started.', {
      compose: '2.30',
      stack: refused(),
    }),
    pre_start: attr(preStart, 'Containers to run before the service starts.', { compose: '5.3', stack: refused() }),
    pre_stop: attr(hooks, 'Commands to run in the container before it is stopped.', {
      compose: '2.30',
      stack: refused(),
    }),
    privileged: attr(bool, 'Gives the container all rights on the host.', {
      default: 'false',
      stack: ignored('unsupported', 'Use `cap_add`.'),
    }),
    profiles: attr(
      list(format('profile'), ['stack']),
      'Profiles it belongs to. It only starts when one of them is active.',
      {
        stack: refused('Split the file, or set `deploy.replicas: 0`.'),
      },
    ),
    provider: attr(provider, 'A program outside of Docker that provides the service.', {
      compose: '2.35',
      stack: refused(),
    }),
    pull_policy: attr(
      choice(
        {
          always: 'Pull each time.',
          never: 'Only use what is there.',
          missing: 'Pull when it is not there.',
          if_not_present: 'The same as `missing`.',
          build: 'Build it, even when it is there.',
          daily: 'Pull when the last pull is a day ago.',
          weekly: 'Pull when the last pull is a week ago.',
          refresh: 'Pull when the last pull is longer ago than `pull_refresh_after`.',
        },
        {},
        {
          pattern: {
            by: ['compose'],
            test: /always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+/,
            says: 'be one of `always`, `never`, `missing`, `build`, `daily`, `weekly` or, for example, `every_12h`',
          },
        },
      ),
      'When the image is pulled.',
      { default: 'missing', stack: refused('Swarm pulls by digest; see `--resolve-image` of docker stack deploy.') },
    ),
    pull_refresh_after: attr(duration, 'The age after which `pull_policy: refresh` pulls again.', {
      compose: '2.34',
      stack: refused(),
    }),
    read_only: attr(bool, "Makes the container's root file system read-only.", { default: 'false' }),
    restart: attr(
      choice(
        {
          no: 'Never.',
          always: 'However it ended.',
          'on-failure': 'After a failure; `on-failure:3` gives up after three times.',
          'unless-stopped': 'Unless a person stopped it.',
        },
        {},
        { format: 'restart' },
      ),
      'When a container that ended is started again.',
      {
        default: '"no"',
        stack: ignored(
          'unsupported',
          'It counts only where `deploy.restart_policy` is absent, and `no` means always then. Use `deploy.restart_policy`.',
        ),
      },
    ),
    runtime: attr(choice(runtimes), "The container runtime, by its name in the Engine's daemon.json.", {
      stack: refused("Make it the default runtime in the nodes' daemon.json."),
    }),
    scale: attr(count, 'How many containers run.', { default: '1', stack: refused('Use `deploy.replicas`.') }),
    secrets: attr(serviceSecrets, 'Secrets it gets as files below `/run/secrets`.', { stack: '3.1' }),
    security_opt: attr(
      list(choice(securityOptions), ['compose', 'stack']),
      'Security options, such as `no-new-privileges:true`.',
      {
        stack: ignored('unsupported'),
      },
    ),
    shm_size: attr(split(bytesOrNumber, format('bytes')), 'The size of `/dev/shm`, such as `64m`.', {
      stack: ignored('unsupported', 'Mount a tmpfs on `/dev/shm`.'),
    }),
    stdin_open: attr(bool, 'Keeps the standard input open.', { default: 'false' }),
    stop_grace_period: attr(duration, 'How long to wait for the container to stop before it is killed.', {
      default: '10s',
    }),
    stop_signal: attr(format('signal'), 'The signal that asks it to stop.', { default: 'SIGTERM' }),
    storage_opt: attr(
      map('an option', union(string, number({ cast: 'never' }), nothing), {
        known: [{ value: 'size', doc: 'The most its writable layer may hold, such as `10G`.' }],
      }),
      'Options of the storage driver, such as `size`.',
      { stack: refused() },
    ),
    sysctls: attr(pairs('a parameter', 'label', kernelParameters), 'Kernel parameters of the container.'),
    tmpfs: attr(stringOrDistinct(format('volume')), 'Folders to keep in memory.', {
      stack: ignored('silently', 'Use `volumes` with `type: tmpfs`.'),
    }),
    tty: attr(bool, 'Gives it a terminal.', { default: 'false' }),
    ulimits: attr(ulimits(integer()), 'Resource limits of processes, such as `nofile`.'),
    use_api_socket: attr(boolean('never'), "Lets it use the Engine's API with your registry logins.", {
      compose: '2.37',
      default: 'false',
      stack: refused(),
    }),
    user: attr(format('user'), 'The user, and after a colon the group, to run as.'),
    userns_mode: attr(
      choice({ host: "The host's: root inside is root outside." }),
      "The user namespace; the Engine's default without it.",
      { stack: ignored('unsupported') },
    ),
    uts: attr(choice({ host: "The host's, with its host name." }), 'The UTS namespace; its own without it.', {
      compose: '2.15',
      stack: refused(),
    }),
    volumes: attr(mounts, 'Volumes and host paths to mount.'),
    volumes_from: attr(list(string, ['compose']), 'Services or containers whose volumes it mounts too.', {
      stack: refused('Declare the volume at the top level and mount it in each service.'),
    }),
    working_dir: attr(format('path'), 'The folder it starts in.'),
  },
  {
    extensions: { stack: '3.7' },
    common: [
      'image',
      'build',
      'command',
      'ports',
      'environment',
      'env_file',
      'volumes',
      'networks',
      'depends_on',
      'restart',
      'healthcheck',
      'deploy',
      'secrets',
      'configs',
      'labels',
      'profiles',
    ],
  },
);
