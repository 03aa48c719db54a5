import { words, type Choice, type KnownName } from './types.js';

// Options of the drivers that come with the Engine. Plugins have others, and any is taken: these complete and explain.

const yesOrNo: readonly Choice[] = [
  { value: 'true', doc: 'Yes.' },
  { value: 'false', doc: 'No.' },
];

/** Options that all of some drivers know; `values` by name. */
function of(
  drivers: readonly string[],
  docs: Readonly<Record<string, string>>,
  values: Readonly<Record<string, readonly Choice[]>> = {},
): readonly KnownName[] {
  return Object.entries(docs).map(([value, doc]) => ({
    value,
    doc,
    drivers,
    ...(values[value] === undefined ? {} : { values: values[value] }),
  }));
}

const files = ['json-file', 'local'];
const labelled = ['json-file', 'journald', 'syslog', 'fluentd', 'gelf', 'awslogs', 'splunk', 'gcplogs'];

export const loggingOptions: readonly KnownName[] = [
  ...of(
    files,
    {
      'max-size': 'Size at which a log file is rotated: a number with `k`, `m` or `g`.',
      'max-file': 'How many log files are kept.',
      compress: 'Whether rotated log files are compressed.',
    },
    {
      'max-size': words({ '10m': '10 MB.', '50m': '50 MB.', '100m': '100 MB.' }),
      'max-file': words({ 3: 'Three files.', 5: 'Five files.' }),
      compress: yesOrNo,
    },
  ),
  ...of(
    ['syslog'],
    {
      'syslog-address': 'The server, such as `udp://192.0.2.1:514` or `tcp+tls://logs.example:6514`.',
      'syslog-facility': 'The facility, such as `daemon` or `local0`.',
      'syslog-format': 'How a message looks.',
      'syslog-tls-ca-cert': 'File on the host with the certificate of the authority.',
      'syslog-tls-cert': 'File on the host with the certificate of the client.',
      'syslog-tls-key': 'File on the host with the key of the client.',
      'syslog-tls-skip-verify': "Whether the server's certificate is taken unseen.",
    },
    {
      'syslog-format': words({
        rfc3164: 'The old form.',
        rfc5424: 'The new form.',
        rfc5424micro: 'The new form with microseconds.',
      }),
      'syslog-tls-skip-verify': yesOrNo,
    },
  ),
  ...of(
    ['fluentd'],
    {
      'fluentd-address': 'The server, such as `localhost:24224` or `unix:///path/to/socket`.',
      'fluentd-async': 'Whether the container starts without the server and sends later.',
      'fluentd-buffer-limit': 'How many events wait in memory for the server.',
      'fluentd-retry-wait': 'Time between two attempts, such as `1s`.',
      'fluentd-max-retries': 'How often it is tried.',
      'fluentd-sub-second-precision': 'Whether times are in nanoseconds.',
      'fluentd-request-ack': 'Whether the server has to confirm.',
    },
    {
      'fluentd-async': yesOrNo,
      'fluentd-sub-second-precision': yesOrNo,
      'fluentd-request-ack': yesOrNo,
    },
  ),
  ...of(
    ['gelf'],
    {
      'gelf-address': 'The server, such as `udp://192.0.2.1:12201`.',
      'gelf-compression-type': 'How UDP messages are compressed.',
      'gelf-compression-level': 'How hard it is compressed, from -1 to 9.',
      'gelf-tcp-max-reconnect': 'How often a lost TCP connection is made anew.',
      'gelf-tcp-reconnect-delay': 'Seconds between two attempts.',
    },
    { 'gelf-compression-type': words({ gzip: 'By gzip.', zlib: 'By zlib.', none: 'Not at all.' }) },
  ),
  ...of(
    ['awslogs'],
    {
      'awslogs-region': 'The region, such as `eu-central-1`.',
      'awslogs-group': 'The log group.',
      'awslogs-create-group': 'Whether a missing log group is created.',
      'awslogs-stream': "The log stream; the container's id without it.",
      'awslogs-endpoint': 'Another address than that of the region.',
      'awslogs-datetime-format': 'The time at which a message of several lines begins, as for `strftime`.',
      'awslogs-multiline-pattern': 'The expression with which a message of several lines begins.',
    },
    { 'awslogs-create-group': yesOrNo },
  ),
  ...of(
    ['splunk'],
    {
      'splunk-url': 'The address of the HTTP Event Collector.',
      'splunk-token': 'The token of the HTTP Event Collector.',
      'splunk-source': 'The source of the events.',
      'splunk-sourcetype': 'The type of the source.',
      'splunk-index': 'The index for the events.',
      'splunk-format': 'How an event looks.',
      'splunk-capath': 'File on the host with the certificate of the authority.',
      'splunk-caname': "The name in the server's certificate.",
      'splunk-insecureskipverify': "Whether the server's certificate is taken unseen.",
      'splunk-verify-connection': 'Whether the container only starts when the server answers.',
      'splunk-gzip': 'Whether events are compressed.',
    },
    {
      'splunk-format': words({
        inline: 'The line inside of an object.',
        json: 'The line as JSON where it is JSON.',
        raw: 'The line alone.',
      }),
      'splunk-insecureskipverify': yesOrNo,
      'splunk-verify-connection': yesOrNo,
      'splunk-gzip': yesOrNo,
    },
  ),
  ...of(['gcplogs'], {
    'gcp-project': "The project; the machine's own without it.",
    'gcp-log-cmd': 'Whether the command that started the container is logged.',
    'gcp-meta-zone': 'The zone to log.',
    'gcp-meta-name': "The instance's name to log.",
    'gcp-meta-id': "The instance's id to log.",
  }),
  ...of(labelled, { tag: 'The name of the source in each message, such as `{{.Name}}/{{.ID}}`.' }),
  ...of(
    labelled.filter((driver) => driver !== 'awslogs'),
    {
      labels: 'Labels of the container to log, with commas between.',
      'labels-regex': 'Labels of the container to log, by an expression.',
      env: 'Variables of the container to log, with commas between.',
      'env-regex': 'Variables of the container to log, by an expression.',
    },
  ),
  ...of(
    [...labelled, 'local', 'etwlogs'],
    {
      mode: 'What happens when the driver is slower than the container.',
      'max-buffer-size': 'How much waits in memory with `mode: non-blocking`, such as `4m`.',
    },
    { mode: words({ blocking: 'The container waits.', 'non-blocking': 'What does not fit into memory is lost.' }) },
  ),
];

const modes = words({
  nat: 'Published ports are translated.',
  routed: 'Addresses are reached directly.',
  isolated: 'The bridge has no address on the host.',
});

export const networkOptions: readonly KnownName[] = [
  ...of(
    ['bridge'],
    {
      'com.docker.network.bridge.name': "The bridge's name on the host.",
      'com.docker.network.bridge.enable_ip_masquerade': "Whether containers reach the outside by the host's address.",
      'com.docker.network.bridge.enable_icc': 'Whether containers of the network reach each other.',
      'com.docker.network.bridge.host_binding_ipv4': 'The address at which ports are published that name none.',
      'com.docker.network.bridge.gateway_mode_ipv4': 'How the outside is reached over IPv4.',
      'com.docker.network.bridge.gateway_mode_ipv6': 'How the outside is reached over IPv6.',
      'com.docker.network.container_iface_prefix': 'How the names of interfaces inside the containers begin.',
    },
    {
      'com.docker.network.bridge.enable_ip_masquerade': yesOrNo,
      'com.docker.network.bridge.enable_icc': yesOrNo,
      'com.docker.network.bridge.gateway_mode_ipv4': modes,
      'com.docker.network.bridge.gateway_mode_ipv6': modes,
    },
  ),
  ...of(['bridge', 'overlay'], { 'com.docker.network.driver.mtu': 'The largest packet in bytes.' }),
  ...of(
    ['overlay'],
    { encrypted: 'Encrypts the traffic between nodes.' },
    { encrypted: [{ value: 'true', doc: 'Encrypted with IPsec.' }] },
  ),
  ...of(['macvlan', 'ipvlan'], { parent: "The host's interface, such as `eth0` or, for a VLAN, `eth0.10`." }),
  ...of(
    ['macvlan'],
    { macvlan_mode: 'How containers of one interface reach each other.' },
    {
      macvlan_mode: words({
        bridge: 'Directly.',
        vepa: 'By the switch.',
        passthru: 'There is one container alone.',
        private: 'Not at all.',
      }),
    },
  ),
  ...of(
    ['ipvlan'],
    {
      ipvlan_mode: 'On which layer packets are passed on.',
      ipvlan_flag: 'How containers of one interface reach each other.',
    },
    {
      ipvlan_mode: words({
        l2: 'As a switch does.',
        l3: 'As a router does.',
        l3s: 'As a router does, through the firewall of the host.',
      }),
      ipvlan_flag: words({ bridge: 'Directly.', private: 'Not at all.', vepa: 'By the switch.' }),
    },
  ),
];

export const endpointOptions: readonly KnownName[] = [
  {
    value: 'com.docker.network.endpoint.sysctls',
    doc: 'Kernel parameters of the interface, such as `net.ipv4.conf.IFNAME.log_martians=1`. Needs Engine 28.',
  },
];

export const volumeOptions: readonly KnownName[] = of(
  ['local'],
  {
    type: 'The file system, as for `mount -t`.',
    device: 'What is mounted: a device, a folder of the host, or `:/exported/path` of a server.',
    o: 'Options of the mount, with commas between, as for `mount -o`.',
    size: 'The most it may hold, where the file system below has quotas.',
  },
  {
    type: words({
      none: 'A folder of the host, with `o: bind`.',
      nfs: 'A folder of an NFS server, with `o: addr=SERVER,rw`.',
      cifs: 'A share of a Windows or Samba server.',
      tmpfs: 'Memory, with `device: tmpfs`.',
      ext4: 'A device with that file system.',
    }),
    o: words({
      bind: 'Mount the folder that `device` names.',
      'addr=': 'The address of the NFS server, and more options after a comma.',
      'size=': 'The largest size of a tmpfs, such as `size=100m`.',
    }),
  },
);
