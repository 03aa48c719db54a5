import type { Format } from '../../../../schemas/types.js';
import type { Target } from '../target.js';

export interface Example {
  /** With `$0` where the author goes on. */
  readonly value: string;
  readonly doc: string;
}

/** Values people write for a format, where no closed list of words exists. */
export const examples: Readonly<Partial<Record<Format, Readonly<Record<Target, readonly Example[]>>>>> = {
  duration: both([
    { value: '10s', doc: '10 seconds' },
    { value: '30s', doc: '30 seconds' },
    { value: '1m30s', doc: '1 minute 30 seconds' },
    { value: '5m', doc: '5 minutes' },
    { value: '1h', doc: '1 hour' },
  ]),
  bytes: both([
    { value: '64m', doc: '64 MiB' },
    { value: '256m', doc: '256 MiB' },
    { value: '512m', doc: '512 MiB' },
    { value: '1g', doc: '1 GiB' },
    { value: '4g', doc: '4 GiB' },
  ]),
  cpus: both([
    { value: '0.25', doc: 'A quarter of a core' },
    { value: '0.5', doc: 'Half a core' },
    { value: '1', doc: 'One core' },
    { value: '2', doc: 'Two cores' },
  ]),
  constraint: both([
    { value: 'node.role == manager', doc: 'Managers only' },
    { value: 'node.role == worker', doc: 'Workers only' },
    { value: 'node.hostname == $0', doc: 'The node of that host name' },
    { value: 'node.id == $0', doc: 'The node of that id' },
    { value: 'node.labels.$0', doc: 'A label that was put on the node' },
    { value: 'node.platform.os == linux', doc: 'Nodes that run Linux' },
    { value: 'node.platform.arch == x86_64', doc: 'Nodes with that processor' },
    { value: 'engine.labels.$0', doc: "A label of the node's Engine" },
  ]),
  port: both([
    { value: '8080:80', doc: 'Port 80 of the container as 8080 of the host' },
    { value: '127.0.0.1:8080:80', doc: 'The same, for this host alone' },
    { value: '8080-8089:80', doc: 'A range, one port for each replica' },
    { value: '53:53/udp', doc: 'A UDP port' },
    { value: '80', doc: 'Port 80 as any free port of the host' },
  ]),
  platform: both([
    { value: 'linux/amd64', doc: '64-bit x86' },
    { value: 'linux/arm64', doc: '64-bit ARM' },
    { value: 'linux/arm/v7', doc: '32-bit ARM' },
  ]),
  signal: both([
    { value: 'SIGTERM', doc: 'Please end' },
    { value: 'SIGINT', doc: 'Ctrl+C' },
    { value: 'SIGQUIT', doc: 'End without cutting requests off, to nginx' },
    { value: 'SIGUSR1', doc: 'What the program makes of it' },
    { value: 'SIGHUP', doc: 'Read the configuration again, to many programs' },
  ]),
  device: {
    compose: [
      { value: '/dev/dri:/dev/dri', doc: 'Intel and AMD graphics' },
      { value: '/dev/kfd:/dev/kfd', doc: 'AMD compute' },
      { value: 'nvidia.com/gpu=all', doc: 'Every NVIDIA GPU, through CDI' },
      { value: '/dev/ttyUSB0:/dev/ttyUSB0', doc: 'A serial port' },
    ],
    stack: [],
  },
  host: both([
    { value: 'host.docker.internal=host-gateway', doc: 'The host, by a name of its own' },
    { value: 'name.example=192.0.2.10', doc: 'A name with its address' },
  ]),
  cidr: both([{ value: '172.28.0.0/16', doc: 'A private subnet' }]),
  user: both([{ value: '1000:1000', doc: 'User and group by number' }]),
};

function both(list: readonly Example[]): Readonly<Record<Target, readonly Example[]>> {
  return { compose: list, stack: list };
}
